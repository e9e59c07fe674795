namespace Compagnon.Web.Referrals;

/// <summary>Words of the clinic's pages.</summary>
public sealed class Texts;
