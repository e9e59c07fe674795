using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;

namespace Compagnon.Domain.Tests.Privacy;

/// <summary>Every cell of the access table (docs/privacy.md): how much each role sees of each part, when everything that entitles them holds. A rule that gave too little is found here as surely as one that gave too much.</summary>
public sealed class AccessTableTests
{
    private static readonly Guid Me = new(1, 0, 0, new byte[8]);
    private static readonly Guid Other = new(2, 0, 0, new byte[8]);
    private static readonly Guid House = new(11, 0, 0, new byte[8]);
    private static readonly Guid Clinic = new(12, 0, 0, new byte[8]);

    // who · identity · referral · consents · wishes · proposals · accompaniment · logbook · own reflection · companion's identity · companion's profile · reads
    private const string Table = """
        patient, own file             | Full   Full   Full   Full   Card   Full   Card   None   None   None   Full
        patient, their companion      | None   None   None   None   None   None   None   None   None   Card   None
        companion, own file           | None   None   None   None   Full   Full   Full   Full   Full   Full   Full
        companion, asked              | None   Card   None   Card   Card   None   None   None   None   None   None
        companion, agreed             | None   Card   None   Card   Card   Full   Full   None   None   None   None
        companion, somebody else      | None   None   None   None   None   None   None   None   None   None   None
        coordinator                   | Full   Full   Full   Full   Full   Full   Full   None   Full   Full   Full
        coordinator, elsewhere        | None   None   None   None   None   None   None   None   None   None   None
        clinician                     | Full   Card   None   None   None   Status None   None   None   None   None
        clinician, status refused     | Full   Card   None   None   None   None   None   None   None   None   None
        clinician, another clinic     | None   None   None   None   None   None   None   None   None   None   None
        manager                       | None   Counts Counts Counts Counts Counts Counts None   Full   Full   None
        manager, elsewhere            | None   None   None   None   None   None   None   None   None   None   None
        network lead                  | None   Counts Counts Counts Counts Counts Counts None   None   None   None
        privacy officer               | None   None   None   None   None   None   None   None   None   None   Full
        on call                       | None   None   None   None   None   None   None   None   None   None   None
        administrator                 | None   None   None   None   None   None   None   None   None   None   None
        """;

    public static TheoryData<string, Facet, Sight> Cells()
    {
        var cells = new TheoryData<string, Facet, Sight>();
        foreach (var (who, sights) in Lines())
            foreach (var (facet, sight) in Enum.GetValues<Facet>().Zip(sights, (f, s) => (f, Enum.Parse<Sight>(s)))) cells.Add(who, facet, sight);
        return cells;
    }

    private static IEnumerable<(string Who, string[] Sights)> Lines() => Table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => (l.Split('|')[0].Trim(), l.Split('|')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    [Theory, MemberData(nameof(Cells))]
    public void EachCell_IsWhatTheTableSays(string who, Facet facet, Sight sight) => Assert.Equal(sight, AccessRules.To(facet, Actor(who), File(who)));

    [Fact]
    public void TheTable_HasEveryRoleAndEveryPart()
    {
        Assert.Equal(Enum.GetValues<Role>().Order(), Lines().Select(l => RoleOf(l.Who)).Distinct().Order());
        Assert.All(Lines(), l => Assert.Equal(Enum.GetValues<Facet>().Length, l.Sights.Length));
    }

    [Fact]
    public void TheTable_InTheDocuments_IsThis()
    {
        var document = System.IO.File.ReadAllText(Path.Combine(Root(AppContext.BaseDirectory), "docs", "privacy.md"));
        foreach (var (who, sights) in Lines()) Assert.Contains($"| {who} | {string.Join(" | ", sights.Select(s => s is "None" ? "–" : s.ToLowerInvariant()))} |", document, StringComparison.Ordinal);
    }

    private static string Root(string from) => System.IO.File.Exists(Path.Combine(from, "Compagnon.slnx")) ? from : Root(Path.GetDirectoryName(from)!);

    private static Role RoleOf(string who) => Enum.GetValues<Role>().First(r => who.Replace(" ", "", StringComparison.Ordinal).StartsWith(r.ToString(), StringComparison.OrdinalIgnoreCase));

    private static Actor Actor(string who) => new()
    {
        NetworkId = 1, PersonId = Me, Role = RoleOf(who), FacilityId = who.EndsWith("elsewhere", StringComparison.Ordinal) ? Other : House, ClinicId = who.EndsWith("another clinic", StringComparison.Ordinal) ? Other : Clinic,
    };

    private static Subject File(string who) => new()
    {
        PersonId = who.EndsWith("own file", StringComparison.Ordinal) ? Me : Other, FacilityId = House, ClinicId = Clinic, StatusRefused = who.EndsWith("refused", StringComparison.Ordinal),
        Counterparts = who.EndsWith("somebody else", StringComparison.Ordinal) ? [] : [Me], Agreed = who.EndsWith("agreed", StringComparison.Ordinal) ? [Me] : [],
    };
}
