using Compagnon.Domain.Access;
using Compagnon.Domain.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Data;

/// <summary>
/// The form that this request brings; none in a job or a command. Its receipt is written by the save that does what it asks, so that one is never there without the other.
/// That save is the first with an event of the trail: who read what is no effect, and what is not in the trail may be done twice.
/// </summary>
public sealed class PostedForm
{
    /// <summary>What tells this post from every other (<see cref="Receipt"/>); null when it has no key.</summary>
    public (Guid Id, Guid FormId)? Marks { get; set; }

    /// <summary>
    /// It is done in several saves, each decided by the state it finds: no receipt before <see cref="AllSavedAsync"/>, so that what broke off goes on when it is sent again.
    /// </summary>
    internal bool IsInParts { get; set; }

    /// <summary>The receipt is written.</summary>
    public bool IsDone { get; private set; }

    internal Receipt? ReceiptFor(CompagnonDb db)
    {
        if (IsDone || IsInParts || Marks is not { } marks) return null;
        if (db.ChangeTracker.Entries<Receipt>().FirstOrDefault()?.Entity is { } begun) return begun;
        if (db.ChangeTracker.Entries<AuditRow>().FirstOrDefault(e => e.State is EntityState.Added)?.Entity is not { } happened) return null;
        var receipt = new Receipt { Id = marks.Id, FormId = marks.FormId, At = happened.At };
        db.Add(receipt);
        return receipt;
    }

    /// <summary>Writes the receipt of what was done in parts.</summary>
    internal async Task AllSavedAsync(CompagnonDb db, DateTime now, CancellationToken stop)
    {
        IsInParts = false;
        if (Marks is not { } marks) return;
        db.ChangeTracker.Clear();
        db.Add(new Receipt { Id = marks.Id, FormId = marks.FormId, At = now });
        await db.SaveChangesAsync(stop);
    }

    internal void Saved() => IsDone = true;
}

/// <summary>The same post was done in the meantime by another request. It passes through the use case, which has nothing to decide here, to where the post came in.</summary>
public sealed class DoneAlready(Guid receiptId) : Exception($"Done already: receipt {receiptId}.");
