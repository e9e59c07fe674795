namespace Compagnon.Domain.Programme;

/// <summary>Stands where Programme's types stand, and knows Matching: the guard must see it.</summary>
internal static class PlantedArrow
{
    public static Guid Of(Matching.Proposal proposal) => proposal.Id;
}
