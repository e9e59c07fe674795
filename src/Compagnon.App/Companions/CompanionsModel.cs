using Compagnon.App.Data;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Compagnon.App.Companions;

internal sealed class CompanionModel : IEntityTypeConfiguration<Companion>
{
    public void Configure(EntityTypeBuilder<Companion> builder)
    {
        builder.ToTable("companion");
        builder.References<Companion, Person>(c => c.Id);
        builder.References<Companion, Facility>(c => c.FacilityId);
        builder.ComplexCollection(c => c.Experiences, e => e.ToJson());
    }
}

internal sealed class PlaceModel : IEntityTypeConfiguration<Place>
{
    public void Configure(EntityTypeBuilder<Place> builder)
    {
        builder.ToTable("place");
        builder.HasKey(p => new { p.NetworkId, p.CompanionId, p.Number });
        builder.References<Place, Companion>(p => p.CompanionId);
        builder.HasIndex(p => new { p.NetworkId, p.ReferralId });
    }
}
