using Compagnon.App.Data;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using static Compagnon.Domain.Accompaniments.Activity;
using static Compagnon.Domain.Programme.CancerSite;
using static Compagnon.Domain.Programme.LifeSituation;
using static Compagnon.Domain.Programme.Moment;
using static Compagnon.Domain.Programme.Topic;
using static Compagnon.Domain.Programme.Treatment;

namespace Compagnon.App.Demonstration;

/// <summary>The requests of the demonstration, by the step each stands at, so that every page has something to show and something to do.</summary>
internal sealed class Stories(CompagnonDb db, Cast cast, Places at, Twelve companions)
{
    private readonly Emergencies emergencies = new(db, cast, at);
    private static readonly List<string> French = [Languages.French];
    private static readonly List<string> English = [Languages.English];

    public void Tell()
    {
        // first, so that their places are free again
        Ended();
        Offers();
        ToReach();
        ToComplete();
        ToMatch();
        Asked();
        ToTalk();
        Talking();
        Elsewhere();
    }

    private void Offers()
    {
        New("Odette Fréchette", at.Sophie, ReferralSource.Import, Lives(Breast, JustTold, Gender.Woman, 1950, French), 0, offered: 12);
        New("Rollande Cossette", at.Karim, ReferralSource.Import, Lives(Colorectal, BeforeSurgery, Gender.Woman, 1940, French, [LivesAlone], Colectomy), 0, offered: 26);
        New("Michel Dionne", at.Karim, ReferralSource.Import, Lives(Bladder, Moment.AfterTreatment, Gender.Man, 1950, French, [InCouple], Cystectomy), 0, offered: 3);
    }

    private void ToReach()
    {
        New("Julien Therrien", at.Marianne, ReferralSource.Telephone, Lives(Testis, InTreatment, Gender.Man, 2000, French, [Studying], Chemotherapy), 1);
        New("Huguette Lapointe", at.Sophie, ReferralSource.Clinician, Lives(Breast, JustTold, Gender.Woman, 1950, French), 6, note: "Préfère le matin. Entend mal du côté gauche.")
            .Tried(4, 10, at.Marianne, ContactOutcome.NoAnswer).Tried(3, 15, at.Marianne, ContactOutcome.MessageLeft);
        New("Emily Robertson", at.Sophie, ReferralSource.Clinician, Lives(Breast, BeforeSurgery, Gender.Woman, 1980, English, [YoungChildren, Working], Mastectomy), 0);
        New("Caroline Bédard", at.Marianne, ReferralSource.Self, Suspected(Lives(Ovary, AwaitingDiagnosis, Gender.Woman, 1970, French)), 2).But(r => r.Intake.WhereTreated = "À l’hôpital près de chez ma sœur");
    }

    private void ToComplete()
    {
        New("Jacqueline Poirier", at.Sophie, ReferralSource.Clinician, Lives(Breast, InTreatment, Gender.Woman, 1960, French, [InCouple], Radiotherapy), 7)
            .Reached(5, at.Marianne).Agreed(5, at.Marianne).But(r => r.Intake.Topics = [Fatigue]);
        New("Mario Savard", at.Karim, ReferralSource.Clinician, Lives(Colorectal, BeforeSurgery, Gender.Man, 1960, French, [Working], Colectomy), 3)
            .Reached(1, at.Nicolas).Tried(1, 14, at.Nicolas, ContactOutcome.CallBackLater, "Rappeler après l’opération.").But(r => r.NotBefore = cast.Day(9));
    }

