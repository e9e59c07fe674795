using Compagnon.App.Data;
using Compagnon.App.Matching;
using Compagnon.App.Privacy;
using Compagnon.App.Programme;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Accompaniments;

/// <summary>The agreement of one request, made or to be made.</summary>
public sealed record AgreementView
{
    public required Guid ReferralId { get; init; }
    public required string GivenName { get; init; }
    /// <summary>The companion's first name or nickname.</summary>
    public required string Companion { get; init; }
    /// <summary>What this companion does.</summary>
    public required IReadOnlyList<Channel> Channels { get; init; }
    /// <summary>What the patient would like, of these the first that the companion does; null where they did not say, or have none in common.</summary>
    public required Channel? Wanted { get; init; }
    /// <summary>What stands already; null while it is to be made.</summary>
    public required Agreement? Agreement { get; init; }
    public required Guid? AccompanimentId { get; init; }
    public required bool NumberMayBeShown { get; init; }
    public required bool NumberConsented { get; init; }
}

public sealed record AccompanimentRow(Guid Id, Guid ReferralId, string GivenName, string Companion, DateTime AgreedAt, DateTime? FirstConversationAt, DateTime? DueAt, DateTime? LastHeldAt, int Conversations)
{
    /// <summary>Why somebody should ask how they are getting on; null while nobody should.</summary>
    public FollowUpReason? FollowUp { get; init; }
    public DateTime? FollowUpDueAt { get; init; }
}

public sealed record AccompanimentView
{
    public required Guid Id { get; init; }
    public required Guid ReferralId { get; init; }
    public required string GivenName { get; init; }
    public required string Companion { get; init; }
    public required Guid CompanionId { get; init; }
    public required Agreement Agreement { get; init; }
    public required DateTime AgreedAt { get; init; }
    public required DateTime? EndedAt { get; init; }
    public required EndedBy? EndedBy { get; init; }
    public required Closing? Closing { get; init; }
    public required string? EndNote { get; init; }
    public required IReadOnlyList<Conversation> Conversations { get; init; }
    public required DateTime? DueAt { get; init; }
    /// <summary>Why somebody should ask how they are getting on; null while nobody should.</summary>
    public required FollowUpReason? FollowUp { get; init; }
    /// <summary>The companion can't go on for now, and the patient has not said yet whether they wait.</summary>
    public required bool AnotherOffered { get; init; }
    /// <summary>A restriction of the patient's names the companion who accompanies them.</summary>
    public required bool IsKeptApart { get; init; }
}

/// <summary>What a coordinator sees of those who accompany each other; and the agreement, for whoever makes it.</summary>
[UseCases]
public sealed class AccompanimentBoard(CompagnonDb db, Files files, RoundKeeper rounds, SettingsOf settings, TimeProvider clock)
{
    private const int Longest = 500;

    public async Task<AgreementView?> AgreementAsync(Actor actor, Guid referralId, CancellationToken stop = default)
    {
        if (actor.Role is not (Role.Patient or Role.Coordinator) || await files.OpenForChangeAsync(actor, referralId, ReadWhat.Accompaniment, stop: stop) is not { } file) return null;
        var living = await db.Set<Accompaniment>().AsNoTracking().FirstOrDefaultAsync(a => a.ReferralId == referralId && a.EndedAt == null, stop);
        var chosen = living?.CompanionId ?? await ChosenAsync(actor, file, stop);
        if (chosen is not { } companionId || await files.OpenCompanionForChangeAsync(actor, companionId, ReadWhat.Accompaniment, stop: stop) is not { } companion) return null;
        await db.SaveChangesAsync(stop);
        return new AgreementView
        {
            ReferralId = referralId, GivenName = file.Identity?.GivenName ?? "", Companion = companion.Pseudonym, Channels = companion.Entity.Channels, Agreement = living?.Agreement,
            Wanted = file.Entity.Intake.Channels.Where(companion.Entity.Channels.Contains).Select(c => (Channel?)c).FirstOrDefault(),
            AccompanimentId = living?.Id, NumberConsented = file.Has(ConsentKind.NumberShown), NumberMayBeShown = (await settings.FacilityAsync(file.Entity.FacilityId, stop)).NumberMayBeShown,
        };
    }

    /// <summary>Whoever was chosen and is kept out since is let go here, too.</summary>
    private async Task<Guid?> ChosenAsync(Actor actor, PatientFile file, CancellationToken stop)
    {
        var accepted = await rounds.AcceptedAsync(actor, file, await rounds.ProposalsOfAsync(file.ReferralId, stop), clock.GetUtcNow().UtcDateTime, stop);
        if (accepted.Find(p => p.ChosenAt is not null) is { } chosen) return chosen.CompanionId;
        await db.TrySaveAsync(stop);
        return null;
    }

