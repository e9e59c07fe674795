namespace Compagnon.App.Access;

/// <summary>Where people reach the platform, for links in letters: set by the host, never taken from a request, whose Host header anyone can write.</summary>
public sealed class PublicAddress
{
    public string Root { get; set => field = value.TrimEnd('/'); } = "http://localhost:5000";

    public string Of(string path) => Root + path;
}
