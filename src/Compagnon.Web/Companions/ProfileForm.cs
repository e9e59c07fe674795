using System.Globalization;
using Compagnon.App.Access;
using Compagnon.App.Companions;
using Compagnon.Domain;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Web.Access;
using Compagnon.Web.Forms;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Compagnon.Web.Companions;

/// <summary>Reads the parts of a profile, whoever fills them in: one way to type a cancer and its treatments, one set of messages.</summary>
public abstract class ProfileForm : FormPage<ProfileFields>
{
    private const int EarliestYear = 1940;

    [Inject] protected IStringLocalizer<Texts> T { get; set; } = null!;

    [Inject] protected Profiles Profiles { get; set; } = null!;

    [Inject] protected Who Who { get; set; } = null!;

    [Inject] private CodeAgain Again { get; set; } = null!;

    [Inject] protected TimeProvider Clock { get; set; } = null!;

    /// <summary>A button that adds or takes away a row: the page is shown again with everything typed.</summary>
    protected bool RowsChanged()
    {
        var (rows, parts) = (Input.Experiences, (Input.Do ?? "").Split('-'));
        Input.Do = null;
        int? At(int i) => parts.Length > i && int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;
        switch (parts[0], At(1), At(2))
        {
            case ("cancer", _, _): rows.Add(Begun()); return true;
            case ("traitement", { } row, _) when row < rows.Count: rows[row].Treatments.Add(new()); return true;
            case ("retirer", { } row, null) when row < rows.Count: rows.RemoveAt(row); return true;
            case ("retirer", { } row, { } treatment) when row < rows.Count && treatment < rows[row].Treatments.Count: rows[row].Treatments.RemoveAt(treatment); return true;
            default: return false;
        }
    }

    protected static ExperienceText Begun() => new() { Treatments = [new()] };

    protected IdentityPart ReadIdentity() => new()
    {
        GivenName = Text(nameof(Input.GivenName), T["Need.GivenName"], max: 60), FamilyName = Text(nameof(Input.FamilyName), T["Need.FamilyName"], max: 60),
        Telephone = Telephone(nameof(Input.Telephone), T["Need.Telephone"]), Email = OptionalEmail(nameof(Input.Email)),
        BirthDate = ReadBirthDate(), Language = Typed(nameof(Input.Language)) is "en" ? "en" : "fr",
    };

    protected ContactPart ReadContact() => new(Telephone(nameof(Input.Telephone), T["Need.MyTelephone"]), Typed(nameof(Input.Language)) is "en" ? "en" : "fr");

    protected LivedPart ReadLived()
    {
        List<LivedExperience> experiences = [];
        foreach (var (i, row) in Input.Experiences.Index())
        {
            if (row.IsEmpty) continue;
            var at = $"Experiences[{i}]";
            experiences.Add(new LivedExperience { Site = Choice<CancerSite>($"{at}.Site", T["Need.Site"]), Year = ReadYear($"{at}.Year"), Treatments = [.. ReadTreatments(at, row)] });
        }
        if (experiences.Count == 0) Refuse("Experiences[0].Site", T["Need.Site"]);
        return new LivedPart { Experiences = experiences, LivedTopics = Choices<Topic>(nameof(Input.LivedTopics)), AvoidedTopics = Choices<Topic>(nameof(Input.AvoidedTopics)) };
    }

    protected LifePart ReadLife()
    {
        var languages = Input.Languages.Where(Languages.IsKnown).Distinct(StringComparer.Ordinal).ToList();
        var part = new LifePart
        {
            Gender = OptionalChoice<Gender>(nameof(Input.Gender)), Languages = languages, Life = Choices<LifeSituation>(nameof(Input.Life)),
            Culture = OptionalText(nameof(Input.Culture), max: 100), Municipality = OptionalText(nameof(Input.Municipality), max: 80),
        };
        if (languages.Count == 0) Refuse(nameof(Input.Languages), T["Error.Languages.Missing"]);
        return part;
    }

    protected AvailabilityPart ReadAvailability()
    {
        var part = new AvailabilityPart
        {
            Channels = Choices<Channel>(nameof(Input.Channels)), Availability = Choices<DayPart>(nameof(Input.Availability)),
            Capacity = Whole(nameof(Input.Capacity), T["Error.Capacity.Range"], 1, Profile.MostPlaces),
        };
        if (part.Channels.Count == 0) Refuse(nameof(Input.Channels), T["Error.Channels.Missing"]);
        return part;
    }