    /// <summary>Agreed but not yet talked first, most overdue on top; then those to ask how they are getting on; then those who were longest without a conversation.</summary>
    public async Task<IReadOnlyList<AccompanimentRow>> ListAsync(Actor actor, CancellationToken stop = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var rows = await (from a in db.Set<Accompaniment>().AsNoTracking()
                          where a.FacilityId == actor.FacilityId && a.EndedAt == null
                          join r in db.Set<Referral>().AsNoTracking() on a.ReferralId equals r.Id
                          // what waits for somebody before the rest: of very many, the last are left out
                          orderby a.FirstConversationAt != null, a.FollowUpDueAt <= now ? 0 : 1, a.AgreedAt
                          select new
                          {
                              a.Id, a.ReferralId, a.CompanionId, a.AgreedAt, a.FirstConversationAt, r.NextDueAt, a.FollowUpReason, a.FollowUpDueAt,
                              Held = db.Set<Conversation>().Count(c => c.AccompanimentId == a.Id && c.BothTookPart),
                              Last = db.Set<Conversation>().Where(c => c.AccompanimentId == a.Id && c.BothTookPart).Max(c => (DateTime?)c.HeldAt),
                          }).Take(Longest).ToListAsync(stop);
        var patients = await files.NamesOfReferralsAsync(actor, [.. rows.Select(r => r.ReferralId)], stop);
        var companions = await files.NamesOfCompanionsAsync(actor, [.. rows.Select(r => r.CompanionId).Distinct()], stop);
        return
        [
            .. rows.Where(r => patients.ContainsKey(r.ReferralId))
                .Select(r => new AccompanimentRow(r.Id, r.ReferralId, patients[r.ReferralId], companions.GetValueOrDefault(r.CompanionId, ""), r.AgreedAt, r.FirstConversationAt, r.NextDueAt, r.Last, r.Held)
                {
                    FollowUp = r.FollowUpDueAt <= now ? r.FollowUpReason : null, FollowUpDueAt = r.FollowUpDueAt,
                })
                .OrderBy(r => r.FirstConversationAt is not null).ThenBy(r => r.FollowUp is null).ThenBy(r => r.FollowUp is null ? null : r.FollowUpDueAt).ThenBy(r => r.LastHeldAt ?? r.DueAt ?? r.AgreedAt),
        ];
    }

    public async Task<AccompanimentView?> ShowAsync(Actor actor, Guid accompanimentId, CancellationToken stop = default)
    {
        if (actor.Role is not Role.Coordinator || await db.Set<Accompaniment>().AsNoTracking().FirstOrDefaultAsync(a => a.Id == accompanimentId, stop) is not { } a
            || await files.OpenAsync(actor, a.ReferralId, ReadWhat.Accompaniment, stop: stop) is not { } file) return null;
        var held = await db.Set<Conversation>().AsNoTracking().Where(c => c.AccompanimentId == a.Id).OrderByDescending(c => c.HeldAt).ToListAsync(stop);
        var names = await files.NamesOfCompanionsAsync(actor, [a.CompanionId], stop);
        var companion = await db.Set<Companion>().AsNoTracking().FirstAsync(c => c.Id == a.CompanionId, stop);
        return new AccompanimentView
        {
            Id = a.Id, ReferralId = a.ReferralId, GivenName = file.Identity?.GivenName ?? "", Companion = names.GetValueOrDefault(a.CompanionId, ""), CompanionId = a.CompanionId,
            Agreement = a.Agreement, AgreedAt = a.AgreedAt, EndedAt = a.EndedAt, EndedBy = a.EndedBy, Closing = a.Closing,
            EndNote = files.OpenNote(file, Files.EndNotePurpose, a.EndNote), Conversations = held, DueAt = a.EndedAt is null ? file.Entity.NextDueAt : null,
            FollowUp = a.IsToFollowUp(clock.GetUtcNow().UtcDateTime) ? a.FollowUpReason : null,
            AnotherOffered = a is { EndedAt: null, AnotherOfferedAt: not null }, IsKeptApart = a.EndedAt is null && !file.LetsIn(companion),
        };
    }

    /// <summary>For the companion's own last page: how they call the person. Null when it is not theirs or over.</summary>
    public Task<Accompaniment?> MineAsync(Actor actor, Guid accompanimentId, CancellationToken stop = default) => actor.Role is not Role.Companion ? Task.FromResult<Accompaniment?>(null)
        : db.Set<Accompaniment>().AsNoTracking().FirstOrDefaultAsync(a => a.Id == accompanimentId && a.CompanionId == actor.PersonId && a.EndedAt == null, stop);
}
