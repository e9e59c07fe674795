using Compagnon.Domain.Programme;
using static Compagnon.Domain.Programme.CancerSite;

namespace Compagnon.Interop.Fhir;

/// <summary>Condition.bodySite, asked only when the diagnosis itself doesn't say where.</summary>
internal static class BodySites
{
    private static readonly Dictionary<string, CancerSite> snomed = new(StringComparer.Ordinal)
    {
        ["76752008"] = Breast, ["71854001"] = Colorectal, ["34402009"] = Colorectal, ["41216001"] = Prostate, ["39607008"] = Lung, ["15497006"] = Ovary,
        ["10200004"] = Liver, ["64033007"] = Kidney, ["89837001"] = Bladder, ["69748006"] = Thyroid, ["15776009"] = Pancreas, ["69695003"] = Stomach,
        ["12738006"] = Brain, ["35039007"] = Uterus, ["71252005"] = Cervix, ["40689003"] = Testis,
    };

    public static CancerSite? Find(Concept site)
    {
        foreach (var coding in site.Codings)
        {
            if (coding is { IsSnomed: true, Code: { } code } && snomed.TryGetValue(code, out var known)) return known;
            if (coding is { IsIcdO: true, Code: { } topography } && Icd10.Find(topography)?.Site is { } place) return place;
        }
        return site.Words.Select(w => CancerWords.Site(Words.Fold(w))).FirstOrDefault(s => s is not null);
    }
}
