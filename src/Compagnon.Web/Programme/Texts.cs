namespace Compagnon.Web.Programme;

/// <summary>Words of the settings, of leave and of the record of reads.</summary>
public sealed class Texts;
