namespace Compagnon.Web.Accompaniments;

public sealed class Texts;
