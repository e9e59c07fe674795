using System.Reflection;
using System.Text.RegularExpressions;
using Compagnon.App.Data;
using Compagnon.Domain.Privacy;
using Compagnon.TestKit;

namespace Compagnon.App.Tests.Audit;

/// <summary>docs/events.md is what an auditor reads first: it says neither less nor more than the program does.</summary>
public sealed partial class EventsAreListed
{
    [GeneratedRegex(@"^(?:## (?<stage>\w+)|\| `(?<event>\w+)` \| (?<words>[^|]+) \| (?<fields>[^|]*) \|)\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();

    [GeneratedRegex("`(?<name>[A-Za-z]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Field();

    private static string Page() => File.ReadAllText(Path.Combine(Repository.Root, "docs", "events.md"));

    /// <summary>Stage, event and fields, one line an event.</summary>
    private static List<string> Listed(string page)
    {
        var (stage, all) = ("", new List<string>());
        foreach (Match row in Row().Matches(page))
        {
            if (row.Groups["stage"].Success) stage = row.Groups["stage"].Value;
            else all.Add($"{stage}: {row.Groups["event"].Value}({string.Join(", ", Field().Matches(row.Groups["fields"].Value).Select(f => f.Groups["name"].Value).Order(StringComparer.Ordinal))})");
        }
        return [.. all.Order(StringComparer.Ordinal)];
    }

    private static List<string> Happening() => [.. new[] { typeof(AuditEvent).Assembly, typeof(CompagnonDb).Assembly }.SelectMany(a => a.GetTypes())
        .Where(t => t.IsSubclassOf(typeof(AuditEvent)) && !t.IsAbstract)
        .Select(t => $"{t.Namespace!.Split('.')[2]}: {t.Name}({string.Join(", ", FieldsOf(t).Order(StringComparer.Ordinal))})").Order(StringComparer.Ordinal)];

    private static IEnumerable<string> FieldsOf(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(p => p.Name).Where(n => n != nameof(AuditEvent.Subject));

    [Fact]
    public void EachEvent_IsListedUnderItsStage_WithItsFields() => Assert.Empty(Happening().Except(Listed(Page()), StringComparer.Ordinal));

    [Fact]
    public void NothingIsListed_ThatDoesNotExist() => Assert.Empty(Listed(Page()).Except(Happening(), StringComparer.Ordinal));

    [Fact]
    public void NothingIsListedTwice() => Assert.Equal(Listed(Page()).Count, Listed(Page()).Distinct(StringComparer.Ordinal).Count());

    [Fact]
    public void ALineTakenOut_OrInvented_IsSeen()
    {
        var page = Page();
        var without = Regex.Replace(page, @"^\| `CompanionLeft`.*$", "", RegexOptions.Multiline, TimeSpan.FromSeconds(1));
        Assert.Equal("Companions: CompanionLeft(CompanionId)", Assert.Single(Happening().Except(Listed(without), StringComparer.Ordinal)));
        var invented = page + "\n| `CompanionFlew` | A companion flew. | `CompanionId` |\n";
        Assert.Equal("Accompaniments: CompanionFlew(CompanionId)", Assert.Single(Listed(invented).Except(Happening(), StringComparer.Ordinal)));
    }
}
