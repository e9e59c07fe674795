namespace Compagnon.Web.Components;

public enum PanelKind
{
    Paper,
    Soft,
    Spruce,

    /// <summary>Somebody is proposed: the one thing on the page to answer.</summary>
    Proposal,
}

/// <summary>Words first: the colour only repeats them. Late is for staff only.</summary>
public enum TagKind
{
    Normal,
    Late,
    Soon,
    Rest,
}

public enum CareLevel
{
    Info,
    Urgent,
    Emergency,
}

/// <summary>A point of a timeline: one line until the match, then the pair.</summary>
public enum TimelineKind
{
    Alone,
    Both,

    /// <summary>Not yet.</summary>
    Next,
}

public sealed record TimelineItem(string Title, string? Text = null, TimelineKind Kind = TimelineKind.Alone);

public sealed record RoadStep(string Title, string Text, bool Both = false);

public sealed record Door(string Href, string Title, string Text);

/// <summary>A place to rank in: filled when it has a text; the first empty one is filled now.</summary>
public sealed record PlaceItem(string? Text, string? ChangeHref = null, string? ChangeAbout = null);

/// <summary>A companion as a patient sees them: first name, facts, own words by paragraph in the language they were written in, what both share.</summary>
public sealed record PersonOption(string Value, string Name, string Facts, IReadOnlyList<string> Words, IReadOnlyList<string> Shared, string? Language = null);

/// <summary>
/// One criterion. Weight is what it counts for this patient, Value what this companion answers, both in points; Rank is the patient's choice
/// (null when they didn't rank it), spoken as RankText.
/// </summary>
public sealed record Reason(string Label, string Text, double Weight, double Value, int? Rank = null, string? RankText = null);
