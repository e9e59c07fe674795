namespace Compagnon.Web.Public;

/// <summary>Names the resource files of the public pages.</summary>
public sealed class Texts;
