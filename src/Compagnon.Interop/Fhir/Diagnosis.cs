using Compagnon.Domain.Programme;

namespace Compagnon.Interop.Fhir;

/// <summary>What a condition's code says by itself, before verification and clinical status.</summary>
internal enum Likelihood { NotCancer, Suspected, Cancer }

/// <summary>Ordered: of two records of the same cancer the higher one tells more.</summary>
internal enum Behaviour { Unspecified, InSitu, Invasive }

/// <summary>What a condition is about, from its code and words.</summary>
/// <param name="Likelihood">Is it a cancer?</param>
/// <param name="Site">Where it began; null when the code doesn't say.</param>
/// <param name="Behaviour">In situ or invasive.</param>
/// <param name="IsSecondary">A metastasis: <paramref name="Site"/> is where it came from, when that is said.</param>
/// <param name="IsPast">The code itself says "personal history of": over.</param>
/// <param name="SiteIfAlone">The site to assume when nothing else in the record says where a metastasis came from.</param>
internal sealed record Diagnosis(
    Likelihood Likelihood, CancerSite? Site = null, Behaviour Behaviour = Behaviour.Invasive, bool IsSecondary = false, bool IsPast = false, CancerSite? SiteIfAlone = null)
{
    public static readonly Diagnosis Not = new(Likelihood.NotCancer);
    public static readonly Diagnosis Suspected = new(Likelihood.Suspected);

    /// <summary>
    /// Words that take a cancer away ("family history", "rule out") win over codes; then the codes, SNOMED CT first; words decide only when no code is known.
    /// Of several codes the most careful answer is taken: benign or suspected beside malignant is not confirmed.
    /// </summary>
    public static Diagnosis Of(Concept code, Concept bodySite)
    {
        if (code.Words.Any(CancerWords.IsAboutSomethingElse)) return Not;
        var coded = code.Codings.OrderByDescending(c => c.IsSnomed).Select(CancerCodes.Find).OfType<Diagnosis>().ToList();
        var found = coded.Count > 0 ? coded.MinBy(d => d.Likelihood)! : ByWords(code);
        if (found.Likelihood is Likelihood.Cancer && code.Words.Any(CancerWords.IsDoubtful)) return Suspected;
        if (found is not { Likelihood: Likelihood.Cancer, Site: null }) return found;
        return found with { Site = coded.Select(d => d.Site).FirstOrDefault(s => s is not null) ?? (found.IsSecondary ? null : BodySites.Find(bodySite)) };
    }

    private static Diagnosis ByWords(Concept code) =>
        code.Words.Select(CancerWords.Read).Where(d => d.Likelihood is not Likelihood.NotCancer).MinBy(d => d.Likelihood) ?? Not;
}
