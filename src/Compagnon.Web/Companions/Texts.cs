namespace Compagnon.Web.Companions;

public sealed class Texts;
