using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;

namespace Compagnon.Domain.Referrals;

/// <summary>The answer to one page. Each changes what it asked and nothing else, so that two windows never undo each other.</summary>
public abstract record IntakePart
{
    public abstract IntakePage Page { get; }

    /// <summary>Who they are and where they are reached stands apart, encrypted.</summary>
    public virtual IdentityFields Apply(IdentityFields identity) => identity;

    public virtual void Apply(Referral referral)
    {
    }

    /// <summary>The answer as it stands; null for a page whose answer is no part: a consent, the place.</summary>
    public static IntakePart? Read(IntakePage page, Referral r, IdentityFields identity) => page switch
    {
        IntakePage.Name => new NamePart(identity.GivenName),
        IntakePage.Telephone => new TelephonePart(identity.Telephone, r.MayLeaveMessage),
        IntakePage.Email => new EmailPart(identity.Email),
        IntakePage.Age => new AgePart(r.Intake.AtLeastAge ?? 0),
        IntakePage.Helper => new HelperPart(r.Intake.Helper),
        IntakePage.Place => new PlacePart(r.Intake.PlaceUnknown ? null : r.FacilityId, r.Intake.WhereTreated),
        IntakePage.Cancer => new CancerPart(r.Situation.Certainty, r.Situation.Site),
        IntakePage.Moment => new MomentPart(r.Situation.Moment),
        IntakePage.Treatments => new TreatmentsPart([.. r.Situation.Treatments.Select(t => t.Treatment)]),
        IntakePage.Topics => new TopicsPart(r.Intake.Topics, r.Intake.TopicWords),
        IntakePage.Ranking => new RankingPart(r.Intake.Ranking),
        IntakePage.WishedGender => new WishedGenderPart(r.Intake.WishedGender),
        IntakePage.MustHaves => new MustHavesPart(r.Intake.MustHaves),
        IntakePage.AboutMe => new AboutMePart(r.Situation.BirthDecade, r.Situation.Gender),
        IntakePage.Life => new LifePart(r.Situation.Life),
        IntakePage.Languages => new LanguagesPart(r.Situation.Languages),
        IntakePage.Roots => new RootsPart(r.Situation.Municipality, r.Situation.Culture),
        IntakePage.When => new WhenPart(r.Intake.When),
        IntakePage.Channels => new ChannelsPart(r.Intake.Channels),
        IntakePage.Later => new LaterPart(r.NotBefore),
        IntakePage.Service or IntakePage.Status or IntakePage.Several or IntakePage.Number or IntakePage.Check => null,
    };
}

public sealed record NamePart(string? GivenName) : IntakePart
{
    public override IntakePage Page => IntakePage.Name;
    public override IdentityFields Apply(IdentityFields identity) => identity with { GivenName = GivenName };
}

/// <param name="Telephone">Ten digits.</param>
/// <param name="MayLeaveMessage">That a message may be left there.</param>
public sealed record TelephonePart(string? Telephone, bool MayLeaveMessage) : IntakePart
{
    public override IntakePage Page => IntakePage.Telephone;
    public override IdentityFields Apply(IdentityFields identity) => identity with { Telephone = Telephone };
    public override void Apply(Referral referral) => referral.MayLeaveMessage = MayLeaveMessage;
}

public sealed record EmailPart(string? Email) : IntakePart
{
    public override IntakePage Page => IntakePage.Email;
    public override IdentityFields Apply(IdentityFields identity) => identity with { Email = Email };
}

/// <summary>That they are at least this old; more nobody needs to know.</summary>
public sealed record AgePart(int AtLeast) : IntakePart
{
    public override IntakePage Page => IntakePage.Age;
    public override void Apply(Referral referral) => referral.Intake.AtLeastAge = AtLeast;
}

/// <param name="Helper">Null: would rather not say.</param>
public sealed record HelperPart(HelpedBy? Helper) : IntakePart
{
    public override IntakePage Page => IntakePage.Helper;
    public override void Apply(Referral referral) => referral.Intake.Helper = Helper;
}

/// <param name="FacilityId">Null: "I don't know", which goes to the network's intake.</param>
/// <param name="Words">The hospital, the doctor's name, as they know it.</param>
public sealed record PlacePart(Guid? FacilityId, string? Words) : IntakePart
{
    public override IntakePage Page => IntakePage.Place;
    public override void Apply(Referral referral) => (referral.Intake.PlaceUnknown, referral.Intake.WhereTreated) = (FacilityId is null, Words);
}

public sealed record CancerPart(Certainty Certainty, CancerSite? Site) : IntakePart
{
    public override IntakePage Page => IntakePage.Cancer;

    public override void Apply(Referral referral)
    {
        (referral.Situation.Certainty, referral.Situation.Site) = (Certainty, Certainty is Certainty.NotKnownYet ? null : Site);
        // A rule on what nobody knows would exclude everybody.
        if (referral.Situation.Site is null) referral.Intake.MustHaves = [.. referral.Intake.MustHaves.Where(m => m is not MustHave.SameCancer)];
    }
}

public sealed record MomentPart(Moment? Moment) : IntakePart
{
    public override IntakePage Page => IntakePage.Moment;
    public override void Apply(Referral referral) => referral.Situation.Moment = Moment;
}

public sealed record TreatmentsPart(IReadOnlyList<Treatment> Treatments) : IntakePart
{
    public override IntakePage Page => IntakePage.Treatments;

    /// <summary>In one order, whichever the page had: another cancer moves boxes on it, and that is no other answer.</summary>
    public IReadOnlyList<Treatment> Treatments { get; } = [.. Treatments.Distinct().Order()];

