namespace Compagnon.Matching;

/// <summary>One companion's patient and another companion: whom the patient would have instead, or has.</summary>
internal struct NearPair
{
    /// <summary>The other companion and the fit there; where the patient waits, <see cref="Market.None"/>.</summary>
    public uint Other;

    /// <summary>The patient, and the fit with the companion whose pair this is.</summary>
    public uint By;
}

internal sealed unsafe class NearPairBlock() : Block(sizeof(NearPair))
{
    public NearPair* At => (NearPair*)Address;
}
