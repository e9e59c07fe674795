using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain.Access;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Compagnon.App.Access;

/// <summary>
/// ASP.NET's data-protection keys (cookies, antiforgery, held forms) in the database, so that several nodes and a restart keep everybody signed in; encrypted by the key
/// ring, so that the database alone opens no session.
/// </summary>
public sealed class ProtectionKeys(IServiceScopeFactory scopes, KeyRing keys, TimeProvider clock) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var scope = scopes.CreateScope();
        return [.. Rows(scope).AsNoTracking().ToList().Select(r => XElement.Parse(Encoding.UTF8.GetString(keys.Unwrap(r.Protected, Bound(r.Name)))))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<CompagnonDb>();
        db.Add(new ProtectionKey { Name = friendlyName, Protected = keys.Wrap(Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting)), Bound(friendlyName)) });
        db.SaveChanges();
    }

    /// <summary>To be called before serving.</summary>
    /// <exception cref="ProtectionKeysLost">Going on would silently sign everybody out and lose what they were writing.</exception>
    public async Task CheckAsync(CancellationToken stop = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        var rows = await Rows(scope).AsNoTracking().ToListAsync(stop);
        foreach (var row in rows)
        {
            try
            {
                keys.Unwrap(row.Protected, Bound(row.Name));
            }
            catch (CryptographicException e)
            {
                throw new ProtectionKeysLost(e);
            }
        }
        var now = clock.GetUtcNow().UtcDateTime;
        if (rows.Count == 0 && await scope.ServiceProvider.GetRequiredService<CompagnonDb>().Set<Session>().IgnoreQueryFilters().AnyAsync(s => s.EndedAt == null && s.ExpiresAt > now, stop))
            throw new ProtectionKeysLost(inner: null);
    }

    private static IQueryable<ProtectionKey> Rows(IServiceScope scope) => scope.ServiceProvider.GetRequiredService<CompagnonDb>().Set<ProtectionKey>().IgnoreQueryFilters();

    private static byte[] Bound(string name) => Encoding.UTF8.GetBytes("protection-key:" + name);
}

/// <summary>People are signed in, but the keys of their cookies are not there or do not open.</summary>
public sealed class ProtectionKeysLost(Exception? inner) : Exception("The data-protection keys are lost.", inner);