    /// <summary>What is asked first: of all their cancers together, a suspected one too; where none is named, everything.</summary>
    public static IReadOnlyList<Treatment> Usual(Referral r) =>
        r.Situation is { Site: { } site } s ? UsualTreatments.Of([site, .. s.OtherSites]) : UsualTreatments.Of();

    /// <summary>Year and protocol, which the clinic may have said, stay with the treatments that stay.</summary>
    public override void Apply(Referral referral)
    {
        var known = referral.Situation.Treatments;
        referral.Situation.Treatments = [.. Treatments.SelectMany(t => known.Where(k => k.Treatment == t).DefaultIfEmpty(new PlannedTreatment { Treatment = t }))];
        if (Treatments.Count == 0) referral.Intake.MustHaves = [.. referral.Intake.MustHaves.Where(m => m is not MustHave.SameTreatment)];
    }
}

public sealed record TopicsPart(IReadOnlyList<Topic> Topics, string? Words) : IntakePart
{
    public override IntakePage Page => IntakePage.Topics;
    public override void Apply(Referral referral) => (referral.Intake.Topics, referral.Intake.TopicWords) = ([.. Topics], Words);
}

/// <summary>At most three, the first first.</summary>
public sealed record RankingPart(IReadOnlyList<Preference> Ranking) : IntakePart
{
    public const int Places = 3;
    public override IntakePage Page => IntakePage.Ranking;
    public override void Apply(Referral referral) => referral.Intake.Ranking = [.. Ranking.Distinct().Take(Places)];

    /// <summary>Puts an answer at a place; it leaves the place it had. Null, "nothing else matters as much", ends the list there.</summary>
    /// <param name="place">From 1.</param>
    public RankingPart With(int place, Preference? preference)
    {
        if (preference is not { } chosen) return new([.. Ranking.Take(place - 1)]);
        var list = Ranking.ToList();
        while (list.Count < place - 1) place--;
        var had = list.IndexOf(chosen);
        // Two that change places: nothing falls out of the list.
        if (had >= 0 && place <= list.Count) (list[had], list[place - 1]) = (list[place - 1], chosen);
        else if (had < 0 && place <= list.Count) list[place - 1] = chosen;
        else if (had < 0) list.Add(chosen);
        return new([.. list.Take(Places)]);
    }
}

public sealed record WishedGenderPart(Gender? Gender) : IntakePart
{
    public override IntakePage Page => IntakePage.WishedGender;

    public override void Apply(Referral referral)
    {
        referral.Intake.WishedGender = Gender;
        if (Gender is null) referral.Intake.MustHaves = [.. referral.Intake.MustHaves.Where(m => m is not MustHave.WishedGender)];
    }
}

public sealed record MustHavesPart(IReadOnlyList<MustHave> MustHaves) : IntakePart
{
    public override IntakePage Page => IntakePage.MustHaves;
    public override void Apply(Referral referral) => referral.Intake.MustHaves = [.. MustHaves.Distinct().Intersect(Possible(referral))];

    /// <summary>What can be asked of this person: nothing about what isn't known.</summary>
    public static IReadOnlyList<MustHave> Possible(Referral r) => [.. Enum.GetValues<MustHave>().Where(m => m switch
    {
        MustHave.SameCancer => r.Situation.Site is not null,
        MustHave.SameTreatment => r.Situation.Treatments.Count > 0,
        MustHave.WishedGender => r.Intake.WishedGender is not null,
        MustHave.InPerson or MustHave.Video => true,
    })];
}

/// <param name="BirthDecade">First year of the decade: 1960.</param>
/// <param name="Gender">Null: would rather not say.</param>
public sealed record AboutMePart(int? BirthDecade, Gender? Gender) : IntakePart
{
    public override IntakePage Page => IntakePage.AboutMe;
    public override void Apply(Referral referral) => (referral.Situation.BirthDecade, referral.Situation.Gender) = (BirthDecade, Gender);
}

public sealed record LifePart(IReadOnlyList<LifeSituation> Life) : IntakePart
{
    public override IntakePage Page => IntakePage.Life;
    public override void Apply(Referral referral) => referral.Situation.Life = [.. Life];
}

public sealed record LanguagesPart(IReadOnlyList<string> Codes) : IntakePart
{
    public override IntakePage Page => IntakePage.Languages;
    public override void Apply(Referral referral) => referral.Situation.Languages = [.. Codes.Distinct(StringComparer.Ordinal)];
}

public sealed record RootsPart(string? Municipality, string? Culture) : IntakePart
{
    public override IntakePage Page => IntakePage.Roots;
    public override void Apply(Referral referral) => (referral.Situation.Municipality, referral.Situation.Culture) = (Municipality, Culture);
}

public sealed record WhenPart(IReadOnlyList<DayPart> When) : IntakePart
{
    public override IntakePage Page => IntakePage.When;
    public override void Apply(Referral referral) => referral.Intake.When = [.. When];
}

public sealed record ChannelsPart(IReadOnlyList<Channel> Channels) : IntakePart
{
    public override IntakePage Page => IntakePage.Channels;
    public override void Apply(Referral referral) => referral.Intake.Channels = [.. Channels];
}

/// <summary>"Call me after my surgery".</summary>
public sealed record LaterPart(DateOnly? NotBefore) : IntakePart
{
    public override IntakePage Page => IntakePage.Later;
    public override void Apply(Referral referral) => referral.NotBefore = NotBefore;
}
