namespace Compagnon.Web.Access;

/// <summary>The words of signing in, sessions, invitations and links, in Texts.resx (French) and Texts.en.resx.</summary>
public sealed class Texts;
