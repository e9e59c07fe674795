using System.Globalization;
using Compagnon.App.Day;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.Web.Components;

namespace Compagnon.Web.Day;

/// <summary>The filters as they stand in an address: what cannot be understood is no filter.</summary>
public static class DayAddress
{
    public const string Mine = "moi";
    public const string Nobody = "personne";

    public const string Newest = "recentes";

    public static DayFilter Read(string? step, string? site, string? whose, string? page, string? order = null) => new()
    {
        Step = Member<NextStep>(step), Site = Member<CancerSite>(site),
        Whose = whose switch { Mine => Whose.Mine, Nobody => Whose.Nobody, _ => Guid.TryParse(whose, out _) ? Whose.Colleague : Whose.Everybody },
        CoordinatorId = Guid.TryParse(whose, out var id) ? id : null,
        Newest = order is Newest, Page = Pagination.NumberOf(page),
    };

    public static string Of(string path, DayFilter filter)
    {
        var parts = new List<string>();
        if (filter.Step is { } step) parts.Add($"quoi={step}");
        if (filter.Site is { } site) parts.Add($"cancer={site}");
        if (filter.Whose is not Whose.Everybody) parts.Add($"qui={(filter.Whose is Whose.Mine ? Mine : filter.Whose is Whose.Nobody ? Nobody : filter.CoordinatorId)}");
        if (filter.Newest) parts.Add($"ordre={Newest}");
        if (filter.Page > 1) parts.Add(string.Create(CultureInfo.InvariantCulture, $"page={filter.Page}"));
        return parts.Count == 0 ? path : $"{path}?{string.Join('&', parts)}";
    }

    private static T? Member<T>(string? text)
        where T : struct, Enum => Enum.TryParse<T>(text, ignoreCase: false, out var member) && Enum.IsDefined(member) && char.IsAsciiLetter(text![0]) ? member : null;
}