    private void ToMatch()
    {
        New("Nadia Bélanger", at.Sophie, ReferralSource.Clinician, Lives(Breast, InTreatment, Gender.Woman, 1970, French, [Teenagers, InCouple, Working], Chemotherapy), 9, note: "A deux adolescents à la maison.")
            .But(r => r.Situation.Municipality = "Saint-Alcide-du-Lac").Reached(8, at.Marianne)
            .Ready(8, at.Marianne, i => Wishes(i, [Fatigue, Children], [Preference.Treatment, Preference.Life, Preference.Age], DayPart.Evening, "Ce qu’on dit aux enfants.", Gender.Woman));
        var yvon = New("Yvon Desrosiers", at.Karim, ReferralSource.Clinician, Lives(Colorectal, Moment.AfterTreatment, Gender.Man, 1950, French, [LivesAlone, Retired], Colectomy, Ostomy), 14)
            .But(r => r.TelephoneOnly = true).Reached(13, at.Marianne)
            .Ready(12, at.Marianne, i =>
            {
                Wishes(i, [BodyImage, EverydayLife], [Preference.Treatment, Preference.Concern], DayPart.Afternoon, "Sortir de la maison avec une stomie.");
                i.MustHaves = [MustHave.SameTreatment];
            });
        emergencies.Disclose(yvon, cast.Now.AddMinutes(-10), Danger.OwnLife, "Au téléphone, il a dit à la garde qu’il n’en pouvait plus, puis il a raccroché. Le 911 demande qui il est.", displays: 1);
        New("Rosa Méndez", at.Sophie, ReferralSource.Clinician, Lives(Breast, BeforeSurgery, Gender.Woman, 1970, ["es", Languages.French], [YoungChildren], Chemotherapy), 3)
            .But(r => r.Situation.Culture = "colombienne").Reached(2, at.Marianne)
            .Ready(1, at.Marianne, i => Wishes(i, [Fear, Children], [Preference.Culture, Preference.Cancer], DayPart.Weekend, "Le decir a mi hijo."));
        New("Marcel Beaulieu", at.Karim, ReferralSource.Clinician, Lives(Lung, InTreatment, Gender.Man, 1960, French, [InCouple, Retired], Immunotherapy), 6)
            .Reached(5, at.Nicolas).Ready(4, at.Nicolas, i => Wishes(i, [Fatigue, Fear], [Preference.Cancer], DayPart.Morning, null)).But(r => r.NotBefore = cast.Day(2));
        var fernand = New("Fernand Giguère", at.Karim, ReferralSource.Clinician, Lives(CancerSite.Prostate, JustTold, Gender.Man, 1950, French, [InCouple], ActiveSurveillance), 11)
            .Reached(10, at.Marianne).Ready(9, at.Marianne, i => Wishes(i, [TreatmentChoice, Intimacy], [Preference.Treatment, Preference.Concern], DayPart.Afternoon, null));
        fernand.Ask(companions.Gilles, 6, at.Marianne, ProposalAnswer.No);
        fernand.But(r => (r.ReturnedAt, r.Returns, r.UrgentSince, r.UrgentReason) = (cast.Ago(5, 19), 1, cast.Ago(1, 9), "Décide de son traitement la semaine prochaine."));
    }

    private void Asked()
    {
        New("Carmen Vachon", at.Sophie, ReferralSource.Clinician, Lives(Breast, InTreatment, Gender.Woman, 1960, French, [InCouple], Radiotherapy), 5)
            .Reached(4, at.Marianne).Ready(4, at.Marianne, i => Wishes(i, [Fatigue], [Preference.Treatment], DayPart.Evening, null)).Ask(companions.Monique, 1, at.Marianne);
        New("Lorraine Turgeon", at.Sophie, ReferralSource.Clinician, Lives(Breast, InTreatment, Gender.Woman, 1970, French, [Teenagers], Mastectomy, Chemotherapy), 4)
            .Reached(3, at.Marianne).Ready(3, at.Marianne, i => Wishes(i, [HairLoss, Children], [Preference.Treatment, Preference.Life], DayPart.Evening, "La perruque, ou pas."))
            .Ask(companions.Ghislaine, 0, at.Marianne, hour: 0);
        var diane = New("Diane Kirouac", at.Sophie, ReferralSource.Clinician, Lives(Breast, JustTold, Gender.Woman, 1970, French, [YoungChildren, Working], Lumpectomy, Chemotherapy), 8)
            .Reached(7, at.Marianne).Ready(7, at.Marianne, i => Wishes(i, [Fear, Work], [Preference.Cancer, Preference.Age], DayPart.Weekend, null));
        diane.Ask(companions.Monique, 3, at.Marianne, ProposalAnswer.Yes);
        diane.Ask(companions.Aline, 3, at.Marianne, ProposalAnswer.Yes);
        diane.AskPatient(1);
    }

    private void ToTalk() =>
        New("Robert Labrie", at.Karim, ReferralSource.Clinician, Lives(CancerSite.Prostate, BeforeSurgery, Gender.Man, 1950, French, [InCouple, Retired], Prostatectomy), 16)
            .Reached(15, at.Marianne).Ready(14, at.Marianne, i => Wishes(i, [Continence, Fear], [Preference.Treatment], DayPart.Morning, null))
            .Match(companions.Gilles, 9, at.Marianne, a => (a.Rhythm, a.FirstContact) = (Rhythm.Weekly, FirstContact.ThreeWayCall));

