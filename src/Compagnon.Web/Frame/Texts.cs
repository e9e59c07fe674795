namespace Compagnon.Web.Frame;

/// <summary>The words of the frame, in Texts.resx (French) and Texts.en.resx.</summary>
public sealed class Texts;
