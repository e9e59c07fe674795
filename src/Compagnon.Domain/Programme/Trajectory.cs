namespace Compagnon.Domain.Programme;

/// <summary>Where the cancer began. What the programme matches on; finer than a clinic's name, coarser than a pathology report.</summary>
public enum CancerSite
{
    Breast, Colorectal, Prostate, Lung, Lymphoma, Leukaemia, Myeloma, Ovary, Uterus, Cervix, Bladder, Kidney, Testis,
    HeadAndNeck, Thyroid, Melanoma, Pancreas, Stomach, Oesophagus, Liver, Brain, Sarcoma, Other,
}

/// <summary>"The pre-diagnosis period is very stressful": one may be accompanied before anything is certain.</summary>
public enum Certainty { Confirmed, Suspected, NotKnownYet }

public enum Treatment
{
    Surgery, Lumpectomy, Mastectomy, Reconstruction, Colectomy, Ostomy, Prostatectomy, Cystectomy, Laryngectomy, LungResection,
    PancreaticSurgery, Chemotherapy, Radiotherapy, HormoneTherapy, Immunotherapy, TargetedTherapy, StemCellTransplant, ActiveSurveillance,
}

/// <summary>Moment in the trajectory.</summary>
public enum Moment { AwaitingDiagnosis, JustTold, BeforeSurgery, InTreatment, AfterTreatment, Recurrence }

public enum Gender { Woman, Man, Other }

/// <summary>How the two talk.</summary>
public enum Channel { Telephone, Video, InPerson }

public enum DayPart { Morning, Afternoon, Evening, Weekend }

public enum LifeSituation { YoungChildren, Teenagers, LivesAlone, InCouple, Working, Studying, Retired, LivesFar, CaresForSomeone }

/// <summary>What one wants to talk about, or has lived through, or would rather avoid. The first ten are side effects.</summary>
public enum Topic
{
    Fatigue, Pain, Nausea, HairLoss, Numbness, Sleep, Memory, Lymphoedema, Continence, Menopause,
    BodyImage, Intimacy, Fertility, Children, Couple, Work, Money, Fear, TreatmentChoice, EverydayLife, Appointments, AfterTreatment, EndOfLife,
}

public static class Trajectory
{
    /// <summary>Topics that are side effects, in the order in which pages show them.</summary>
    public static IReadOnlyList<Topic> SideEffects { get; } =
        [Topic.Fatigue, Topic.Pain, Topic.Nausea, Topic.HairLoss, Topic.Numbness, Topic.Sleep, Topic.Memory, Topic.Lymphoedema, Topic.Continence, Topic.Menopause];

    /// <summary>An operation of a named kind is an operation, too: someone who had a mastectomy has lived through surgery.</summary>
    public static bool IsSurgery(Treatment treatment) => treatment is Treatment.Surgery or Treatment.Lumpectomy or Treatment.Mastectomy or Treatment.Reconstruction
        or Treatment.Colectomy or Treatment.Ostomy or Treatment.Prostatectomy or Treatment.Cystectomy or Treatment.Laryngectomy or Treatment.LungResection
        or Treatment.PancreaticSurgery;
}

/// <summary>Languages people can talk in, as ISO 639-1 codes. French and English are also the languages of the screens.</summary>
public static class Languages
{
    public const string French = "fr";
    public const string English = "en";

    /// <summary>Offered on forms, the two of the screens first, then by how often they are spoken at home in Quebec.</summary>
    public static IReadOnlyList<string> Offered { get; } = [French, English, "es", "ar", "it", "ht", "zh", "pt", "el", "vi", "ru", "fa", "pa", "ro", "pl", "cr", "iu"];

    public static bool IsKnown(string? code) => code is not null && Offered.Contains(code, StringComparer.Ordinal);
}
