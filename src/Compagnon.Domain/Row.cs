namespace Compagnon.Domain;

/// <summary>What every stored thing begins with: the network it belongs to (the sharding key) and a random, time-ordered id that says nothing.</summary>
public abstract class Row
{
    public int NetworkId { get; set; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
}

/// <summary>Two people may change it at once: the second one to save is told.</summary>
public interface IVersioned
{
    int Version { get; set; }
}
