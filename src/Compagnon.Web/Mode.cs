namespace Compagnon.Web;

/// <summary>How the server was started. The page to enter as any of its people, and the one that shows the outbox, exist only in the demonstration.</summary>
public sealed record Mode(bool IsDemonstration);