    protected WordsPart ReadWords() => new()
    {
        Pseudonym = Text(nameof(Input.Pseudonym), T["Error.Pseudonym.Missing"], max: 40), OwnWords = OptionalText(nameof(Input.OwnWords), max: Profile.MostOwnWords),
    };

    protected ClearancePart ReadClearance() => new(OptionalDate(nameof(Input.ClearedUntil)));

    /// <summary>Says an expected refusal where it belongs.</summary>
    protected void Say(Refusal refusal)
    {
        if (refusal is Invalid invalid)
            foreach (var (field, error) in invalid.Errors) Refuse(field is "Experiences" ? "Experiences[0].Site" : field, T[$"Error.{field}.{error}"]);
        else if (refusal is SameContact same)
        {
            Refuse(same.Kind is IndexKind.Email ? nameof(Input.Email) : nameof(Input.Telephone), T[$"Same.{same.Kind}", same.Name]);
            Input.DuplicateSeen = null;
        }
        else if (Again.WhyNot(refusal) is { } why) Refuse(nameof(Input.Code), why);
        else if (refusal is AddressInUse) Refuse(nameof(Input.Email), T["Error.AddressInUse"]);
        else Refuse("", T[refusal is ChangedMeanwhile ? "Error.ChangedMeanwhile" : "Error.NotThere"]);
    }

    protected void Fill(Companion companion, IdentityFields? identity, string language)
    {
        static List<string> Names<T>(IEnumerable<T> values) where T : struct, Enum => [.. values.Select(v => v.ToString())];
        (Input.GivenName, Input.FamilyName, Input.Email) = (identity?.GivenName, identity?.FamilyName, identity?.Email);
        (Input.Telephone, Input.Born, Input.Language) = (identity?.Telephone is { } number ? Words.Formats.Telephone(number) : null, DateText.From(identity?.BirthDate), language);
        Input.Experiences = [.. companion.Experiences.Select(TextOf)];
        (Input.LivedTopics, Input.AvoidedTopics, Input.Life) = (Names(companion.LivedTopics), Names(companion.AvoidedTopics), Names(companion.Life));
        (Input.Gender, Input.Languages, Input.Culture, Input.Municipality) = (companion.Gender?.ToString(), [.. companion.Languages], companion.Culture, companion.Municipality);
        (Input.Availability, Input.Channels, Input.Capacity) = (Names(companion.Availability), Names(companion.Channels), Number(companion.Capacity));
        (Input.Pseudonym, Input.OwnWords, Input.ClearedUntil) = (companion.Pseudonym, companion.OwnWords, DateText.From(companion.ClearedUntil));
        Input.Version = Number(companion.Version);
    }

    protected int? SeenVersion => int.TryParse(Input.Version, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;

    private static ExperienceText TextOf(LivedExperience e) => new()
    {
        Site = e.Site.ToString(), Year = Number(e.Year),
        Treatments = [.. e.Treatments.Select(t => new TreatmentText { Treatment = t.Treatment.ToString(), Year = Number(t.Year), Regimen = t.Regimen })],
    };

    private IEnumerable<LivedTreatment> ReadTreatments(string at, ExperienceText row)
    {
        foreach (var (j, treatment) in row.Treatments.Index())
        {
            if (treatment.IsEmpty) continue;
            var path = $"{at}.Treatments[{j}]";
            yield return new LivedTreatment
            {
                Treatment = Choice<Treatment>($"{path}.Treatment", T["Need.Treatment"]), Year = ReadYear($"{path}.Year"), Regimen = OptionalText($"{path}.Regimen", max: 40),
            };
        }
    }

    private int? ReadYear(string field) => OptionalWhole(field, EarliestYear, Clock.GetUtcNow().Year);

    private DateOnly? ReadBirthDate()
    {
        var born = OptionalDate(nameof(Input.Born));
        if (born is { } day && (day.Year < 1900 || day > DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime).AddYears(-18))) Refuse(nameof(Input.Born), T["Error.Born"]);
        return born;
    }

    private static string? Number(int? n) => n?.ToString(CultureInfo.InvariantCulture);
}
