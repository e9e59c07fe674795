using Compagnon.App.Data;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Compagnon.App.Accompaniments;

internal sealed class AccompanimentModel : IEntityTypeConfiguration<Accompaniment>
{
    public void Configure(EntityTypeBuilder<Accompaniment> builder)
    {
        builder.ToTable("accompaniment");
        builder.References<Accompaniment, Referral>(a => a.ReferralId);
        builder.References<Accompaniment, Companion>(a => a.CompanionId);
        // One living accompaniment a referral: two who agree at once, and the database decides.
        builder.HasIndex(a => new { a.NetworkId, a.ReferralId }).IsUnique().HasFilter("\"EndedAt\" IS NULL");
        // all of a request, those that ended too
        builder.HasIndex(a => new { a.NetworkId, a.ReferralId }, "IX_accompaniment_of_referral");
        // who asked to read the logbook: few among many
        builder.HasIndex(a => new { a.NetworkId, a.FacilityId }).HasFilter("\"LogbookAskedAt\" IS NOT NULL");
        // whom to ask how they are getting on: few among many
        builder.HasIndex(a => new { a.NetworkId, a.FacilityId, a.FollowUpDueAt }).HasFilter("\"EndedAt\" IS NULL AND \"FollowUpDueAt\" IS NOT NULL");
        builder.ComplexProperty(a => a.Agreement, g => g.ToJson());
    }
}

internal sealed class ConversationModel : IEntityTypeConfiguration<Conversation>
{
    public void Configure(EntityTypeBuilder<Conversation> builder)
    {
        builder.ToTable("conversation");
        builder.References<Conversation, Accompaniment>(c => c.AccompanimentId);
    }
}

internal sealed class LogbookEntryModel : IEntityTypeConfiguration<LogbookEntry>
{
    public void Configure(EntityTypeBuilder<LogbookEntry> builder)
    {
        builder.ToTable("logbook_entry");
        builder.References<LogbookEntry, Accompaniment>(e => e.AccompanimentId);
        builder.References<LogbookEntry, Conversation>(e => e.ConversationId);
        builder.HasIndex(e => new { e.NetworkId, e.ConversationId }).IsUnique();
        builder.HasIndex(e => new { e.NetworkId, e.CompanionId, e.HowAreYou });
    }
}

internal sealed class LogbookDraftModel : IEntityTypeConfiguration<LogbookDraft>
{
    public void Configure(EntityTypeBuilder<LogbookDraft> builder)
    {
        builder.ToTable("logbook_draft");
        builder.References<LogbookDraft, Accompaniment>(d => d.AccompanimentId);
        builder.HasIndex(d => new { d.NetworkId, d.AccompanimentId, d.CompanionId }).IsUnique();
    }
}
