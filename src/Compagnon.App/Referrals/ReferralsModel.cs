using Compagnon.App.Data;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Compagnon.App.Referrals;

internal sealed class ReferralModel : IEntityTypeConfiguration<Referral>
{
    public void Configure(EntityTypeBuilder<Referral> builder)
    {
        builder.ToTable("referral");
        builder.References<Referral, Person>(r => r.PatientId);
        builder.References<Referral, Facility>(r => r.FacilityId);
        builder.References<Referral, Clinic>(r => r.ClinicId);
        builder.ComplexProperty(r => r.Situation, s => s.ToJson());
        builder.ComplexProperty(r => r.Intake, i => i.ToJson());
        builder.Property(r => r.FileNumber).HasMaxLength(16);
        builder.HasIndex(r => new { r.NetworkId, r.FileNumber }).IsUnique();
        // The coordinator's day: counts by kind and age, and one kind page by page, from the index alone.
        builder.HasIndex(r => new { r.NetworkId, r.FacilityId, r.Next, r.NextDueAt, r.CoordinatorId });
        // All that waits at this facility, most overdue first.
        builder.HasIndex(r => new { r.NetworkId, r.FacilityId, r.NextDueAt, r.CoordinatorId }).HasFilter("\"NextDueAt\" IS NOT NULL");
        builder.HasIndex(r => new { r.NetworkId, r.FacilityId, r.UrgentSince }).HasFilter("\"UrgentSince\" IS NOT NULL AND \"EndedAt\" IS NULL");
        builder.HasIndex(r => new { r.NetworkId, r.FacilityId, r.ReceivedAt }).HasFilter("\"ReceivedAt\" IS NOT NULL AND \"FirstConversationAt\" IS NULL AND \"EndedAt\" IS NULL");
        builder.HasIndex(r => new { r.NetworkId, r.FacilityId, r.FirstConversationAt }).HasFilter("\"FirstConversationAt\" IS NOT NULL");
        builder.HasIndex(r => new { r.NetworkId, r.ClinicId, r.ReceivedAt });
    }
}

internal sealed class ContactAttemptModel : IEntityTypeConfiguration<ContactAttempt>
{
    public void Configure(EntityTypeBuilder<ContactAttempt> builder)
    {
        builder.ToTable("contact_attempt");
        builder.References<ContactAttempt, Referral>(a => a.ReferralId);
    }
}
