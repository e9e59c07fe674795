namespace Compagnon.Web.Files;

/// <summary>Words of the file and of what one does on it.</summary>
public sealed class Texts;
