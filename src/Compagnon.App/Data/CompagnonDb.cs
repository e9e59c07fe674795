using Compagnon.Domain;
using Compagnon.Domain.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Compagnon.App.Data;

/// <summary>
/// The one model on two databases. Every table begins with the network's id, and every query is confined to the network of whoever asks.
/// Rows about people are read through Privacy's Files; a test looks.
/// </summary>
public sealed class CompagnonDb(DbContextOptions<CompagnonDb> options, NetworkScope network, PostedForm? form = null) : DbContext(options)
{
    public int NetworkId => network.Id;

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<Utc>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(CompagnonDb).Assembly);
        foreach (var type in modelBuilder.Model.GetEntityTypes().Where(t => typeof(Row).IsAssignableFrom(t.ClrType) || t.FindPrimaryKey() is not null).ToList())
        {
            // The network's id is the first part of every key, so that a sharding database takes the model unchanged.
            if (typeof(Row).IsAssignableFrom(type.ClrType)) modelBuilder.Entity(type.ClrType).HasKey(nameof(Row.NetworkId), nameof(Row.Id));
            if (typeof(IVersioned).IsAssignableFrom(type.ClrType)) type.FindProperty(nameof(IVersioned.Version))!.IsConcurrencyToken = true;
            foreach (var key in type.FindPrimaryKey()!.Properties) key.ValueGenerated = ValueGenerated.Never;
            Enums.AsWords(type);
            if (type.FindProperty(nameof(Row.NetworkId)) is not null) modelBuilder.Entity(type.ClrType).HasQueryFilter(Confined.To(type.ClrType, this));
        }
    }

    /// <exception cref="DoneAlready">This request's form was done by another request; nothing was written.</exception>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        var receipt = form?.ReceiptFor(this);
        Stamp();
        try
        {
            var count = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
            if (receipt is not null) form!.Saved();
            return count;
        }
        catch (DbUpdateException) when (receipt is not null)
        {
            // a version, a place or the receipt itself: whichever the database tells of first
            if (await Set<Receipt>().AsNoTracking().AnyAsync(r => r.Id == receipt.Id, cancellationToken)) throw new DoneAlready(receipt.Id);
            throw;
        }
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        Stamp();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    /// <summary>New rows belong to the network of whoever acts; a changed row's version rises, so that the second of two writers is told.</summary>
    private void Stamp()
    {
        foreach (var entry in ChangeTracker.Entries())
        {
            if (entry.State is EntityState.Added && entry.Metadata.FindProperty(nameof(Row.NetworkId)) is not null)
                entry.Property(nameof(Row.NetworkId)).CurrentValue = NetworkId;
            if (entry.State is EntityState.Modified && entry.Entity is IVersioned versioned) versioned.Version++;
        }
    }
}

/// <summary>Which network this scope acts in. Set once, when a request or a command has found out who acts.</summary>
public sealed class NetworkScope
{
    public int Id { get; set; } = 1;
}
