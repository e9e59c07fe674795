using System.Globalization;
using System.Resources;
using Compagnon.App.Access;
using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Messages;

/// <summary>
/// Writes letters into the save that causes them. Texts stand in Letters.resx, in the receiver's language, and never carry health information:
/// not even the existence of a match leaves the platform.
/// </summary>
public sealed class Outbox(CompagnonDb db, Vault vault, PublicAddress address)
{
    /// <summary>In a text: where its reader finds what it speaks of. It leads to a page that asks who they are, and says nothing by itself.</summary>
    public const string Link = "{link}";

    private static readonly ResourceManager Texts = new("Compagnon.App.Messages.Letters", typeof(Outbox).Assembly);

    /// <summary>The same for somebody of whom the caller knows only the id. True: a letter was added. The address is opened here and shown to nobody.</summary>
    public async Task<bool> AddAsync(Guid personId, string letter, DateTime now, params object[] values)
    {
        if (await db.Set<Person>().FirstOrDefaultAsync(p => p.Id == personId) is not { } person || await db.Set<Identity>().FirstOrDefaultAsync(i => i.Id == personId) is not { } identity) return false;
        var email = vault.Open(person, "email", identity.Email);
        Add(person, new IdentityFields { Email = email }, letter, now, values);
        return email is not null && person.DeceasedAt is null;
    }

    /// <summary>Adds a letter for this person; does nothing when they have no address or have died.</summary>
    /// <param name="letter">The keys' beginning in Letters.resx: "Invitation" has "Invitation.Subject" and "Invitation.Body".</param>
    /// <param name="values">Fill {0}, {1} … of subject and body; a member of an enum by its word in Letters.resx: "Role.Manager".</param>
    public void Add(Person person, IdentityFields identity, string letter, DateTime now, params object[] values)
    {
        if (identity.Email is null || person.DeceasedAt is not null || person.ErasedAt is not null) return;
        var culture = CultureInfo.GetCultureInfo(person.Language == "en" ? "en-CA" : "fr-CA");
        db.Add(new OutboxMessage
        {
            PersonId = person.Id, Letter = letter, Language = person.Language, CreatedAt = now, NextAttemptAt = now,
            Address = vault.Seal(person, "outbox", identity.Email)!,
            Subject = vault.Seal(person, "outbox", Text(person, letter, "Subject", culture, values))!,
            Body = vault.Seal(person, "outbox", Text(person, letter, "Body", culture, values))!,
        });
    }

    /// <summary>The same letter once more, to a corrected address.</summary>
    internal void Again(Person person, OutboxMessage returned, string email, DateTime now)
    {
        if (person.DeceasedAt is not null || person.ErasedAt is not null) return;
        db.Add(new OutboxMessage
        {
            PersonId = person.Id, Letter = returned.Letter, Language = returned.Language, CreatedAt = now, NextAttemptAt = now,
            Address = vault.Seal(person, "outbox", email)!, Subject = returned.Subject, Body = returned.Body,
        });
    }

    private string Text(Person person, string letter, string part, CultureInfo culture, object[] values) =>
        string.Format(culture, (Texts.GetString($"{letter}.{part}", culture) ?? throw new InvalidOperationException($"No text {letter}.{part}.")).Replace(Link, address.Of(PageOf(person.Kind)), StringComparison.Ordinal), [.. values.Select(v => v is Enum e ? Texts.GetString($"{e.GetType().Name}.{e}", culture) ?? e.ToString() : v)]);

    private static string PageOf(PersonKind kind) => kind switch
    {
        PersonKind.Patient => "/mon-espace",
        PersonKind.Companion => "/accueil-pa",
        // of the staff clinicians alone get letters about their files
        PersonKind.Staff => "/mes-demandes",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
