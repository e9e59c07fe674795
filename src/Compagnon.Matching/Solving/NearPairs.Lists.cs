namespace Compagnon.Matching;

/// <summary>The lists themselves. A pair stands in that of the companion it leads from and in that of the one it leads to, where these are made.</summary>
internal sealed unsafe partial class NearPairs
{
    /// <param name="fit">A word with the fit of the patient and this companion.</param>
    private void SetTo(int companion, int patient, uint fit, uint match, bool isNear)
    {
        var list = To(companion);
        if (list->Other > Most)
            return;
        for (var n = 1u; n <= list->Other; n++)
            if (list[n].By >> Problem.FitBits == (uint)patient)
            {
                if (isNear)
                    Set(list + n, match, Word(patient, fit));
                else
                    Remove(list, n);
                return;
            }
        if (isNear)
            Append(list, match, Word(patient, fit));
    }

    private void SetFrom(int patient, uint match, int companion, uint fit, bool isNear)
    {
        var list = From(Problem.CompanionOf(match));
        if (list->Other > Most)
            return;
        TakeOut(list, patient, companion);
        if (isNear)
            Append(list, Word(companion, fit), Word(patient, match));
    }

    private void TakeOut(NearPair* list, int patient, int companion)
    {
        if (list->Other > Most)
            return;
        for (var n = list->Other; n > 0; n--)
            if (list[n].By >> Problem.FitBits == (uint)patient && Problem.CompanionOf(list[n].Other) == companion)
                Remove(list, n);
    }

    // All of the patient's; whose they were is kept.
    private int TakeOut(NearPair* list, int patient)
    {
        var count = 0;
        for (var n = list->Other; n > 0; n--)
            if (list[n].By >> Problem.FitBits == (uint)patient)
            {
                _left[count++] = Problem.CompanionOf(list[n].Other);
                Remove(list, n);
            }
        return count;
    }

    private void Append(NearPair* list, uint other, uint by)
    {
        if (list->Other > Most)
            return;
        if (list->Other == Most)
        {
            Count(list, TooMany);
            return;
        }
        Set(list + list->Other + 1, other, by);
        Count(list, list->Other + 1);
    }

    private void Remove(NearPair* list, uint at)
    {
        Set(list + at, list[list->Other].Other, list[list->Other].By);
        Count(list, list->Other - 1);
    }

    private void Count(NearPair* list, uint count) => _searches.Write((int*)&list->Other, unchecked((int)count));

    private void Set(NearPair* at, uint other, uint by) => _searches.Write((long*)at, unchecked((long)(((ulong)by << 32) | other)));

    private static uint Word(int person, uint fit) => ((uint)person << Problem.FitBits) | (fit & Problem.FitMask);
}
