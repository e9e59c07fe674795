using Compagnon.Domain.Companions;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;

namespace Compagnon.Domain.Tests.Matching;

/// <summary>Invented people, and random worlds of them.</summary>
internal static class People
{
    public static readonly DateOnly Today = new(2026, 11, 23);
    public static readonly Guid Here = Guid.Parse("00000000-0000-0000-0000-0000000000aa");
    public static readonly Guid Elsewhere = Guid.Parse("00000000-0000-0000-0000-0000000000bb");

    public static ProgrammeSettings Settings => new() { FacilityId = Here, SmallTowns = ["Saint-Félicien"] };

    /// <summary>As in the design: breast, AC-T, teenagers at home, in her fifties, evenings by telephone.</summary>
    public static PatientFacts Nadia => new()
    {
        ReferralId = Guid.Parse("00000000-0000-0000-0000-000000000001"),
        FacilityId = Here,
        Site = CancerSite.Breast,
        Treatments = [new() { Treatment = Treatment.Chemotherapy, Regimen = "AC-T" }],
        Topics = [Topic.HairLoss, Topic.Children],
        Languages = ["fr"],
        DecadeOfBirth = 1970,
        LifeSituations = [LifeSituation.Teenagers],
        Municipality = "St-Félicien",
        DayParts = [DayPart.Evening],
        Channels = [Channel.Telephone],
        Ranking = [Preference.Treatment, Preference.Life, Preference.Age],
    };

    public static CompanionFacts Ghislaine => Cleared(1) with
    {
        Experiences = [Lived(CancerSite.Breast, 2022, new LivedTreatment { Treatment = Treatment.Chemotherapy, Regimen = "ac-t" })],
        Topics = [Topic.Children],
        Languages = ["fr", "en"],
        Gender = Gender.Woman,
        DecadeOfBirth = 1960,
        LifeSituations = [LifeSituation.Teenagers],
        DayParts = [DayPart.Evening, DayPart.Morning],
        Channels = [Channel.Telephone],
        Capacity = 2,
        PlacesUsed = 1,
        IdleDays = 74,
    };

    public static CompanionFacts Cleared(int number) => new()
    {
        CompanionId = Guid.Parse($"00000000-0000-0000-0000-0000000001{number:00}"),
        FacilityId = Here,
        ClearedUntil = Today.AddYears(1),
        Languages = ["fr"],
    };

    public static LivedExperience Lived(CancerSite site, int? year, params LivedTreatment[] treatments) => new() { Site = site, Year = year, Treatments = [.. treatments] };

    public static FitLine Line(this Fit fit, Preference criterion) => fit.Lines.Single(l => l.Criterion == criterion);

    public static Fit Of(PatientFacts patient, CompanionFacts companion) => Fit.Of(patient, companion, new Weights(), Today);

    public static PatientFacts RandomPatient(Random r) => new()
    {
        ReferralId = new Guid(r.Next(), 0, 0, new byte[8]),
        FacilityId = Here,
        Site = Maybe<CancerSite>(r),
        Certainty = Any<Certainty>(r),
        OtherSites = Some<CancerSite>(r, 2),
        Treatments = [.. Some<Treatment>(r, 4).Select(t => new PlannedTreatment { Treatment = t, Regimen = Regimen(r) })],
        Moment = Maybe<Moment>(r),
        Topics = Some<Topic>(r, 5),
        Languages = Pick(r, ["fr", "en", "es", "ht"], 2),
        DecadeOfBirth = Decade(r),
        LifeSituations = Some<LifeSituation>(r, 4),
        Cultures = Pick(r, ["Haïti", "Innu", "Liban"], 2),
        Municipality = Pick(r, ["Saint-Félicien", "Montréal"], 1).FirstOrDefault(),
        DayParts = Some<DayPart>(r, 3),
        Channels = Some<Channel>(r, 2),
        MustHaves = Some<MustHave>(r, 1),
        Ranking = [.. Shuffle(r, Enum.GetValues<Preference>()).Take(r.Next(5))],
        WishedGender = Maybe<Gender>(r),
    };

    public static CompanionFacts RandomCompanion(Random r) => Cleared(0) with
    {
        CompanionId = new Guid(r.Next(), 1, 0, new byte[8]),
        FacilityId = r.Next(5) == 0 ? Elsewhere : Here,
        Experiences = [.. Some<CancerSite>(r, 3).Select(s => Lived(s, Year(r), [.. Some<Treatment>(r, 5).Select(t => new LivedTreatment { Treatment = t, Year = Year(r), Regimen = Regimen(r) })]))],
        Topics = Some<Topic>(r, 8),
        Avoids = Some<Topic>(r, 2),
        Languages = Pick(r, ["fr", "en", "es", "ht"], 3),
        Gender = Maybe<Gender>(r),
        DecadeOfBirth = Decade(r),
        LifeSituations = Some<LifeSituation>(r, 5),
        Cultures = Pick(r, ["haiti", "innu", "liban"], 2),
        Municipality = Pick(r, ["saint felicien", "Québec"], 1).FirstOrDefault(),
        DayParts = Some<DayPart>(r, 4),
        Channels = Some<Channel>(r, 3),
        Capacity = 1 + r.Next(4),
        PlacesUsed = r.Next(3),
        ClearedUntil = r.Next(6) == 0 ? null : Today.AddDays(r.Next(-30, 300)),
        Paused = r.Next(5) == 0,
        PausedUntil = r.Next(2) == 0 ? null : Today.AddDays(r.Next(-5, 30)),
        IdleDays = r.Next(400),
        LentTo = r.Next(3) == 0 ? [Here] : [],
    };

    public static Weights RandomWeights(Random r) => new()
    {
        Cancer = r.Next(101), Concern = r.Next(101), Age = r.Next(101), Treatment = r.Next(101), Life = r.Next(101), Culture = r.Next(101), Gender = r.Next(101),
        Availability = r.Next(101), FreshnessYears = r.Next(20), Sharing = r.Next(20), Ranked = r.Next(101), Unknown = r.Next(51),
    };

    public static T[] Shuffle<T>(Random r, IEnumerable<T> items)
    {
        T[] all = [.. items];
        r.Shuffle(all);
        return all;
    }

    private static T[] Some<T>(Random r, int most) where T : struct, Enum => [.. Shuffle(r, Enum.GetValues<T>()).Take(r.Next(most + 1))];
    private static string[] Pick(Random r, string[] from, int most) => [.. Shuffle(r, from).Take(r.Next(most + 1))];
    private static T Any<T>(Random r) where T : struct, Enum => Shuffle(r, Enum.GetValues<T>())[0];
    private static T? Maybe<T>(Random r) where T : struct, Enum => r.Next(4) == 0 ? null : Any<T>(r);
    private static int? Decade(Random r) => r.Next(4) == 0 ? null : 1930 + (10 * r.Next(8));
    private static int? Year(Random r) => r.Next(4) == 0 ? null : 1995 + r.Next(32);
    private static string? Regimen(Random r) => r.Next(3) switch { 0 => null, 1 => "AC-T", _ => "FOLFOX" };
}
