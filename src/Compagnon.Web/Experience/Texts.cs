namespace Compagnon.Web.Experience;

/// <summary>The words of the view of missing experience: Texts.resx, Texts.en.resx.</summary>
public sealed class Texts;
