namespace Compagnon.Domain.Programme;

/// <summary>
/// What differs between programmes: nobody publishes these numbers, so none is a constant in code. One row a facility.
/// </summary>
public sealed class ProgrammeSettings : Row, IVersioned
{
    public required Guid FacilityId { get; init; }
    public Targets Targets { get; set; } = new();
    public Weights Weights { get; set; } = new();
    public int MinimumAge { get; set; } = 18;
    /// <summary>A patient may consent, apart and revocably, to their number being shown to their companion.</summary>
    public bool NumberMayBeShown { get; set; }
    /// <summary>Municipalities where people could recognise each other, as they are written; compared without case and accents, on both sides.</summary>
    public List<string> SmallTowns { get; set; } = [];
    /// <summary>Which grammatical set names a companion on screen; the inclusive one unless the programme chose another.</summary>
    public string CompanionWords { get; set; } = RoleWordSets.Companion[0];
    /// <summary>Which grammatical set names the coordinator on screen.</summary>
    public string CoordinatorWords { get; set; } = RoleWordSets.Coordinator[0];
    /// <summary>Numbers for those who can't wait, in the order of the strip on every page; none is Quebec's own: 911, 9-8-8, 811.</summary>
    public List<CrisisNumber> CrisisNumbers { get; set; } = [];
    /// <summary>What staff do in a crisis, beside 911, 9-8-8 and 811, in each language; null where the facility has written none.</summary>
    public string? CrisisFr { get; set; }
    public string? CrisisEn { get; set; }
    public int Version { get; set; }
}

/// <summary>A number of the facility's crisis protocol, and when to call it.</summary>
public sealed class CrisisNumber
{
    /// <summary>As people know it: "9-8-8", "811".</summary>
    public required string Number { get; set; }
    public required string Fr { get; set; }
    public required string En { get; set; }

    public string Dialled => string.Concat(Number.Where(char.IsAsciiDigit));
}

/// <summary>The sets of words a programme chooses from; how each inflects is said where pages are written. The first is the usual one.</summary>
public static class RoleWordSets
{
    public static IReadOnlyList<string> Companion { get; } = ["personne", "patiente", "patient", "usagere", "usager", "pair"];
    public static IReadOnlyList<string> Coordinator { get; } = ["coordination", "coordonnatrice", "coordonnateur", "responsable"];
}

/// <summary>Each target runs from the step before. Days are working days where it says so.</summary>
public sealed record Targets
{
    public int ReachWorkingDays { get; init; } = 2;
    public int CompleteWorkingDays { get; init; } = 3;
    public int MatchWorkingDays { get; init; } = 5;
    public int AnswerHours { get; init; } = 48;
    public int ChooseHours { get; init; } = 72;
    public int FirstConversationDays { get; init; } = 7;
    public int LogbookDays { get; init; } = 3;
    /// <summary>Two who agreed on no rhythm are asked how they are getting on after so long without a conversation.</summary>
    public int SilentDays { get; init; } = 45;
    /// <summary>An offer nobody answered ends after this many days.</summary>
    public int OfferDays { get; init; } = 30;
    /// <summary>A companion without anyone for this long counts as idle.</summary>
    public int IdleDays { get; init; } = 30;
    /// <summary>Days off beside the statutory ones: "12-26" for every year, "2027-03-08" for once.</summary>
    public List<string> ExtraDaysOff { get; init; } = [.. WorkingCalendar.UsualExtraDaysOff];
}

/// <summary>How much each criterion counts before the patient ranks, 0 to 100. How the ranking changes them: docs/matching.md.</summary>
public sealed record Weights
{
    public int Cancer { get; init; } = 30;
    public int Concern { get; init; } = 25;
    public int Age { get; init; } = 20;
    public int Treatment { get; init; } = 20;
    public int Life { get; init; } = 12;
    public int Culture { get; init; } = 8;
    public int Gender { get; init; } = 6;
    public int Availability { get; init; } = 8;
    /// <summary>Years after which half of an experience's freshness is gone: treatments change.</summary>
    public int FreshnessYears { get; init; } = 8;
    /// <summary>What load and idleness may move a rank by at most, in points of fit out of 100.</summary>
    public int Sharing { get; init; } = 6;
    /// <summary>Points out of 100 that the patient's ranking hands out when three are ranked; the programme's weights share the rest.</summary>
    public int Ranked { get; init; } = 50;
    /// <summary>What an unknown fact is worth, in hundredths of its criterion: more than a known difference, less than anything shared.</summary>
    public int Unknown { get; init; } = 30;
    /// <summary>Fit out of 100 from which a match counts as good.</summary>
    public int Good { get; init; } = 50;
}
