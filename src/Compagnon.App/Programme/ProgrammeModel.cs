using Compagnon.App.Data;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Compagnon.App.Programme;

internal sealed class NetworkModel : IEntityTypeConfiguration<Network>
{
    public void Configure(EntityTypeBuilder<Network> builder) => builder.ToTable("network");
}

internal sealed class FacilityModel : IEntityTypeConfiguration<Facility>
{
    public void Configure(EntityTypeBuilder<Facility> builder) => builder.ToTable("facility");
}

internal sealed class ClinicModel : IEntityTypeConfiguration<Clinic>
{
    public void Configure(EntityTypeBuilder<Clinic> builder)
    {
        builder.ToTable("clinic");
        builder.References<Clinic, Facility>(c => c.FacilityId);
    }
}

internal sealed class MembershipModel : IEntityTypeConfiguration<Membership>
{
    public void Configure(EntityTypeBuilder<Membership> builder)
    {
        builder.ToTable("membership");
        builder.References<Membership, Person>(m => m.PersonId);
        builder.References<Membership, Facility>(m => m.FacilityId);
        builder.References<Membership, Clinic>(m => m.ClinicId);
    }
}

internal sealed class ProgrammeSettingsModel : IEntityTypeConfiguration<ProgrammeSettings>
{
    public void Configure(EntityTypeBuilder<ProgrammeSettings> builder)
    {
        builder.ToTable("programme_settings");
        builder.References<ProgrammeSettings, Facility>(s => s.FacilityId);
        builder.HasIndex(s => new { s.NetworkId, s.FacilityId }).IsUnique();
        builder.ComplexProperty(s => s.Targets, t => t.ToJson());
        builder.ComplexProperty(s => s.Weights, w => w.ToJson());
        builder.ComplexCollection(s => s.CrisisNumbers, n =>
        {
            n.ToJson();
            n.Ignore(x => x.Dialled);
        });
    }
}
