namespace Compagnon.Web.Matching;

/// <summary>The words of matching and choosing: Texts.resx, Texts.en.resx.</summary>
public sealed class Texts;
