using Compagnon.Domain.Programme;
using static Compagnon.Domain.Programme.CancerSite;

namespace Compagnon.Interop.Fhir;

/// <summary>Condition codes. SNOMED CT: those of docs/interop-import.md; ICD-10 by block; ICD-O morphology by its behaviour digit.</summary>
internal static class CancerCodes
{
    private static readonly Dictionary<string, Diagnosis> snomed = Table(
        (Breast, "254837009 372137005 408643008 278054005"),
        (Colorectal, "363406005 363351006 781382000 93761005 109838007"),
        (Prostate, "399068003"),
        (Lung, "363358000 254637007 254632001 424132000 67811000119102"),
        (Lymphoma, "118600007 118599009 118601006"),
        (Ovary, "363443007"), (HeadAndNeck, "255056009 363429002"), (Bladder, "399326009"), (Melanoma, "93655004"),
        (Leukaemia, "93143009 91861009 92814006"), (Pancreas, "363418001"), (Brain, "393563007"), (Myeloma, "109989006"),
        (Thyroid, "363478007"), (Kidney, "363518003"), (Stomach, "363349007"), (Cervix, "363354003"), (Testis, "363449006"));

    static CancerCodes()
    {
        // Synthea's prostate cancer; it stands beside 92691004 or 314994000, which say more
        snomed["126906006"] = new(Likelihood.Cancer, Prostate, Behaviour.Unspecified);
        snomed["92691004"] = new(Likelihood.Cancer, Prostate, Behaviour.InSitu);
        snomed["189336000"] = new(Likelihood.Cancer, Breast, Behaviour.InSitu);
        snomed["314994000"] = new(Likelihood.Cancer, Prostate, IsSecondary: true);
        // by its name a metastasis in the colon, but Synthea's only code for colon cancer of stage IV
        snomed["94260004"] = new(Likelihood.Cancer, IsSecondary: true, SiteIfAlone: Colorectal);
        snomed["128462008"] = new(Likelihood.Cancer, IsSecondary: true);
        snomed["363346000"] = new(Likelihood.Cancer);
        snomed["162573006"] = Diagnosis.Suspected;
        snomed["162572001"] = Diagnosis.Suspected;
        snomed["429087003"] = new(Likelihood.Cancer, Breast, IsPast: true);
        snomed["68496003"] = Diagnosis.Not;
        snomed["713197008"] = Diagnosis.Not;
    }

    /// <summary>Null: a code we don't know, in any system.</summary>
    public static Diagnosis? Find(Coding coding)
    {
        if (coding.Code is not { } code) return null;
        if (coding.IsSnomed) return snomed.GetValueOrDefault(code);
        if (coding.IsIcd10) return Icd10.Find(code);
        return coding.IsIcdO ? Morphology(code) : null;
    }

    /// <summary>"8500/3": the digit after the stroke is the behaviour. Topography ("C50.9") says only where, so it is no diagnosis.</summary>
    private static Diagnosis? Morphology(string code) => code.Length == 6 && code[4] == '/' ? code[5] switch
    {
        '0' => Diagnosis.Not,
        '1' => Diagnosis.Suspected,
        '2' => new(Likelihood.Cancer, Behaviour: Behaviour.InSitu),
        '3' => new(Likelihood.Cancer),
        '6' => new(Likelihood.Cancer, IsSecondary: true),
        _ => null,
    } : null;

    private static Dictionary<string, Diagnosis> Table(params (CancerSite Site, string Codes)[] rows) =>
        rows.SelectMany(r => r.Codes.Split(' ').Select(c => (Code: c, r.Site)))
            .ToDictionary(p => p.Code, p => new Diagnosis(Likelihood.Cancer, p.Site), StringComparer.Ordinal);
}

