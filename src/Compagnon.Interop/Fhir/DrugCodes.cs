using Compagnon.Domain.Programme;
using static Compagnon.Domain.Programme.Treatment;

namespace Compagnon.Interop.Fhir;

/// <summary>Which kind of treatment a medicine is: by its ATC group, by RxNorm code, else by the ingredient in its name, English or French.</summary>
internal static class DrugCodes
{
    /// <summary>Ingredients, and the products Synthea prescribes.</summary>
    private static readonly Dictionary<string, Treatment> rxNorm = Table(
        (Chemotherapy, "56946 583214 72962 1860480 2555 1736854 40048 4179 1734340 3639 1790099 3002 1734919 4492 194000 32592 51499 12574 11202 3995 68446"),
        (HormoneTherapy, "10324 198240 72965 84857 258494 282357 42375 752899 50610 83008"),
        (TargetedTherapy, "224905 121191 253337 282388"),
        (Immunotherapy, "1547545 1597876"));

    private static readonly Dictionary<string, Treatment> ingredients = Table(
        (Chemotherapy, """
            cyclophosphamide ifosfamide doxorubicin epirubicin daunorubicin idarubicin mitoxantrone paclitaxel docetaxel cabazitaxel cisplatin carboplatin oxaliplatin etoposide fluorouracil capecitabine gemcitabine
            irinotecan topotecan vincristine vinblastine vinorelbine methotrexate pemetrexed bleomycin dacarbazine temozolomide mitomycin dactinomycin cytarabine azacitidine decitabine fludarabine cladribine clofarabine nelarabine
            bendamustine melphalan chlorambucil busulfan thiotepa eribulin ixabepilone trabectedin trifluridine mercaptopurine lomustine carmustine procarbazine streptozocin asparaginase pegaspargase raltitrexed
            """),
        (HormoneTherapy, """
            tamoxifen letrozole anastrozole exemestane fulvestrant toremifene leuprolide leuprorelin goserelin triptorelin buserelin histrelin degarelix relugolix
            bicalutamide flutamide nilutamide enzalutamide apalutamide darolutamide abiraterone megestrol
            """),
        (TargetedTherapy, """
            trastuzumab pertuzumab lapatinib neratinib tucatinib palbociclib ribociclib abemaciclib alpelisib imatinib dasatinib nilotinib bosutinib ponatinib erlotinib gefitinib afatinib osimertinib crizotinib alectinib lorlatinib
            brigatinib ceritinib bevacizumab cetuximab panitumumab ramucirumab rituximab obinutuzumab ofatumumab ibrutinib acalabrutinib zanubrutinib venetoclax olaparib niraparib rucaparib talazoparib sunitinib sorafenib pazopanib
            axitinib cabozantinib lenvatinib regorafenib vandetanib vemurafenib dabrafenib encorafenib trametinib cobimetinib binimetinib bortezomib carfilzomib ixazomib daratumumab isatuximab elotuzumab midostaurin gilteritinib
            enasidenib ivosidenib idelalisib sacituzumab enfortumab brentuximab polatuzumab gemtuzumab inotuzumab sotorasib adagrasib selpercatinib pralsetinib larotrectinib entrectinib capmatinib tepotinib erdafitinib
            """),
        (Immunotherapy, """
            pembrolizumab nivolumab ipilimumab atezolizumab durvalumab avelumab cemiplimab dostarlimab tremelimumab relatlimab aldesleukin talimogene tisagenlecleucel axicabtagene brexucabtagene lisocabtagene ciltacabtagene
            idecabtagene blinatumomab lenalidomide pomalidomide thalidomide sipuleucel
            """));

    /// <summary>Longest prefix first.</summary>
    private static readonly (string Prefix, Treatment Treatment)[] atc =
    [
        ("L01FF", Immunotherapy), ("L01FX04", Immunotherapy), ("L01XC11", Immunotherapy), ("L01XC17", Immunotherapy), ("L01XC18", Immunotherapy), ("L01XL", Immunotherapy),
        ("L01E", TargetedTherapy), ("L01F", TargetedTherapy), ("L01XC", TargetedTherapy), ("L01XE", TargetedTherapy), ("L01XG", TargetedTherapy), ("L01XK", TargetedTherapy),
        ("L01", Chemotherapy), ("L02", HormoneTherapy), ("L03AX03", Immunotherapy), ("L04AX02", Immunotherapy), ("L04AX04", Immunotherapy), ("L04AX06", Immunotherapy), ("V10X", Radiotherapy),
    ];

    /// <summary>Null: not a treatment of cancer.</summary>
    public static Treatment? Find(Concept medication)
    {
        foreach (var coding in medication.Codings)
        {
            if (coding is { IsRxNorm: true, Code: { } code } && rxNorm.TryGetValue(code, out var known)) return known;
            if (coding is { IsAtc: true, Code: { } group } && ByGroup(group) is { } kind) return kind;
        }
        return medication.Words.Select(ByName).FirstOrDefault(t => t is not null);
    }

    private static Treatment? ByGroup(string code)
    {
        foreach (var (prefix, treatment) in atc)
            if (code.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) return treatment;
        return null;
    }

    private static Treatment? ByName(string name)
    {
        foreach (var word in Words.Fold(name).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (ingredients.TryGetValue(word, out var known)) return known;
            // French adds an e: cisplatine, tamoxifène
            if (word.EndsWith('e') && ingredients.TryGetValue(word[..^1], out var french)) return french;
        }
        return null;
    }

    private static Dictionary<string, Treatment> Table(params (Treatment Treatment, string Names)[] rows) =>
        rows.SelectMany(r => r.Names.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(n => (Name: n, r.Treatment)))
            .ToDictionary(p => p.Name, p => p.Treatment, StringComparer.Ordinal);
}
