namespace Compagnon.Web.Demonstration;

/// <summary>Words of the pages that exist only in the demonstration.</summary>
public sealed class Texts;