/// <summary>ICD-10's blocks C00–D48, Z03.1, Z80 and Z85, with or without the dot; the letters of ICD-10-CM (C4A, C7A, C7B, D49) too.</summary>
internal static class Icd10
{
    public static Diagnosis? Find(string written)
    {
        var code = written.Replace(".", "", StringComparison.Ordinal).Trim().ToUpperInvariant();
        if (code.Length < 3 || !char.IsAsciiLetterUpper(code[0]) || !char.IsAsciiDigit(code[1])) return null;
        if (code.StartsWith("C4A", StringComparison.Ordinal) || code.StartsWith("C7A", StringComparison.Ordinal)) return new(Likelihood.Cancer, Other);
        if (code.StartsWith("C7B", StringComparison.Ordinal)) return new(Likelihood.Cancer, IsSecondary: true);
        if (!char.IsAsciiDigit(code[2])) return null;
        var block = ((code[1] - '0') * 10) + code[2] - '0';
        var next = code.Length > 3 ? code[3] : ' ';
        return code[0] switch
        {
            'C' when block is >= 77 and <= 79 => new(Likelihood.Cancer, IsSecondary: true),
            'C' when block == 80 => new(Likelihood.Cancer),
            'C' when block <= 97 => new(Likelihood.Cancer, Malignant(block)),
            'D' when block <= 9 => new(Likelihood.Cancer, InSitu(block, next), Behaviour.InSitu),
            'D' when block <= 36 => Diagnosis.Not,
            // uncertain or unknown behaviour: somebody still has to find out. D45 to D47 are blood diseases of their own
            'D' when block is <= 44 or 48 or 49 => Diagnosis.Suspected,
            'Z' when block == 3 && next == '1' => Diagnosis.Suspected,
            'Z' when block == 85 => new(Likelihood.Cancer, History(code), IsPast: true),
            _ => Diagnosis.Not,
        };
    }

    private static CancerSite Malignant(int block) => block switch
    {
        <= 14 or (>= 30 and <= 32) => HeadAndNeck,
        15 => Oesophagus,
        16 => Stomach,
        >= 18 and <= 20 => Colorectal,
        22 => Liver,
        25 => Pancreas,
        34 => Lung,
        40 or 41 or 46 or 49 => Sarcoma,
        43 => Melanoma,
        50 => Breast,
        53 => Cervix,
        54 or 55 => Uterus,
        56 => Ovary,
        61 => Prostate,
        62 => Testis,
        64 or 65 => Kidney,
        67 => Bladder,
        >= 70 and <= 72 => Brain,
        73 => Thyroid,
        (>= 81 and <= 86) or 88 => Lymphoma,
        90 => Myeloma,
        >= 91 and <= 95 => Leukaemia,
        _ => Other,
    };

    private static CancerSite InSitu(int block, char next) => (block, next) switch
    {
        (0, '0') => HeadAndNeck,
        (0, '1') => Oesophagus,
        (0, '2') => Stomach,
        (1, '0' or '1' or '2') => Colorectal,
        (1, '5') => Liver,
        (2, '0') => HeadAndNeck,
        (2, '2') => Lung,
        (3, _) => Melanoma,
        (5, _) => Breast,
        (6, _) => Cervix,
        (7, '0') => Uterus,
        (7, '5') => Prostate,
        (9, '0') => Bladder,
        (9, '3') => Thyroid,
        _ => Other,
    };

    /// <summary>Z85: the site stands in the fourth character, in ICD-10-CM in the fifth and sixth.</summary>
    private static CancerSite? History(string code)
    {
        (string Prefix, CancerSite Site)[] rows =
        [
            ("Z8501", Oesophagus), ("Z8502", Stomach), ("Z8503", Colorectal), ("Z8504", Colorectal), ("Z8505", Liver), ("Z8507", Pancreas),
            ("Z8512", Other), ("Z851", Lung), ("Z8521", HeadAndNeck), ("Z853", Breast), ("Z8541", Cervix), ("Z8542", Uterus), ("Z8543", Ovary), ("Z8546", Prostate),
            ("Z8547", Testis), ("Z8551", Bladder), ("Z8552", Kidney), ("Z856", Leukaemia), ("Z8571", Lymphoma), ("Z8572", Lymphoma),
            ("Z8581", HeadAndNeck), ("Z85820", Melanoma), ("Z85831", Sarcoma), ("Z8583", Sarcoma), ("Z85841", Brain), ("Z85850", Thyroid),
        ];
        foreach (var (prefix, site) in rows)
            if (code.StartsWith(prefix, StringComparison.Ordinal)) return site;
        return null;
    }
}