    private void Talking()
    {
        var louise = New("Louise Pronovost", at.Sophie, ReferralSource.Clinician, Lives(Breast, InTreatment, Gender.Woman, 1950, French, [LivesAlone], Mastectomy, Chemotherapy), 82)
            .Reached(81, at.Marianne).Ready(80, at.Marianne, i => Wishes(i, [Fatigue, HairLoss], [Preference.Treatment], DayPart.Morning, null))
            .Match(companions.Ghislaine, 74, at.Marianne, a => (a.Rhythm, a.Months) = (Rhythm.Weekly, 6));
        for (var week = 10; week >= 1; week--) louise.Talked(week * 7, 25 + week * 2, week > 6 ? Seemed.Better : Seemed.Same, Listening, week % 2 == 0 ? SharingStory : Reassuring);
        louise.Talked(2, 35, seemed: null);
        emergencies.Review(louise, emergencies.Disclose(louise, cast.Ago(20, 21, 15), Danger.OwnSafety, "Elle a appelé la garde : quelqu’un frappait à sa porte et elle avait peur. L’appel a été coupé.", displays: 2),
            cast.Ago(18, 9, 30), "Vérifié avec la garde : le 911 est intervenu, et la coordination l’a rappelée le lendemain.");
        New("André Fontaine", at.Karim, ReferralSource.Clinician, Lives(CancerSite.Prostate, Moment.AfterTreatment, Gender.Man, 1940, French, [InCouple], ActiveSurveillance, Prostatectomy), 104)
            .Reached(102, at.Nicolas).Ready(101, at.Nicolas, i => Wishes(i, [TreatmentChoice], [Preference.Treatment], DayPart.Evening, null))
            .Match(companions.Raymond, 96, at.Nicolas, a => (a.Rhythm, a.Months) = (Rhythm.EveryTwoWeeks, 3))
            .Talked(92, 50, Seemed.Better, Listening, SharingStory).Talked(60, 40, Seemed.Same, Normalising, FormulatingQuestions).Talked(9, 30, seemed: null);
        New("Micheline Racine", at.Sophie, ReferralSource.Clinician, Lives(Breast, Moment.AfterTreatment, Gender.Woman, 1960, French, [Working], Lumpectomy, HormoneTherapy), 40)
            .Reached(39, at.Marianne).Ready(39, at.Marianne, i => Wishes(i, [Menopause, Work], [Preference.Concern], DayPart.Evening, null))
            .Match(companions.Monique, 33, at.Marianne, a => a.Rhythm = Rhythm.Weekly).Talked(31, 45, Seemed.Better, Hope, EverydayTips).Talked(17, 30, Seemed.Better, Listening)
            .But(r => r.StatusRefusedAt = r.ReceivedAt);
    }

    private void Ended()
    {
        Accompanied("Lucie Germain", at.Sophie, Breast, companions.Ghislaine, 180).Talked(160, 40, Seemed.Better, Listening, Hope).Talked(120, 20, Seemed.Better, PreparingAppointment).End(90, Closing.Completed);
        Accompanied("France Lemire", at.Sophie, Breast, companions.Monique, 130).Talked(115, 25, Seemed.NotKnown, Listening).End(112, Closing.StoppedByPatient, EndedBy.Patient);
        Accompanied("Solange Verreault", at.Sophie, Breast, companions.Aline, 70).Talked(60, 50, Seemed.Worse, Listening, SoothingFear).Talked(30, 30, Seemed.Worse, Listening).End(6, Closing.Deceased);
        Accompanied("Normand Quirion", at.Karim, CancerSite.Prostate, companions.Gilles, 90).Talked(80, 30, Seemed.Better, Reassuring, UnderstandingJourney).End(45, Closing.Completed);
        New("Paulette Nadeau", at.Sophie, ReferralSource.Clinician, Lives(Breast, JustTold, Gender.Woman, 1950, French), 30)
            .Tried(28, 10, at.Marianne, ContactOutcome.NoAnswer).Tried(26, 16, at.Marianne, ContactOutcome.NoAnswer).Tried(22, 11, at.Marianne, ContactOutcome.MessageLeft).End(12, Closing.NotReached);
        New("Ginette Arsenault", at.Sophie, ReferralSource.Clinician, Lives(Breast, InTreatment, Gender.Woman, 1960, French), 20)
            .Tried(19, 13, at.Marianne, ContactOutcome.DeclinedService, "A déjà une amie qui est passée par là.").End(19, Closing.Declined);
    }

