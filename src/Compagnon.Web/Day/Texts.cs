namespace Compagnon.Web.Day;

/// <summary>Words of the coordinator's day.</summary>
public sealed class Texts;
