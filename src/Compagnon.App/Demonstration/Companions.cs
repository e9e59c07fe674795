using Compagnon.Domain.Companions;
using Compagnon.Domain.Programme;
using static Compagnon.Domain.Programme.LifeSituation;
using static Compagnon.Domain.Programme.Topic;
using static Compagnon.Domain.Programme.Treatment;

namespace Compagnon.App.Demonstration;

/// <summary>
/// The twelve companions. Ages, sexes, families and occupations keep the proportions of the programme's published table; its rows are real people, so cancers were
/// shuffled between facilities, and everything else about these twelve is invented.
/// </summary>
internal sealed record Twelve
{
    public required Companion Ghislaine { get; init; }
    public required Companion Monique { get; init; }
    public required Companion Aline { get; init; }
    public required Companion Gilles { get; init; }
    public required Companion Raymond { get; init; }
    public required Companion Suzanne { get; init; }
    public required Companion Denis { get; init; }
    public required Companion Lise { get; init; }
    public required Companion JeanMarc { get; init; }
    public required Companion Real { get; init; }
    public required Companion William { get; init; }
    public required Companion Karen { get; init; }

    public static Twelve Of(Cast cast, Places places) => new()
    {
        Ghislaine = Ghislaines(cast, places.TroisSaules), Monique = Moniques(cast, places.TroisSaules), Aline = Alines(cast, places.TroisSaules),
        Gilles = Prostate(cast, places.TroisSaules, "Gilles Paquin", 1950, 2020, 40, "Je jardine et je parle peu, mais j’écoute bien. L’incontinence, on peut en rire, plus tard.",
            c => (c.LivedTopics, c.Life, c.Availability) = ([Continence, Intimacy, Fear], [InCouple, Retired], [DayPart.Morning, DayPart.Afternoon])),
        Raymond = Prostate(cast, places.TroisSaules, "Raymond Cyr", 1940, 2021, 96, "On m’a surveillé pendant trois ans avant de m’opérer. J’ai appris à vivre avec une question.",
            c => (c.LivedTopics, c.Life, c.Availability) = ([TreatmentChoice, Fear, EverydayLife], [InCouple, Retired], [DayPart.Afternoon, DayPart.Evening]), ActiveSurveillance),
        Suzanne = Suzannes(cast, places.Littoral),
        Denis = Prostate(cast, places.Littoral, "Denis Caron", 1960, 2023, 150, "Je suis retourné au travail au bout de quatre mois. Pas le même homme, mais debout.",
            c => (c.LivedTopics, c.Life, c.Availability) = ([Work, Fatigue, Couple], [InCouple, Teenagers, Working], [DayPart.Evening, DayPart.Weekend]), HormoneTherapy, Radiotherapy),
        Lise = Lises(cast, places.ValleeVerte),
        JeanMarc = Prostate(cast, places.ValleeVerte, "Jean-Marc Talbot", 1950, 2018, 210, "J’ai fait du bénévolat toute ma vie. Cette fois, je sais de quoi je parle.",
            c => (c.LivedTopics, c.PausedAt, c.PausedUntil, c.Life) = ([Continence, EverydayLife], cast.Ago(20), cast.Day(43), [InCouple, Retired]), Radiotherapy),
        Real = Reals(cast, places.ValleeVerte),
        William = Prostate(cast, places.SainteClothilde, "William Reid", 1950, 2019, 130, "I asked every question twice. Nobody ever minded. You can do the same with me.",
            c => (c.Languages, c.LivedTopics, c.Life) = ([Languages.English, Languages.French], [TreatmentChoice, Intimacy], [InCouple, Working]), Radiotherapy, HormoneTherapy),
        Karen = Karens(cast, places.Erables),
    };

    private static Companion Ghislaines(Cast cast, Facility at) => cast.Companion(at, "Ghislaine Roy", Languages.French, 820, c =>
    {
        Who(c, Gender.Woman, 1960, 3, [InCouple, Teenagers, Retired], [DayPart.Afternoon, DayPart.Evening], Channel.Telephone);
        c.Experiences = [Lived(CancerSite.Breast, 2022, (Mastectomy, 2022, null), (Chemotherapy, 2022, "AC-T"), (Radiotherapy, 2022, null))];
        (c.LivedTopics, c.AvoidedTopics) = ([Fatigue, HairLoss, Children, Fear], [EndOfLife]);
        LivesIn(c, "Sainte-Aube");
        c.OwnWords = "J’ai eu la chimio avec deux ados à la maison. J’avais surtout peur de leur faire peur. On a fini par rire de ma perruque. Pas tout de suite. "
            + "Je ne vous dirai pas quoi faire. Je peux vous dire ce qui m’a aidée, et surtout vous écouter.";
    });

    private static Companion Moniques(Cast cast, Facility at) => cast.Companion(at, "Monique Gagnon", Languages.French, 1400, c =>
    {
        Who(c, Gender.Woman, 1960, 4, [InCouple, Retired], [DayPart.Evening, DayPart.Weekend], Channel.Telephone, Channel.Video);
        c.Experiences = [Lived(CancerSite.Breast, 2019, (Lumpectomy, 2019, null), (Chemotherapy, 2019, "TC"), (Radiotherapy, 2020, null), (HormoneTherapy, 2020, null))];
        c.LivedTopics = [Fatigue, Memory, Work, Menopause];
        LivesIn(c, "Rive-aux-Saules");
        c.OwnWords = "J’enseignais. J’ai arrêté un an. Le plus dur, c’était la fatigue que personne ne voyait. J’ai appris à dire non, et à accepter la soupe des voisines. "
            + "Si vous avez envie de parler de tout sauf du cancer, ça me va aussi.";
    });

