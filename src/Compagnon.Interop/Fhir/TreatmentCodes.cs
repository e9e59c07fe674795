using Compagnon.Domain.Programme;
using static Compagnon.Domain.Programme.Treatment;

namespace Compagnon.Interop.Fhir;

/// <summary>Procedure codes and names. What looks (biopsies, imaging, screening) treats nothing and is left out.</summary>
internal static class TreatmentCodes
{
    private static readonly Dictionary<string, Treatment[]> snomed = Table(
        ([Lumpectomy], "392021009 64368001"),
        ([Mastectomy], "172043006 384723003 406505007"),
        ([Reconstruction], "303445008"),
        ([Ostomy], "398740003 301784005 442190001"),
        ([Colectomy], "23968004 43075005"),
        ([Prostatectomy], "90470006 26294005"),
        ([Cystectomy], "64063003"),
        ([Laryngectomy], "72791001"),
        ([LungResection], "173171007"),
        ([PancreaticSurgery], "116241004"),
        ([Surgery], "234262008"),
        ([Chemotherapy], "367336001"),
        ([Radiotherapy], "1287742003 33195004 108290001 152198000"),
        ([HormoneTherapy], "169413002"),
        ([Immunotherapy], "76334006"),
        ([TargetedTherapy], "1255831008"),
        ([StemCellTransplant], "1269349006"),
        ([ActiveSurveillance], "424313000 373818007"),
        ([Chemotherapy, Radiotherapy], "703423002"));

    /// <summary>"Planning", "education", "history of" and the like name a treatment without being one.</summary>
    private static readonly string[] besides =
    [
        " biops", " planning ", " planification ", " education ", " enseignement ", " counsel", " consult", " assess", " evaluation", " history ", " antecedent", " referral ", " review ", " imaging ", " simulation ",
        " prophyla", " follow up ", " suivi ", " mammogra", " discussion ", " preparation ", " complication", " closure ", " fermeture ", " reversal ", " vaccin",
    ];

    /// <summary>The first row that fits decides, so the finer name stands above the coarser one.</summary>
    private static readonly (string[] Parts, Treatment Value)[] names =
    [
        ([" lumpectom", " tumorectom", " partial mastectom", " mastectomie partielle", " segmental mastectom", " breast conserving"], Lumpectomy),
        ([" breast reconstruct", " reconstruction of breast", " reconstruction mammaire", " reconstruction du sein"], Reconstruction),
        ([" mastectom"], Mastectomy),
        ([" colostom", " ileostom", " urostom"], Ostomy),
        ([" colectom", " hemicolectom", " proctocolectom", " proctectom", " resection of colon", " resection of rectum", " resection anterieure", " anterior resection of rectum"], Colectomy),
        ([" prostatectom"], Prostatectomy),
        ([" cystectom", " cystoprostatectom"], Cystectomy),
        ([" laryngectom"], Laryngectomy),
        ([" lobectomy of lung", " lobectomie pulmonaire", " pneumonectom", " wedge resection of lung", " lung resection", " resection of lung", " resection pulmonaire"], LungResection),
        ([" whipple", " pancreatectom", " pancreaticoduodenectom", " pancreatoduodenectom", " duodenopancreatectom"], PancreaticSurgery),
        ([" stem cell transplant", " bone marrow transplant", " transplantation of bone marrow", " transplantation of stem cell", " transplantation of hematopoietic", " greffe de moelle", " greffe de cellules souches"], StemCellTransplant),
        ([" hormone therap", " hormonal therap", " hormonotherap", " endocrine therap", " androgen deprivation"], HormoneTherapy),
        ([" immunotherap"], Immunotherapy),
        ([" targeted therap", " therapie ciblee", " therapies ciblees", " traitement cible"], TargetedTherapy),
        ([" active surveillance", " surveillance active", " watchful waiting"], ActiveSurveillance),
        ([" radiotherap", " teleradiotherap", " radiation therap", " brachytherap", " curietherap", " irradiation ", " radiosurger", " radiochirurg"], Radiotherapy),
        ([" chemotherap", " chimiotherap"], Chemotherapy),
        ([" lymphadenectom", " axillary dissection", " excision of axillary lymph node", " excision of sentinel lymph node", " curage axillaire", " gastrectom", " nephrectom", " orchiectom", " orchidectom", " thyroidectom", " oophorectom",
            " hysterectom", " salpingo oophorectom", " esophagectom", " oesophagectom", " hepatectom", " craniotom", " glossectom", " excision of tumor", " excision of tumour", " excision of malignant", " resection of tumor", " resection of tumour"], Surgery),
    ];

    private static readonly string[] chemoradiation = [" chemoradi", " radiochemo", " chemotherapy and radi", " chimioradio", " radiochimio"];

    /// <summary>Empty: not a treatment we know.</summary>
    public static IReadOnlyList<Treatment> Find(Concept code)
    {
        foreach (var coding in code.Codings)
            if (coding is { IsSnomed: true, Code: { } known } && snomed.TryGetValue(known, out var found)) return found;
        foreach (var folded in code.Words.Select(Words.Fold))
        {
            if (Words.HasAny(folded, besides)) continue;
            if (Words.HasAny(folded, chemoradiation)) return [Chemotherapy, Radiotherapy];
            if (Words.First(folded, names) is { } treatment) return [treatment];
        }
        return [];
    }

    private static Dictionary<string, Treatment[]> Table(params (Treatment[] Treatments, string Codes)[] rows) =>
        rows.SelectMany(r => r.Codes.Split(' ').Select(c => (Code: c, r.Treatments))).ToDictionary(p => p.Code, p => p.Treatments, StringComparer.Ordinal);
}
