using System.Text.Json.Nodes;
using Compagnon.Domain.Programme;
using Compagnon.Interop.Fhir;

namespace Compagnon.App.Tests.Interop;

/// <summary>Every value here was read in the JSON by eye.</summary>
public sealed class SharedBundlesAreReadAsTheyAre
{
    public static TheoryData<string, string, string, string, Moment?> Living => new()
    {
        { "Andera", "Andera917 Frami345 5555107857 en Woman 1970 Millbury", "Breast 2014", "Chemotherapy 2014–2015, Surgery 2015, Radiotherapy 2015, HormoneTherapy 2015", Moment.AfterTreatment },
        { "Librada", "Librada Tromp 5551792835 en Woman 1950 Medford", "Colorectal 2014 Resolved", "Colectomy 2014", Moment.AfterTreatment },
        { "Renetta", "Renetta865 Kilback373 5553618045 en Woman 1920 Canton", "Breast 1971", "Chemotherapy 1971–1972, Lumpectomy 1972, Radiotherapy 1972", Moment.AfterTreatment },
    };

    [Theory, MemberData(nameof(Living))]
    public async Task A_living_person_with_cancer_is_taken(string file, string person, string cancers, string treatments, Moment? moment)
    {
        var facts = Assert.IsType<Taken>(Assert.Single(await Reading.File(SharedData.File("patients", file)))).Person;

        Assert.Equal(person, $"{facts.GivenName} {facts.FamilyName} {facts.Telephone} {facts.Language} {facts.Gender} {facts.BirthDecade} {facts.Municipality}");
        Assert.Equal(cancers, Reading.Cancers(facts));
        Assert.Equal(treatments, Reading.Said(facts));
        Assert.Equal(moment, facts.Moment);
    }

    public static TheoryData<string, string, string, string> Deceased => new()
    {
        { "Adán", "Adán Pulido 5556125695 es Man 1930 Boston", "Prostate 2003 metastatic", "" },
        { "Austin", "Austin Franecki 5554672317 en Man 1920 Chicopee", "Lung 1985", "Chemotherapy 1985–1989, Radiotherapy 1985–1989" },
        { "Florentino", "Florentino Mertz 5553674076 en Man 1920 Chicopee", "Colorectal 1997", "" },
        { "Lamont", "Lamont Emard 5556303821 en Man 1930 Reading", "Colorectal 2009 Resolved", "Colectomy 2009" },
        { "Sherman", "Sherman McGlynn 5552505611 zh Man 1930 Wrentham", "Lung 2009; Prostate 2003 in situ", "Prostatectomy 2003, Chemotherapy 2003–2012, HormoneTherapy 2003, Radiotherapy 2009–2012" },
    };

    [Theory, MemberData(nameof(Deceased))]
    public async Task A_deceased_person_is_skipped_and_would_be_read_rightly_if_alive(string file, string person, string cancers, string treatments)
    {
        var path = SharedData.File("patients", file);
        Assert.Equal(SkipReason.Deceased, Assert.IsType<Skipped>(Assert.Single(await Reading.File(path))).Reason);

        var bundle = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        var patient = bundle["entry"]!.AsArray().Select(e => e!["resource"]!).Single(r => (string)r["resourceType"]! == "Patient");
        Assert.True(patient.AsObject().Remove("deceasedDateTime"));
        var facts = await Reading.Person(bundle.ToJsonString());

        Assert.Equal(person, $"{facts.GivenName} {facts.FamilyName} {facts.Telephone} {facts.Language} {facts.Gender} {facts.BirthDecade} {facts.Municipality}");
        Assert.Equal(cancers, Reading.Cancers(facts));
        Assert.Equal(treatments, Reading.Said(facts));
    }

    [Theory]
    [InlineData("csv-cancer-disease-status-bundle.json")]
    [InlineData("csv-patient-bundle.json")]
    [InlineData("csv-procedure-bundle.json")]
    [InlineData("csv-staging-bundle.json")]
    [InlineData("csv-treatment-plan-change-bundle.json")]
    public async Task A_valid_bundle_without_a_cancer_is_skipped(string file) =>
        Assert.Equal(SkipReason.NoCancer, Assert.IsType<Skipped>(Assert.Single(await Reading.File(SharedData.File("mcode", file)))).Reason);

    [Theory]
    [InlineData("csv-condition-bundle.json", "Bundle.entry[0].resource.ofType(Condition).verificationStatus.coding", ElementProblem.UnknownCode)]
    [InlineData("csv-medication-request-bundle.json", "Bundle.entry[0].resource.ofType(MedicationRequest).status", ElementProblem.UnknownCode)]
    [InlineData("masked-patient-bundle.json", "Bundle.entry[0].resource.ofType(Patient).link[0].other", ElementProblem.Missing)]
    public async Task The_three_invalid_ones_are_refused_and_say_where(string file, string path, ElementProblem problem)
    {
        var refused = Assert.IsType<Refused>(Assert.Single(await Reading.File(SharedData.File("mcode", file))));
        Assert.Equal(new Refused(RefusalReason.Invalid) { Element = new(path, problem) }, refused);
    }

    [Fact]
    public async Task The_record_number_is_a_key_and_official_papers_are_not()
    {
        var facts = Assert.IsType<Taken>(Assert.Single(await Reading.File(SharedData.File("patients", "Librada")))).Person;

        Assert.Equal(["https://github.com/synthetichealth/synthea|abf2707e-607b-4574-a8c2-432b213c7f0e", "http://hospital.smarthealthit.org|abf2707e-607b-4574-a8c2-432b213c7f0e"], facts.Keys);
        Assert.Equal(new DateOnly(1959, 11, 27), facts.BirthDate);
    }

    /// <summary>The table of what is asked first is ours: here it stands beside treatments that nobody of this project gave.</summary>
    [Fact]
    public async Task Every_treatment_of_a_cancer_is_usual_for_it()
    {
        var pairs = new HashSet<(CancerSite, Treatment)>();
        foreach (var path in Directory.GetFiles(SharedData.Folder("patients"), "*.json"))
        {
            var bundle = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
            bundle["entry"]!.AsArray().Select(e => e!["resource"]!).Single(r => (string)r["resourceType"]! == "Patient").AsObject().Remove("deceasedDateTime");
            var facts = await Reading.Person(bundle.ToJsonString());
            var usual = UsualTreatments.Of([.. facts.Cancers.Select(c => c.Site)]);
            Assert.Empty(facts.Treatments.Select(t => t.Treatment).Except(usual));
            if (facts.Cancers is [var only]) pairs.UnionWith(facts.Treatments.Select(t => (only.Site, t.Treatment)));
        }
        Assert.True(pairs.Count >= 8, string.Join(' ', pairs));
    }
}
