using Compagnon.Web.Words;
using Microsoft.Extensions.Localization;

namespace Compagnon.Web.Frame;

/// <summary>
/// What the frame around every page shows: one object a request. A middleware after UseAuthorization fills it for whoever is signed in;
/// a page is too late, because the frame is rendered before the page has loaded anything.
/// </summary>
public sealed class FrameModel(IStringLocalizer<Texts> texts)
{
    /// <summary>The facility's name as shown beside the wordmark; empty on the pages of a whole network.</summary>
    public string Place { get; set; } = "";

    /// <summary>Ten digits. Whoever answers it is a human being.</summary>
    public string Telephone { get; set; } = "5145550142";

    /// <summary>First name of who answers there; empty when nobody is named.</summary>
    public string ContactName { get; set; } = "";

    public string Hours { get; set; } = Formats.HoursTogether(texts["Hours"]);

    /// <summary>Who is signed in: a first name only for patients and companions.</summary>
    public string? Who { get; set; }

    /// <summary>Where « Quitter » leads; null hides it.</summary>
    public string? LeaveHref { get; set; }

    /// <summary>Where the wordmark leads.</summary>
    public string HomeHref { get; set; } = "/";

    public IReadOnlyList<MenuItem> Menu { get; set; } = [];

    public IReadOnlyList<MenuItem> FooterLinks { get; set; } = [new("/vie-privee", texts["Privacy"]), new("/accessibilite", texts["Accessibility"])];

    public IReadOnlyList<CrisisLine> CrisisLines { get; set; } =
    [
        new("911", "911", texts["Crisis.Danger"]),
        new("9-8-8", "988", texts["Crisis.Suicide"]),
        new("811", "811", texts["Crisis.Talk"]),
    ];

    /// <summary>The facility's crisis protocol in the reader's language, for its team and companions; null where none is written.</summary>
    public string? Protocol { get; set; }
    /// <summary>Where a patient stops their request or accompaniment, and in which words; null once it is over.</summary>
    public MenuItem? Stop { get; set; } = new("/arreter", texts["Stop"]);

    /// <summary>Seconds left before the session ends; null when there is none. The page warns two minutes before, and asks <see cref="StayHref"/> to go on.</summary>
    public int? SessionSeconds { get; set; }

    /// <summary>When that is, for the line in the footer that needs no script.</summary>
    public DateTime? SessionEndsAt { get; set; }

    /// <summary>A GET that only renews the session cookie.</summary>
    public string? StayHref { get; set; }

    /// <summary>The menu's item of this path: the longest address that the path begins with.</summary>
    public MenuItem? Current(string path) => Menu
        .Where(m => IsIn(path, m.Href) || (m.Also is { } also && IsIn(path, also)))
        .MaxBy(m => m.Href.Length);

    private static bool IsIn(string path, string href) =>
        path.Equals(href, StringComparison.OrdinalIgnoreCase) || path.StartsWith(href + "/", StringComparison.OrdinalIgnoreCase);
}

/// <summary>A link of the menu or the footer. Count says how many things wait there; null or 0 shows nothing. Also: another address whose pages belong here.</summary>
public sealed record MenuItem(string Href, string Text, int? Count = null, string? Also = null);

/// <summary>A number for those who can't wait: as people know it, and its digits.</summary>
public sealed record CrisisLine(string Shown, string Dialled, string Text);
