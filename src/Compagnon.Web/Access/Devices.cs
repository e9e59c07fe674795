namespace Compagnon.Web.Access;

/// <summary>"Firefox, Windows" from what a browser says of itself: enough for its owner to recognise it, too little to follow anyone.</summary>
public static class Devices
{
    private static readonly (string Sign, string Name)[] Browsers = [("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari")];
    private static readonly (string Sign, string Name)[] Systems = [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux")];

    public static string NameOf(string? userAgent)
    {
        var names = new[] { Find(Browsers, userAgent), Find(Systems, userAgent) }.OfType<string>();
        return string.Join(", ", names);
    }

    private static string? Find((string Sign, string Name)[] known, string? text) =>
        text is null ? null : Array.Find(known, k => text.Contains(k.Sign, StringComparison.Ordinal)).Name;
}
