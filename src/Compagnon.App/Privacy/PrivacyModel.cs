using Compagnon.App.Data;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Compagnon.App.Privacy;

internal sealed class PersonModel : IEntityTypeConfiguration<Person>
{
    public void Configure(EntityTypeBuilder<Person> builder) => builder.ToTable("person");
}

internal sealed class IdentityModel : IEntityTypeConfiguration<Identity>
{
    public void Configure(EntityTypeBuilder<Identity> builder)
    {
        builder.ToTable("identity");
        builder.References<Identity, Person>(i => i.Id);
    }
}

internal sealed class IdentityIndexModel : IEntityTypeConfiguration<IdentityIndex>
{
    public void Configure(EntityTypeBuilder<IdentityIndex> builder)
    {
        builder.ToTable("identity_index");
        builder.References<IdentityIndex, Person>(i => i.PersonId);
        builder.HasIndex(i => new { i.NetworkId, i.Kind, i.Hash });
    }
}

internal sealed class ConsentModel : IEntityTypeConfiguration<Consent>
{
    public void Configure(EntityTypeBuilder<Consent> builder)
    {
        builder.ToTable("consent");
        builder.References<Consent, Person>(c => c.PersonId);
        builder.HasIndex(c => new { c.NetworkId, c.ReferralId });
    }
}

internal sealed class RestrictionModel : IEntityTypeConfiguration<Restriction>
{
    public void Configure(EntityTypeBuilder<Restriction> builder)
    {
        builder.ToTable("restriction");
        builder.References<Restriction, Person>(r => r.PersonId);
        builder.References<Restriction, NamedGroup>(r => r.GroupId);
    }
}

internal sealed class NamedGroupModel : IEntityTypeConfiguration<NamedGroup>
{
    public void Configure(EntityTypeBuilder<NamedGroup> builder)
    {
        builder.ToTable("named_group");
        builder.References<NamedGroup, Facility>(g => g.FacilityId);
        // whoever chooses by name must know which; one that has ended leaves its name free
        builder.HasIndex(g => new { g.NetworkId, g.FacilityId, g.Name }).IsUnique().HasFilter("\"EndedAt\" IS NULL");
    }
}

internal sealed class GroupMemberModel : IEntityTypeConfiguration<GroupMember>
{
    public void Configure(EntityTypeBuilder<GroupMember> builder)
    {
        builder.ToTable("group_member");
        builder.References<GroupMember, NamedGroup>(m => m.GroupId);
        builder.References<GroupMember, Person>(m => m.PersonId);
        builder.HasIndex(m => new { m.NetworkId, m.GroupId, m.PersonId }).IsUnique();
    }
}

internal sealed class ErasureRequestModel : IEntityTypeConfiguration<ErasureRequest>
{
    public void Configure(EntityTypeBuilder<ErasureRequest> builder)
    {
        builder.ToTable("erasure_request");
        builder.References<ErasureRequest, Person>(r => r.PersonId);
        // asked twice at once is asked once
        builder.HasIndex(r => new { r.NetworkId, r.PersonId }).IsUnique().HasFilter("\"DecidedAt\" IS NULL");
    }
}

internal sealed class DisclosureModel : IEntityTypeConfiguration<Disclosure>
{
    public void Configure(EntityTypeBuilder<Disclosure> builder)
    {
        builder.ToTable("disclosure");
        builder.References<Disclosure, Person>(d => d.PersonId);
        builder.HasIndex(d => new { d.NetworkId, d.AskedBy, d.AskedAt });
        builder.HasIndex(d => new { d.NetworkId, d.ReviewedAt });
    }
}

internal sealed class AccessEntryModel : IEntityTypeConfiguration<AccessEntry>
{
    public void Configure(EntityTypeBuilder<AccessEntry> builder)
    {
        builder.ToTable("access_entry");
        builder.HasIndex(a => new { a.NetworkId, a.PersonId, a.At });
        builder.HasIndex(a => new { a.NetworkId, a.ReaderId, a.At });
        builder.HasIndex(a => new { a.NetworkId, a.ReaderFacilityId, a.At });
    }
}

internal sealed class AuditRowModel : IEntityTypeConfiguration<AuditRow>
{
    public void Configure(EntityTypeBuilder<AuditRow> builder)
    {
        builder.ToTable("audit_event");
        builder.HasIndex(a => new { a.NetworkId, a.Number }).IsUnique();
        builder.HasIndex(a => new { a.NetworkId, a.SubjectId, a.At });
    }
}
