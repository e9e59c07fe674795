namespace Compagnon.Web.Accompaniments;

/// <summary>The words of agreeing, of conversations and of the end: AgreeTexts.resx, AgreeTexts.en.resx.</summary>
public sealed class AgreeTexts;
