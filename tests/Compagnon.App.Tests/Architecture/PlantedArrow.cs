namespace Compagnon.Domain.Programme
{
    /// <summary>Stands where Programme's types stand, and knows Matching: the guard must see it.</summary>
    internal static class PlantedArrow
    {
        public static Guid Of(Matching.Proposal proposal) => proposal.Id;
    }
}

namespace Compagnon.Web.Programme
{
    /// <summary>The same among the pages.</summary>
    internal static class PlantedArrow
    {
        public static Guid Of(Compagnon.Domain.Matching.Proposal proposal) => proposal.Id;
    }
}
