namespace Compagnon.Web.Components;

public enum ButtonKind
{
    /// <summary>The one main action of a page.</summary>
    Main,
    Secondary,
    Warning,

    /// <summary>In a row of a list.</summary>
    Quiet,

    /// <summary>A button that looks like a link.</summary>
    Link,
}

public static class ButtonClass
{
    public static string Of(ButtonKind kind, bool small) => kind switch
    {
        ButtonKind.Main => "govuk-button",
        ButtonKind.Secondary => "govuk-button govuk-button--secondary",
        ButtonKind.Warning => "govuk-button govuk-button--warning",
        ButtonKind.Quiet => "govuk-button govuk-button--secondary cg-button--s cg-button--quiet",
        ButtonKind.Link => "cg-link-button",
    } + (small && kind is not (ButtonKind.Quiet or ButtonKind.Link) ? " cg-button--s" : "");
}
