namespace Compagnon.Web.Privacy;

public sealed class Texts;
