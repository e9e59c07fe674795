using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.App.Programme;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Home;

/// <summary>What a companion finds on coming in. Each file shown is a read of its patient's, recorded before the page appears.</summary>
[UseCases]
public sealed class CompanionHome(CompagnonDb db, Files files, SettingsOf settings, WorkingCalendar calendar, TimeProvider clock)
{
    /// <summary>Long enough to be seen by somebody who looks in once a week.</summary>
    private const int EndedDays = 8;

    public async Task<CompanionHomeView?> ShowAsync(Actor actor, CancellationToken stop = default)
    {
        if (actor.Role is not Role.Companion || await files.OpenCompanionForChangeAsync(actor, actor.PersonId, ReadWhat.Profile, stop: stop) is not { } me) return null;
        var now = clock.GetUtcNow().UtcDateTime;
        var today = calendar.LocalDay(now);
        var used = await db.Set<Place>().CountAsync(p => p.CompanionId == actor.PersonId, stop);
        var waiting = await db.Set<Proposal>().Where(p => p.CompanionId == actor.PersonId && p.Answer == ProposalAnswer.Yes && p.ReleasedAt == null && p.ChosenAt == null)
            .Where(p => db.Set<Domain.Referrals.Referral>().Any(r => r.Id == p.ReferralId && r.EndedAt == null && r.AgreedAt == null)).CountAsync(stop);
        var proposals = await ProposalsAsync(actor, me.Companion, used, now, stop);
        var (people, ended, due) = await PeopleAsync(actor, now, today, stop);
        // The reads of the files above.
        await db.SaveChangesAsync(stop);
        return new CompanionHomeView
        {
            Pseudonym = me.Pseudonym, Status = CompanionState.Of(me.Companion, used, today), IsPaused = me.Companion.IsPaused(today), PausedUntil = me.Companion.PausedUntil,
            Used = used, Capacity = me.Companion.Capacity, Proposals = proposals, WaitingForChoice = waiting, People = people, Ended = ended, Due = due,
        };
    }

    private async Task<List<ProposalCard>> ProposalsAsync(Actor actor, Companion me, int used, DateTime now, CancellationToken stop)
    {
        var open = await db.Set<Proposal>().AsNoTracking().Where(p => p.CompanionId == actor.PersonId && p.Answer == null && p.ExpiredAt == null && p.ReleasedAt == null && p.ExpiresAt > now)
            .OrderBy(p => p.ExpiresAt).ToListAsync(stop);
        List<ProposalCard> cards = [];
        foreach (var proposal in open)
        {
            if (await files.OpenForChangeAsync(actor, proposal.ReferralId, ReadWhat.Proposal, stop: stop) is not { } file) continue;
            var weights = (await settings.FacilityAsync(file.Entity.FacilityId, stop)).Weights;
            cards.Add(new ProposalCard
            {
                Id = proposal.Id, Summary = file.Summary, ExpiresAt = proposal.ExpiresAt, State = Proposals.StateOf(proposal, now),
                Shared = SharedChips.Of(PatientFacts.Of(file.Entity), CompanionFacts.Of(me, used, calendar, now, []), weights, calendar.LocalDay(now)),
            });
        }
        return cards;
    }

    private async Task<(List<MyPerson> People, List<EndedPerson> Ended, List<DueEntry> Due)> PeopleAsync(Actor actor, DateTime now, DateOnly today, CancellationToken stop)
    {
        List<MyPerson> people = [];
        List<EndedPerson> ended = [];
        List<DueEntry> due = [];
        // Of an ended one: that it is over, for some days, and what is still to be written down.
        var mine = await db.Set<Accompaniment>().AsNoTracking().Where(a => a.CompanionId == actor.PersonId && (a.EndedAt == null || a.EndedAt > now.AddDays(-30)))
            .OrderBy(a => a.AgreedAt).ToListAsync(stop);
        foreach (var accompaniment in mine)
        {
            if (await files.OpenLogbookForChangeAsync(actor, accompaniment.Id, ReadWhat.Accompaniment, stop) is not { } book) continue;
            var hasDraft = await db.Set<LogbookDraft>().AnyAsync(d => d.AccompanimentId == accompaniment.Id && d.CompanionId == actor.PersonId, stop);
            due.AddRange(DueOf(book, hasDraft, now, today));
            if (IsNews(accompaniment, now)) ended.Add(new EndedPerson(accompaniment.Id, accompaniment.Agreement.PatientPseudonym));
            if (accompaniment.EndedAt is null) people.Add(PersonOf(book, hasDraft, today) with { ShowsNumber = await files.ShowsNumberAsync(book.Referral, stop) });
        }
        return (people, ended, due);
    }

    /// <summary>Somebody else ended it. A death is told in person, never here.</summary>
    private static bool IsNews(Accompaniment accompaniment, DateTime now) =>
        accompaniment is { EndedBy: not EndedBy.Companion, Closing: not Domain.Referrals.Closing.Deceased } && accompaniment.EndedAt > now.AddDays(-EndedDays);

    private static MyPerson PersonOf(LogbookFile book, bool hasDraft, DateOnly today)
    {
        var next = book.Lines.FirstOrDefault(l => l.Entry is not null);
        var held = book.Lines.Where(l => l.Conversation.BothTookPart).ToList();
        return new MyPerson
        {
            AccompanimentId = book.Accompaniment.Id, Pseudonym = book.Accompaniment.Agreement.PatientPseudonym, Summary = Domain.Referrals.SharedSummary.Of(book.Referral),
            Agreement = book.Accompaniment.Agreement, AgreedAt = book.Accompaniment.AgreedAt, Conversations = held.Count,
            LastHeldAt = held.Count == 0 ? null : held[0].Conversation.HeldAt, HasDraft = hasDraft,
            NextOn = next?.Entry?.NextOn is { } day && day >= today ? day : null, NextNote = next?.NextNote,
        };
    }

    private IEnumerable<DueEntry> DueOf(LogbookFile book, bool hasDraft, DateTime now, DateOnly today)
    {
        var accompaniment = book.Accompaniment;
        DueEntry Entry(DueReason reason) => new() { AccompanimentId = accompaniment.Id, Pseudonym = accompaniment.Agreement.PatientPseudonym, Reason = reason };
        foreach (var line in book.Lines.Where(l => l.Entry is null))
            yield return Entry(DueReason.Held) with { ConversationId = line.Conversation.Id, At = line.Conversation.HeldAt, Minutes = line.Conversation.Minutes };
        if (hasDraft) yield return Entry(DueReason.Draft);
        if (accompaniment.EndedAt is not null || hasDraft) yield break;
        var latest = book.Lines.Count == 0 ? (DateOnly?)null : calendar.LocalDay(book.Lines[0].Conversation.HeldAt);
        if (accompaniment.Agreement.PlannedAt is { } planned && planned.AddMinutes(30) < now && latest is null) yield return Entry(DueReason.Planned) with { At = planned };
        else if (book.Lines.FirstOrDefault()?.Entry?.NextOn is { } next && next < today && latest < next) yield return Entry(DueReason.Planned) with { Day = next };
        else if (accompaniment is { FollowUpReason: FollowUpReason.Silent } && accompaniment.IsToFollowUp(now) && latest is not null) yield return Entry(DueReason.Silent) with { Day = latest };
    }
}