    private void Elsewhere()
    {
        New("Thérèse Allard", at.OfLittoral, ReferralSource.Clinician, Lives(Colorectal, Moment.AfterTreatment, Gender.Woman, 1950, French, [LivesFar], Colectomy, Ostomy), 50)
            .Reached(49, at.Lucie).Ready(48, at.Lucie, i => Wishes(i, [BodyImage], [Preference.Treatment], DayPart.Morning, null))
            .Match(companions.Suzanne, 45, at.Lucie).Talked(43, 55, Seemed.Better, Listening, EverydayTips).Talked(20, 30, Seemed.Better, Resources);
        New("Gaston Ouellet", at.OfLittoral, ReferralSource.Clinician, Lives(CancerSite.Prostate, JustTold, Gender.Man, 1940, French, [LivesFar]), 4);
        Accompanied("Pauline Hamel", at.OfValley, Lung, companions.Lise, 140, at.Paule).Talked(130, 35, Seemed.Same, Listening, CounteringHorrorStories).End(58, Closing.Completed);
        New("Armand Lizotte", at.OfValley, ReferralSource.Clinician, Lives(Colorectal, InTreatment, Gender.Man, 1950, French, [InCouple], Chemotherapy), 8)
            .Reached(7, at.Paule).Ready(6, at.Paule, i => Wishes(i, [Numbness, Nausea], [Preference.Treatment], DayPart.Afternoon, null));
        New("Peter Norris", at.Emily, ReferralSource.Clinician, Lives(CancerSite.Prostate, JustTold, Gender.Man, 1950, English, [InCouple, Working], Radiotherapy), 5)
            .Reached(4, at.Josee).Ready(3, at.Josee, i => Wishes(i, [TreatmentChoice], [Preference.Treatment, Preference.Age], DayPart.Evening, "How to choose.")).Ask(companions.William, 1, at.Josee);
        New("Margaret Hughes", at.Emily, ReferralSource.Clinician, Lives(Breast, InTreatment, Gender.Woman, 1950, English, [LivesAlone], Chemotherapy), 2);
        New("Joan Pettigrew", at.OfErables, ReferralSource.Import, Lives(Colorectal, JustTold, Gender.Woman, 1960, English), 0, offered: 5);
    }

    private Story Accompanied(string name, Played by, CancerSite site, Domain.Companions.Companion companion, int days, Played? coordinator = null)
    {
        var who = coordinator ?? at.Marianne;
        return New(name, by, ReferralSource.Clinician, Lives(site, InTreatment, companion.Gender!.Value, 1950, French, [InCouple], Surgery, Chemotherapy), days)
            .Reached(days - 1, who).Ready(days - 2, who, i => Wishes(i, [Fear], [Preference.Cancer], DayPart.Morning, null)).Match(companion, days - 6, who);
    }

    private Story New(string name, Played by, ReferralSource source, Situation situation, double days, int? offered = null, string? note = null) =>
        new Story(db, cast, new Targets()).Begin(name, by, source, situation, days, offered, note);

    private static Situation Lives(CancerSite site, Moment moment, Gender gender, int decade, List<string> languages, List<LifeSituation>? life = null, params List<Treatment> treatments) => new()
    {
        Site = site, Moment = moment, Gender = gender, BirthDecade = decade, Languages = [.. languages], Life = life ?? [],
        Treatments = [.. treatments.Select(t => new PlannedTreatment { Treatment = t })],
    };

    private static Situation Suspected(Situation situation)
    {
        situation.Certainty = Certainty.Suspected;
        return situation;
    }

    private static void Wishes(Intake intake, List<Topic> topics, List<Preference> ranking, DayPart when, string? words, Gender? gender = null)
    {
        (intake.Topics, intake.Ranking, intake.When, intake.TopicWords, intake.WishedGender) = (topics, ranking, [when], words, gender);
        if (gender is not null) intake.MustHaves = [MustHave.WishedGender];
    }
}
