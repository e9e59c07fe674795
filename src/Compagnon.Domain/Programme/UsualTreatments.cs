using static Compagnon.Domain.Programme.CancerSite;
using static Compagnon.Domain.Programme.Treatment;

namespace Compagnon.Domain.Programme;

/// <summary>
/// Which treatments a page asks about first, so that somebody with prostate cancer doesn't read "mastectomy" before what concerns them. Never a rule: pages keep the
/// others within reach, and nothing is refused, matched or imported by it. Careful: only an operation on a part of the body that this cancer's treatment leaves alone,
/// or a transplant that it doesn't use, is left out; what goes to the whole body is asked of everybody, because people don't always know its name.
/// </summary>
/// <remarks>
/// Source: none published. It is ours, from general knowledge (pelvic operations take neighbours along; metastases in the lung are removed in some cancers; a feeding or
/// breathing tube is an ostomy, too), and is to be reviewed by clinicians.
/// </remarks>
public static class UsualTreatments
{
    /// <summary>Of: the operation on that part of the body, the transplant that the illness is known for. Also: seldomer.</summary>
    private static readonly Dictionary<Treatment, (CancerSite[] Of, CancerSite[] Also)> onlyWith = new()
    {
        [Lumpectomy] = ([Breast], []),
        [Mastectomy] = ([Breast], []),
        [Reconstruction] = ([Breast], []),
        [Colectomy] = ([Colorectal], [Ovary, Uterus, Cervix, Bladder, Pancreas, Stomach]),
        [Ostomy] = ([Colorectal, Bladder], [Prostate, Ovary, Uterus, Cervix, Kidney, HeadAndNeck, Pancreas, Stomach, Oesophagus]),
        [Prostatectomy] = ([Prostate], [Bladder]),
        [Cystectomy] = ([Bladder], [Colorectal, Prostate, Ovary, Uterus, Cervix, Kidney]),
        [Laryngectomy] = ([HeadAndNeck], [Thyroid, Oesophagus]),
        [LungResection] = ([Lung], [Colorectal, Kidney, Testis, HeadAndNeck, Melanoma]),
        [PancreaticSurgery] = ([Pancreas], [Stomach, Liver]),
        [StemCellTransplant] = ([Lymphoma, Leukaemia, Myeloma], [Testis, Brain]),
    };

    /// <summary>Of all these cancers together, what is seldom last, else in the order of the list; of no cancer, everything.</summary>
    public static IReadOnlyList<Treatment> Of(params IReadOnlyCollection<CancerSite> sites)
    {
        var all = Enum.GetValues<Treatment>();
        if (sites.Count == 0) return all;
        var often = all.Where(t => sites.Any(s => IsOften(t, s))).ToList();
        return [.. often, .. all.Except(often).Where(t => sites.Any(onlyWith[t].Also.Contains))];
    }

    /// <summary>Another cancer may be anywhere, and a sarcoma begins anywhere.</summary>
    private static bool IsOften(Treatment treatment, CancerSite site) => site is Other or Sarcoma || !onlyWith.TryGetValue(treatment, out var sites) || sites.Of.Contains(site);
}
