using Compagnon.App.Data;
using Compagnon.Domain;
using Compagnon.Domain.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Compagnon.App.Messages;

/// <summary>
/// An e-mail to send, written in the save that caused it. Address and text are encrypted under the receiver's key: erasing the person erases them.
/// The id is the Message-Id, so that a receiver can recognise one sent twice.
/// </summary>
public sealed class OutboxMessage : Row, IVersioned
{
    public required Guid PersonId { get; init; }
    /// <summary>Which letter it is: the template's name.</summary>
    public required string Letter { get; init; }
    public required string Language { get; init; }
    public required byte[] Address { get; init; }
    public required byte[] Subject { get; init; }
    public required byte[] Body { get; init; }
    public required DateTime CreatedAt { get; init; }
    public DateTime NextAttemptAt { get; set; }
    public int Attempts { get; set; }
    public DateTime? SentAt { get; set; }
    /// <summary>Given up: the address refused it. The coordinator is shown it.</summary>
    public DateTime? BouncedAt { get; set; }
    public DateTime? CancelledAt { get; set; }
    /// <summary>What the server said, without the address.</summary>
    public string? LastError { get; set; }
    public int Version { get; set; }
}

internal sealed class OutboxMessageModel : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> builder)
    {
        builder.ToTable("outbox_message");
        builder.References<OutboxMessage, Person>(m => m.PersonId);
        builder.HasIndex(m => new { m.NetworkId, m.SentAt, m.NextAttemptAt });
        builder.HasIndex(m => new { m.NetworkId, m.BouncedAt }).HasFilter("\"BouncedAt\" IS NOT NULL AND \"CancelledAt\" IS NULL");
    }
}