    private static Companion Alines(Cast cast, Facility at) => cast.Companion(at, "Aline Pelletier", Languages.French, 300, c =>
    {
        Who(c, Gender.Woman, 1970, 2, [InCouple, YoungChildren, Working], [DayPart.Weekend], Channel.Video, Channel.Telephone);
        (c.Languages, c.Culture) = ([Languages.French, "es"], "colombienne");
        c.Experiences = [Lived(CancerSite.Breast, 2023, (Lumpectomy, 2023, null), (Chemotherapy, 2023, "AC-T")), Lived(CancerSite.Lymphoma, 2009, (Chemotherapy, 2009, null))];
        c.LivedTopics = [Children, Fear, Fertility, Work, AfterTreatment];
        LivesIn(c, "Rive-aux-Saules");
        c.OwnWords = "J’avais un petit de quatre ans. Nous comptions les traitements sur la porte du frigo. Ça fait trois ans. Je travaille, je cours un peu, je me fatigue encore vite. "
            + "Posez-moi toutes les questions, même celles qui gênent.";
    });

    private static Companion Suzannes(Cast cast, Facility at) => cast.Companion(at, "Suzanne Hébert", Languages.French, 900, c =>
    {
        Who(c, Gender.Woman, 1950, 2, [InCouple, Retired, LivesFar], [DayPart.Morning, DayPart.Afternoon], Channel.Telephone);
        c.Experiences = [Lived(CancerSite.Colorectal, 2020, (Colectomy, 2020, null), (Ostomy, 2020, null), (Chemotherapy, 2020, "FOLFOX"))];
        c.LivedTopics = [BodyImage, Intimacy, Numbness, EverydayLife];
        LivesIn(c, "Baie-des-Loutres");
        c.OwnWords = "Ma stomie s’appelle Rosette. On a mis six mois à s’entendre. Je voyage, je danse, je vous raconterai comment.";
    });

    private static Companion Lises(Cast cast, Facility at) => cast.Companion(at, "Lise Mercier", Languages.French, 500, c =>
    {
        Who(c, Gender.Woman, 1950, 1, [LivesAlone, Retired], [DayPart.Morning, DayPart.Evening], Channel.Telephone);
        c.Experiences = [Lived(CancerSite.Lung, 2022, (LungResection, 2022, null), (Immunotherapy, 2022, null))];
        c.LivedTopics = [Fatigue, Fear, EverydayLife];
        LivesIn(c, "Val-Perché");
        c.OwnWords = "On m’a beaucoup demandé si je fumais. Avec moi, personne ne vous le demandera.";
    });

    private static Companion Reals(Cast cast, Facility at) => cast.Companion(at, "Réal Fortin", Languages.French, 180, c =>
    {
        Who(c, Gender.Man, 1950, 1, [InCouple, Retired], [DayPart.Afternoon], Channel.Telephone, Channel.InPerson);
        c.Experiences = [Lived(CancerSite.Colorectal, 2021, (Colectomy, 2021, null), (Chemotherapy, 2021, null))];
        (c.LivedTopics, c.ClearedUntil) = ([Numbness, Nausea, Couple], cast.Day(12));
        LivesIn(c, "Val-Perché");
        c.OwnWords = "J’étais camionneur. J’ai roulé loin pour mes traitements, je connais les salles d’attente.";
    });

    private static Companion Karens(Cast cast, Facility at) => cast.Companion(at, "Karen Walsh", Languages.English, 90, c =>
    {
        Who(c, Gender.Woman, 1960, 1, [InCouple, Working], [DayPart.Evening], Channel.Telephone, Channel.Video);
        c.Experiences = [Lived(CancerSite.Colorectal, 2023, (Colectomy, 2023, null), (Radiotherapy, 2023, null))];
        c.LivedTopics = [Fatigue, Work, Money];
        LivesIn(c, "Hautes-Érables");
        c.OwnWords = "I went back to work part time and learned to leave at three. Ask me about the boring days: there are more of those than you think.";
    });

    private static Companion Prostate(Cast cast, Facility at, string name, int decade, int year, int joinedDays, string words, Action<Companion> tell, params Treatment[] others) =>
        cast.Companion(at, name, name.StartsWith("William", StringComparison.Ordinal) ? Languages.English : Languages.French, joinedDays + 200, c =>
        {
            Who(c, Gender.Man, decade, 2, [InCouple], [DayPart.Morning, DayPart.Evening], Channel.Telephone);
            c.Experiences = [Lived(CancerSite.Prostate, year, [(Prostatectomy, year, null), .. others.Select(o => (o, (int?)year, (string?)null))])];
            c.OwnWords = words;
            LivesIn(c, at.Municipality);
            tell(c);
        });

    private static void LivesIn(Companion c, string municipality) => c.Municipality = municipality;

    private static void Who(Companion c, Gender gender, int decade, int capacity, List<LifeSituation> life, List<DayPart> availability, params Channel[] channels) =>
        (c.Gender, c.BirthDecade, c.Capacity, c.Life, c.Availability, c.Channels) = (gender, decade, capacity, life, availability, [.. channels]);

    private static LivedExperience Lived(CancerSite site, int year, params (Treatment Treatment, int? Year, string? Regimen)[] treatments) => new()
    {
        Site = site, Year = year, Treatments = [.. treatments.Select(t => new LivedTreatment { Treatment = t.Treatment, Year = t.Year, Regimen = t.Regimen })],
    };
}
