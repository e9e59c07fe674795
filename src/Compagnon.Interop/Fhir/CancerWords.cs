using Compagnon.Domain.Programme;
using static Compagnon.Domain.Programme.CancerSite;

namespace Compagnon.Interop.Fhir;

/// <summary>Reading a condition's words, English and French, where no code is known. When in doubt: not a cancer, or only suspected.</summary>
internal static class CancerWords
{
    /// <summary>These take a cancer away even where a code says it.</summary>
    private static readonly string[] elsewhere =
    [
        " family history ", " familial history ", " fh ", " fhx ", " antecedents familiaux ", " antecedent familial ",
        " no evidence of ", " no history of ", " absence of ", " sans evidence ", " absence de ", " ruled out ", " excluded ", " exclu ", " exclue ", " ecarte ", " not cancer ", " at risk of ", " risk of ",
    ];

    private static readonly string[] notTheDisease =
    [
        " relative ", " mother ", " father ", " sister ", " brother ", " mere ", " pere ", " soeur ", " frere ", " at risk ", " high risk ", " increased risk ", " a risque ", " risque de ", " risque eleve ",
        " screening ", " depistage ", " fear of ", " peur du ", " peur d ", " genetic susceptibility ", " predisposition ", " vaccination ", " prevention ",
    ];

    /// <summary>A trouble that comes with a cancer is not the cancer.</summary>
    private static readonly string[] consequence =
    [
        " pain ", " fatigue ", " anemia ", " anaemia ", " anxiety ", " depression ", " due to ", " caused by ", " secondary to ", " induced ", " associated with ", " related ", " complication ",
        " douleur ", " anemie ", " anxiete ", " du a ", " due a ", " cause par ", " secondaire a ", " induit ", " induite ", " associe ", " associee ", " lie au ", " liee au ", " suite a ",
        " education ", " counseling ", " follow up ", " suivi ", " aftercare ", " encounter for ",
    ];

    private static readonly string[] doubt =
    [
        " suspected ", " suspicion ", " suspicious ", " suspect ", " suspecte ", " suspectee ", " possible ", " possibly ", " probable ", " probably ", " probablement ", " presumed ", " presume ", " presumee ",
        " rule out ", " r o ", " query ", " questionable ", " a exclure ", " eliminer ", " a confirmer ", " unconfirmed ", " non confirme ", " non confirmee ", "?",
    ];

    private static readonly string[] benign =
    [
        " benign", " benin", " polyp", " adenoma", " adenome", " fibroadenom", " lipom", " papillom", " hemangiom", " angiom", " meningiom", " fibroid", " cyst ", " kyste", " dysplas", " precancer", " premalignant",
        " precancereu", " non malignant ", " non cancer", " no malign",
    ];

    private static readonly string[] malignant =
    [
        " cancer", " carcinom", " adenocarcinom", " cholangiocarcinom", " hepatocarcinom", " malign", " lymphom", " leukemi", " leukaemi", " leucemi", " myelom", " melanom", " sarcom", " osteosarcom", " liposarcom", " leiomyosarcom",
        " glioblastom", " astrocytom", " oligodendrogliom", " neuroblastom", " medulloblastom", " retinoblastom", " nephroblastom", " hepatoblastom", " mesotheliom", " seminom", " hodgkin", " hepatom ", " hepatome ",
    ];

    private static readonly string[] secondary = [" metasta", " secondary malignan", " secondary cancer", " secondary neoplasm", " tumeur maligne secondaire", " cancer secondaire"];
    private static readonly string[] past = [" history of ", " h o ", " hx of ", " antecedent de ", " antecedent d ", " antecedents de ", " antecedents d ", " antecedent personnel", " antecedents personnels"];

