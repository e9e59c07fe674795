using Compagnon.App.Accompaniments;
using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.App.Referrals;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Space;

/// <summary>What is kept of a patient, as they may read it at once.</summary>
public sealed record MyCopyView
{
    public required DateTime MadeAt { get; init; }
    public required PatientFile File { get; init; }
    public required IntakeView Intake { get; init; }
    public required string Facility { get; init; }
    /// <summary>The clinic that spoke of them.</summary>
    public required string? Clinic { get; init; }
    /// <summary>In the order of time.</summary>
    public required IReadOnlyList<MyMoment> Moments { get; init; }
    public required IReadOnlyList<MyPair> Pairs { get; init; }
    public required IReadOnlyList<ReleasedLine> Released { get; init; }
    public required IReadOnlyList<MyRestriction> Restrictions { get; init; }
    public required IReadOnlyList<ReadLine> Reads { get; init; }
}

public enum MyMomentKind { Offered, Received, Attempt, Reached, Completed, AskedToChoose, Chose, Agreed, Talked, Parted, SearchAgain, Ended, ErasureAsked, ErasureTakenBack, ErasureRefused }

/// <summary>Something that happened to a request.</summary>
/// <param name="With">The companion's pseudonym, where one is left.</param>
/// <param name="Outcome">Of an attempt to reach them.</param>
public sealed record MyMoment(DateTime At, MyMomentKind Kind, string? With = null, ContactOutcome? Outcome = null);

/// <summary>What the patient agreed to with a companion.</summary>
public sealed record MyPair(string? Pseudonym, DateTime AgreedAt, DateTime? EndedAt, Agreement Agreement);

/// <summary>
/// A copy of what is kept of a patient, for themselves, at once and without staff. It tells nothing of another person but a pseudonym, no note of the staff, and of a
/// logbook what was released to them. It leaves the programme: the trail says that it was taken.
/// </summary>
[UseCases]
public sealed class MyCopy(CompagnonDb db, Files files, IntakeJourney journey, LogbookReviews logbook, MyAccess access, ReadsOfMe reads, TimeProvider clock)
{
    public async Task<MyCopyView?> TakeAsync(Actor actor, Guid referralId, CancellationToken stop = default)
    {
        if (actor.Role is not Role.Patient || await files.OpenAsync(actor, referralId, ReadWhat.Export, stop: stop) is not { } file || file.PatientId != actor.PersonId) return null;
        if (await journey.ShowAsync(actor, referralId, stop) is not { } intake || await access.ShowAsync(actor, referralId, stop) is not { } closed || await logbook.MineAsync(actor, referralId, stop) is not { } notes) return null;
        var pairs = await db.Set<Accompaniment>().AsNoTracking().Where(a => a.ReferralId == referralId).OrderBy(a => a.AgreedAt).ToListAsync(stop);
        var chosen = await db.Set<Proposal>().AsNoTracking().Where(p => p.ReferralId == referralId && p.ChosenAt != null).ToListAsync(stop);
        var names = await files.PseudonymsAsync(actor, file, [.. pairs.Select(a => a.CompanionId).Union(chosen.Select(p => p.CompanionId))], stop);
        List<MyMoment> moments = [.. OfPairs(pairs, chosen, names), .. await AttemptsAsync(referralId, stop), .. await ErasuresAsync(actor, stop)];
        // a call in which they talked says it already
        moments.AddRange(OfRequest(file.Referral).Where(m => m.Kind is not MyMomentKind.Reached || !moments.Exists(a => a.Outcome is ContactOutcome.Reached)));
        var now = clock.GetUtcNow().UtcDateTime;
        var view = new MyCopyView
        {
            MadeAt = now, File = file, Intake = intake, Released = notes.Lines, Restrictions = closed.Restrictions, Reads = await ReadsAsync(actor, stop),
            Facility = await db.Set<Facility>().Where(f => f.Id == file.Referral.FacilityId).Select(f => f.Name).FirstAsync(stop),
            Clinic = await db.Set<Clinic>().Where(c => c.Id == file.Referral.ClinicId).Select(c => c.Name).FirstOrDefaultAsync(stop),
            Moments = [.. moments.OrderBy(m => m.At).ThenBy(m => m.Kind)],
            Pairs = [.. pairs.Select(a => new MyPair(names.GetValueOrDefault(a.CompanionId), a.AgreedAt, a.EndedAt, a.Agreement))],
        };
        db.Record(actor, new CopyTaken(referralId), now);
        await db.SaveChangesAsync(stop);
        return view;
    }

    private static IEnumerable<MyMoment> OfRequest(Referral r)
    {
        (DateTime? At, MyMomentKind Kind)[] dates =
        [
            (r.OfferedAt, MyMomentKind.Offered), (r.ReceivedAt, MyMomentKind.Received), (r.ReachedAt, MyMomentKind.Reached), (r.IntakeCompletedAt, MyMomentKind.Completed),
            (r.ChoiceAskedAt, MyMomentKind.AskedToChoose), (r.ReturnedAt, MyMomentKind.SearchAgain), (r.RematchedAt, MyMomentKind.SearchAgain), (r.EndedAt, MyMomentKind.Ended),
        ];
        return from d in dates where d.At is not null select new MyMoment(d.At!.Value, d.Kind);
    }

    private static IEnumerable<MyMoment> OfPairs(List<Accompaniment> pairs, List<Proposal> chosen, IReadOnlyDictionary<Guid, string> names) =>
    [
        .. chosen.Select(p => new MyMoment(p.ChosenAt!.Value, MyMomentKind.Chose, names.GetValueOrDefault(p.CompanionId))),
        .. from a in pairs
           from d in new (DateTime? At, MyMomentKind Kind)[] { (a.AgreedAt, MyMomentKind.Agreed), (a.FirstConversationAt, MyMomentKind.Talked), (a.EndedAt, MyMomentKind.Parted) }
           where d.At is not null
           select new MyMoment(d.At!.Value, d.Kind, names.GetValueOrDefault(a.CompanionId)),
    ];

    /// <summary>When somebody tried to call, and what came of it; never what was noted.</summary>
    private async Task<List<MyMoment>> AttemptsAsync(Guid referralId, CancellationToken stop) =>
        await db.Set<ContactAttempt>().AsNoTracking().Where(a => a.ReferralId == referralId && a.Outcome != ContactOutcome.Deceased).Select(a => new MyMoment(a.At, MyMomentKind.Attempt, null, a.Outcome)).ToListAsync(stop);

    private async Task<IEnumerable<MyMoment>> ErasuresAsync(Actor actor, CancellationToken stop) =>
        from e in await db.Set<ErasureRequest>().AsNoTracking().Where(e => e.PersonId == actor.PersonId).ToListAsync(stop)
        from d in new (DateTime? At, MyMomentKind Kind)[] { (e.AskedAt, MyMomentKind.ErasureAsked), (e.DecidedAt, e.IsTakenBack ? MyMomentKind.ErasureTakenBack : MyMomentKind.ErasureRefused) }
        where d.At is not null
        select new MyMoment(d.At!.Value, d.Kind);

    private async Task<IReadOnlyList<ReadLine>> ReadsAsync(Actor actor, CancellationToken stop)
    {
        List<ReadLine> lines = [];
        for (var page = 1; ; page++)
        {
            var shown = await reads.OfMeAsync(actor, page, stop);
            lines.AddRange(shown.Lines);
            if (!shown.HasMore) return lines;
        }
    }
}
