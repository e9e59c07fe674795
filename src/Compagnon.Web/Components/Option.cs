namespace Compagnon.Web.Components;

/// <summary>One answer of a question. Language is that of its text, when it isn't the page's.</summary>
public sealed record Option(string Value, string Text, string? Hint = null, string? Language = null);

/// <summary>How the label or legend of a field looks.</summary>
public enum LabelAs
{
    Small,

    /// <summary>The page's only question: the label is its h1.</summary>
    Heading,

    /// <summary>One of a few questions of a page in serif, as in the logbook.</summary>
    Question,
    Hidden,
}