    private static readonly (string[] Parts, CancerSite Value)[] sites =
    [
        ([" lymphom", " hodgkin"], Lymphoma), ([" leukemi", " leukaemi", " leucemi"], Leukaemia), ([" myelom"], Myeloma), ([" melanom"], Melanoma), ([" sarcom", " osteosarcom", " liposarcom", " leiomyosarcom"], Sarcoma),
        ([" breast", " sein ", " seins ", " mammaire", " mammary"], Breast),
        ([" colon ", " colorect", " colonic", " colique", " rectum", " rectal", " rectosigm", " sigmoid", " caecum", " cecum", " bowel", " large intestine", " gros intestin"], Colorectal),
        ([" prostat"], Prostate),
        ([" lung", " poumon", " pulmon", " bronch"], Lung),
        ([" ovar", " ovair", " ovaire"], Ovary),
        ([" cervix", " cervical", " col de l uterus", " col uterin", " col de l  uterus"], Cervix),
        ([" uterus", " uterin", " uterine", " endometr"], Uterus),
        ([" bladder", " vessie", " vesical"], Bladder),
        ([" kidney", " renal", " rein ", " reins "], Kidney),
        ([" testis", " testic", " seminom"], Testis),
        ([" thyroid"], Thyroid),
        ([" pancrea"], Pancreas),
        ([" stomach", " gastric", " estomac", " gastrique"], Stomach),
        ([" esophag", " oesophag"], Oesophagus),
        ([" liver", " hepat", " foie", " cholangiocarcinom"], Liver),
        ([" brain", " cerveau", " cerebral", " gliobl", " gliom", " astrocytom", " oligodendrogliom", " medulloblastom"], Brain),
        ([" head and neck", " tete et cou", " tete et du cou", " larynx", " laryng", " pharyn", " oropharyn", " nasopharyn", " tongue", " langue ", " mouth", " bouche", " oral ", " tonsil", " amygdale", " lip ", " levre", " salivary", " salivaire"], HeadAndNeck),
    ];

    /// <summary>About relatives or a risk, or expressly absent: whatever code stands beside it.</summary>
    public static bool IsAboutSomethingElse(string text) => Words.HasAny(Words.Fold(text), elsewhere);

    public static bool IsDoubtful(string text) => Words.HasAny(Words.Fold(text), doubt);

    public static CancerSite? Site(string folded) => Words.First(folded, sites);

    public static Diagnosis Read(string text)
    {
        var folded = Words.Fold(text);
        var isSecondary = Words.HasAny(folded, secondary) && !Words.HasAny(folded, [" non metasta", " without metasta", " sans metasta", " no metasta"]);
        var isInSitu = Words.HasAny(folded, [" in situ "]) && !Words.HasAny(folded, [" fluorescence in situ ", " hybridi"]);
        var isCancer = Words.HasAny(folded, malignant) || isSecondary;
        if (!isCancer || Words.HasAny(folded, consequence) || Words.HasAny(folded, elsewhere) || Words.HasAny(folded, notTheDisease)) return Diagnosis.Not;
        if (Words.HasAny(folded, benign) && !Words.HasAny(folded, [" malignant ", " maligne"])) return Diagnosis.Not;
        if (Words.HasAny(folded, doubt)) return Diagnosis.Suspected;
        return new(Likelihood.Cancer, isSecondary ? Origin(folded) : Site(folded), isInSitu ? Behaviour.InSitu : Behaviour.Invasive, isSecondary,
            Words.HasAny(folded, past));
    }

    /// <summary>Where a metastasis came from: "metastasis from X", "metastatic X cancer"; but "metastasis in X" and "secondary tumour of X" say where it went.</summary>
    private static CancerSite? Origin(string folded)
    {
        foreach (var from in (string[])[" from ", " provenant ", " d origine "])
            if (folded.IndexOf(from, StringComparison.Ordinal) is var at and >= 0) return Site(folded[(at + from.Length - 1)..]);
        var goesElsewhere = Words.HasAny(folded, [" to ", " secondary", " secondaire", " metastasis ", " metastases ", " metastase "]);
        return goesElsewhere ? null : Site(folded);
    }
}
