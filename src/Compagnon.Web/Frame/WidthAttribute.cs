namespace Compagnon.Web.Frame;

/// <summary>How wide a page's column is: <c>@attribute [Width(PageWidth.Narrow)]</c>. Staff pages are wide, all others normal.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class WidthAttribute(PageWidth width) : Attribute
{
    public PageWidth Width { get; } = width;
}

public enum PageWidth
{
    Normal,

    /// <summary>One question.</summary>
    Narrow,

    /// <summary>People's own words.</summary>
    Letter,
    Wide,

    /// <summary>The page writes its own containers, because a band crosses the whole window.</summary>
    Full,
}
