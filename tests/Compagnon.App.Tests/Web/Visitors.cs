using Compagnon.Domain.Programme;
using Compagnon.TestKit;

namespace Compagnon.App.Tests.Web;

/// <summary>One of each role of the demonstration, and two patients, two companions and two clinicians: walls stand between equals, too.</summary>
internal static class Visitors
{
    internal sealed record Known(string Name, Guid PersonId, Role? Role, Visitor Visitor, string Home, string Language)
    {
        public HashSet<string> Walked { get; } = new(StringComparer.Ordinal);
    }

    public static async Task<List<Known>> AllAsync(Site site, string language)
    {
        var people = await site.Visitor("fr").GetAsync("/demo");
        var all = new List<Known> { new("nobody", Guid.Empty, Role: null, site.Visitor(language), "/", language) };
        foreach (var group in people.Document.QuerySelectorAll("section[id^='role-'], section[aria-labelledby^='role-']"))
        {
            var role = Enum.Parse<Role>(group.GetAttribute("aria-labelledby")!["role-".Length..]);
            foreach (var button in group.QuerySelectorAll("button[name='person']").Take(role is Role.Patient ? 4 : 2))
            {
                var value = button.GetAttribute("value")!;
                var visitor = site.Visitor(language);
                var home = await visitor.PostAsync(await visitor.GetAsync("/demo"), new Dictionary<string, string>(StringComparer.Ordinal) { ["person"] = value }, form: "form[action='/demo']");
                all.Add(new Known($"{role} {button.TextContent.Trim()}", Guid.Parse(value.Split('/')[0]), role, visitor, home.Address.PathAndQuery, language));
            }
        }
        return all;
    }
}
