namespace Compagnon.Web.Errors;

/// <summary>The words of the error pages, in Texts.resx (French) and Texts.en.resx.</summary>
public sealed class Texts;
