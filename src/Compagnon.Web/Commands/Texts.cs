namespace Compagnon.Web.Commands;

/// <summary>Words of the command line.</summary>
public sealed class Texts;
