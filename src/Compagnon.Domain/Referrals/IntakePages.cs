namespace Compagnon.Domain.Referrals;

/// <summary>The questions a person is asked, one a page, in their order.</summary>
public enum IntakePage
{
    Name, Telephone, Email, Age, Helper, Place, Service, Status, Several, Number,
    Cancer, Moment, Treatments,
    Topics, Ranking, WishedGender, MustHaves,
    AboutMe, Life, Languages, Roots,
    When, Channels, Later,
    Check,
}

/// <summary>What decides which questions are asked, beside the answers themselves.</summary>
public sealed record IntakeFacts
{
    /// <summary>From which age the facility accompanies.</summary>
    public required int MinimumAge { get; init; }
    /// <summary>The facility lets a patient consent to their number being shown.</summary>
    public required bool NumberMayBeShown { get; init; }
    public required bool HasName { get; init; }
    public required bool HasTelephone { get; init; }
}

/// <summary>Which question comes next, which is still missing: derived from the answers, so that anyone resumes without remembering.</summary>
public static class IntakePages
{
    public const int Steps = 5;

    /// <summary>Without these nothing is sent: who to call, the age, the person's own consent, and what the hard rules need.</summary>
    private static readonly IntakePage[] Needed = [IntakePage.Name, IntakePage.Telephone, IntakePage.Age, IntakePage.Service, IntakePage.Cancer, IntakePage.Languages];

    /// <summary>The five steps as pages name them.</summary>
    public static int StepOf(IntakePage page) => page switch
    {
        <= IntakePage.Number => 1,
        <= IntakePage.Treatments => 2,
        <= IntakePage.MustHaves => 3,
        <= IntakePage.Roots => 4,
        _ => 5,
    };

    /// <summary>All questions for this person: what their clinic already said is not asked again, and can be corrected at the end.</summary>
    public static IReadOnlyList<IntakePage> Of(Referral r, IntakeFacts facts) => [.. Enum.GetValues<IntakePage>().Where(p => IsAsked(p, r, facts))];

    public static IntakePage After(IntakePage page, Referral r, IntakeFacts facts) => Of(r, facts).FirstOrDefault(p => p > page, IntakePage.Check);

    /// <summary>Null before the first.</summary>
    public static IntakePage? Before(IntakePage page, Referral r, IntakeFacts facts) => Of(r, facts).Where(p => p < page).Select(p => (IntakePage?)p).LastOrDefault();

    /// <summary>The first question without an answer; when all have one, the page to check them.</summary>
    public static IntakePage ResumeAt(Referral r, IntakeFacts facts) => Of(r, facts).FirstOrDefault(p => p is not IntakePage.Check && !r.Intake.Answered.Contains(p), IntakePage.Check);

    /// <summary>What must be answered before it can be sent.</summary>
    public static IReadOnlyList<IntakePage> Missing(Referral r, IntakeFacts facts) => [.. Needed.Where(p => !IsThere(p, r, facts))];

    /// <summary>What the clinic, or the coordinator who wrote it down, has already said of the person; kept at their first answer, so that it doesn't change under their feet.</summary>
    public static IReadOnlyList<IntakePage> GivenAlready(Referral r, IntakeFacts facts) =>
        r.Source is ReferralSource.Self ? [] : [.. Enum.GetValues<IntakePage>().Where(p => p is IntakePage.Email or IntakePage.Place || IsKnown(p, r, facts))];

    private static bool IsAsked(IntakePage page, Referral r, IntakeFacts facts) => page switch
    {
        IntakePage.Status when r.ClinicId is null => false,
        IntakePage.Number when !facts.NumberMayBeShown => false,
        // whoever answers on the telephone has the coordinator's help, and it is noted by itself
        IntakePage.Helper when r.Intake.OnBehalf => false,
        IntakePage.Age => r.Intake.AtLeastAge is not { } said || said < facts.MinimumAge || (r.Source is ReferralSource.Clinician or ReferralSource.Import && r.Intake.Answered.Contains(page)),
        IntakePage.Place when r is { Source: ReferralSource.Self, ReceivedAt: not null } => false,
        _ => page is IntakePage.Check || !(r.Intake.Answered.Count > 0 ? r.Intake.Given : GivenAlready(r, facts)).Contains(page),
    };

    private static bool IsThere(IntakePage page, Referral r, IntakeFacts facts) => page switch
    {
        IntakePage.Age => r.Intake.AtLeastAge >= facts.MinimumAge,
        IntakePage.Service => r.ServiceConsentAt is not null,
        _ => IsKnown(page, r, facts),
    };

    private static bool IsKnown(IntakePage page, Referral r, IntakeFacts facts) => page switch
    {
        IntakePage.Name => facts.HasName,
        IntakePage.Telephone => facts.HasTelephone,
        IntakePage.Cancer => r.Situation.Site is not null || r.Situation.Certainty is not Programme.Certainty.Confirmed || r.Intake.Answered.Contains(page),
        IntakePage.Moment => r.Situation.Moment is not null,
        IntakePage.Treatments => r.Situation.Treatments.Count > 0,
        IntakePage.Languages => r.Situation.Languages.Count > 0,
        _ => false,
    };
}
