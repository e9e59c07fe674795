using Compagnon.Domain.Programme;

namespace Compagnon.Interop.Fhir;

/// <summary>Makes cancers of a person's conditions: the same cancer said several times is one, metastases belong to where they came from.</summary>
internal static class Cancers
{
    /// <summary>The leading one, the latest, first. There is at least one confirmed condition, so at least one cancer.</summary>
    public static IReadOnlyList<Cancer> Of(IEnumerable<ConditionRecord> conditions, int? birthYear)
    {
        var confirmed = conditions.Where(c => c.Diagnosis.Likelihood is Likelihood.Cancer)
            .Select(c => new Mention(c, Begin(c, birthYear))).OrderBy(m => m.Begin ?? DateOnly.MaxValue).ToList();
        var primaries = confirmed.Where(m => !m.Condition.Diagnosis.IsSecondary).ToList();
        // "malignant neoplasm" without a place adds nothing to one with a place
        if (primaries.Exists(m => m.Condition.Diagnosis.Site is not null)) primaries.RemoveAll(m => m.Condition.Diagnosis.Site is null);
        var cancers = new List<Cancer>();
        foreach (var mention in primaries)
        {
            var site = mention.Condition.Diagnosis.Site ?? CancerSite.Other;
            if (cancers.FindLast(c => c.Site == site && !c.IsOverBefore(mention.Begin)) is { } same) same.Add(mention);
            else cancers.Add(new Cancer(site, mention));
        }
        foreach (var mention in confirmed.Where(m => m.Condition.Diagnosis.IsSecondary)) AddSecondary(cancers, mention);
        return [.. cancers.OrderByDescending(c => c.Begin ?? DateOnly.MinValue).ThenBy(c => c.Status).ThenByDescending(c => c.Behaviour).ThenBy(c => c.Site)];
    }

    private static void AddSecondary(List<Cancer> cancers, Mention mention)
    {
        var site = mention.Condition.Diagnosis.Site;
        var origin = site is null ? cancers.MaxBy(c => (c.Behaviour, c.Begin ?? DateOnly.MinValue)) : cancers.FindLast(c => c.Site == site);
        if (origin is not null) origin.AddSecondary(mention);
        else cancers.Add(new Cancer(site ?? mention.Condition.Diagnosis.SiteIfAlone ?? CancerSite.Other, mention));
    }

    private static DateOnly? Begin(ConditionRecord condition, int? birthYear)
    {
        if (condition.Onset is { } onset) return onset;
        if (condition.OnsetAge is { } age && birthYear + age is >= 1 and <= 9999 and { } year) return new DateOnly(year, 1, 1);
        // "personal history of" is written down long after
        return condition.Diagnosis.IsPast ? null : condition.Recorded ?? condition.Abated;
    }
}

internal sealed record Mention(ConditionRecord Condition, DateOnly? Begin)
{
    /// <summary>The day it began is known, not just the day it was written down.</summary>
    public bool HasOnset => Condition.Onset is not null || (Condition.OnsetAge is not null && Begin is not null);
}

internal sealed class Cancer
{
    private Mention last;

    public Cancer(CancerSite site, Mention first)
    {
        Site = site;
        last = first;
        Begin = first.Begin;
        HasOnset = first.HasOnset;
        Behaviour = first.Condition.Diagnosis.Behaviour;
        Status = first.Condition.Status;
        IsMetastatic = first.Condition.Diagnosis.IsSecondary;
    }

    public CancerSite Site { get; }
    public DateOnly? Begin { get; private set; }
    public bool HasOnset { get; }
    public Behaviour Behaviour { get; private set; }
    public CancerStatus Status { get; private set; }
    public bool IsMetastatic { get; private set; }

    public CancerFacts Facts => new()
    {
        Site = Site, Year = Begin?.Year, Status = Status, IsMetastatic = IsMetastatic, IsInSitu = Behaviour is Behaviour.InSitu,
    };

    /// <summary>Ended before that day, so what began then is another cancer.</summary>
    public bool IsOverBefore(DateOnly? day) => Status is CancerStatus.Resolved && last.Condition.Abated < day;

    public void Add(Mention mention)
    {
        Begin ??= mention.Begin;
        if (mention.Condition.Diagnosis.Behaviour > Behaviour) Behaviour = mention.Condition.Diagnosis.Behaviour;
        var isSameDay = mention.Begin == last.Begin;
        if (!isSameDay || mention.Condition.Status < Status) Status = mention.Condition.Status;
        last = mention;
    }

    public void AddSecondary(Mention mention)
    {
        IsMetastatic = true;
        Behaviour = Behaviour.Invasive;
        if (Status is CancerStatus.Resolved or CancerStatus.Remission && mention.Condition.Status is CancerStatus.Active or CancerStatus.Recurrence) Status = CancerStatus.Recurrence;
    }
}
