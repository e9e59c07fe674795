using Compagnon.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Compagnon.App.Jobs;

/// <summary>
/// Work to do later, written in the save that caused it; claimed with a lease, so that one of several nodes does it and a dead node's work is taken over.
/// </summary>
public sealed class Job : Row, IVersioned
{
    /// <summary>Which handler does it.</summary>
    public required string Kind { get; init; }
    /// <summary>What it is about; null for a recurring job of the network.</summary>
    public Guid? SubjectId { get; init; }
    public required DateTime DueAt { get; set; }
    /// <summary>A recurring job is due again this long after it was done.</summary>
    public int? EverySeconds { get; init; }
    public string? LeasedBy { get; set; }
    public DateTime? LeasedUntil { get; set; }
    public int Attempts { get; set; }
    public DateTime? DoneAt { get; set; }
    public string? LastError { get; set; }
    public int Version { get; set; }
}

internal sealed class JobModel : IEntityTypeConfiguration<Job>
{
    public void Configure(EntityTypeBuilder<Job> builder)
    {
        builder.ToTable("job");
        builder.HasIndex(j => new { j.NetworkId, j.DoneAt, j.DueAt });
        builder.HasIndex(j => new { j.NetworkId, j.Kind, j.SubjectId });
    }
}
