using System.Text.RegularExpressions;
using Compagnon.App.Privacy;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Web;

/// <summary>What identifies each patient and companion, and who may read it: an independent, plainer telling of the access table.</summary>
internal sealed class Secrets
{
    private sealed record Secret(Guid PersonId, bool IsPatient, Guid? FacilityId, Guid? ClinicId, string What, Regex Pattern);

    private readonly List<Secret> all = [];
    private readonly List<(Guid AskedBy, Guid PersonId)> disclosed = [];
    private readonly Dictionary<Guid, List<(Role Role, Guid? FacilityId, Guid? ClinicId)>> roles = [];

    public static async Task<Secrets> OfAsync(Site site)
    {
        var secrets = new Secrets();
        var vault = new Vault(site.Installation.Keys);
        await site.Rows(async db =>
        {
            foreach (var m in await db.Set<Membership>().ToListAsync())
                (secrets.roles.TryGetValue(m.PersonId, out var held) ? held : secrets.roles[m.PersonId] = []).Add((m.Role, m.FacilityId, m.ClinicId));
            secrets.disclosed.AddRange((await db.Set<Disclosure>().ToListAsync()).Select(d => (d.AskedBy, d.PersonId)));
            var identities = await db.Set<Identity>().ToDictionaryAsync(i => i.Id);
            var people = await db.Set<Person>().ToDictionaryAsync(p => p.Id);
            foreach (var r in await db.Set<Referral>().ToListAsync())
            {
                secrets.Add(people[r.PatientId], vault.Open(people[r.PatientId], identities[r.PatientId]), isPatient: true, r.FacilityId, r.ClinicId);
                secrets.all.Add(new Secret(r.PatientId, IsPatient: true, r.FacilityId, r.ClinicId, "file number", new Regex($@"\b{r.FileNumber}\b", RegexOptions.None, TimeSpan.FromSeconds(2))));
            }
            foreach (var c in await db.Set<Companion>().ToListAsync())
                secrets.Add(people[c.Id], vault.Open(people[c.Id], identities[c.Id]), isPatient: false, c.FacilityId, clinicId: null);
            return 0;
        });
        return secrets;
    }

    public void Check(Visitors.Known reader, string address, Page page, List<string> problems)
    {
        // the programme's own numbers stand on every page, and a demonstration's numbers are few
        foreach (var secret in all.Where(s => !MayRead(reader, s) && !WasDisclosed(reader, s, address)))
            if (secret.Pattern.IsMatch(page.Source)) problems.Add($"{reader.Name}: {address} shows a {(secret.IsPatient ? "patient" : "companion")}'s {secret.What}: {secret.Pattern}");
    }

    private bool MayRead(Visitors.Known reader, Secret secret)
    {
        if (reader.PersonId == secret.PersonId) return true;
        return reader.Role switch
        {
            Role.Coordinator => Holds(reader, Role.Coordinator, (f, _) => f == secret.FacilityId),
            Role.Clinician => secret.IsPatient && secret.ClinicId is not null && Holds(reader, Role.Clinician, (_, c) => c == secret.ClinicId),
            // the record of reads says whose file it was, by its number
            Role.PrivacyOfficer => secret.What == "file number",
            Role.Manager => !secret.IsPatient && Holds(reader, Role.Manager, (f, _) => f == secret.FacilityId),
            _ => false,
        };
    }

    /// <summary>In an emergency: the number they asked by, and on one page the identity.</summary>
    private bool WasDisclosed(Visitors.Known reader, Secret secret, string address) => disclosed.Contains((reader.PersonId, secret.PersonId))
        && (secret.What == "file number" || (secret.What != "e-mail" && address.StartsWith("/urgence-identite/", StringComparison.Ordinal) && address.EndsWith("/identite", StringComparison.Ordinal)));

    private bool Holds(Visitors.Known reader, Role role, Func<Guid?, Guid?, bool> where) => roles.GetValueOrDefault(reader.PersonId)?.Any(r => r.Role == role && where(r.FacilityId, r.ClinicId)) is true;

    private void Add(Person person, IdentityFields fields, bool isPatient, Guid? facilityId, Guid? clinicId)
    {
        Plant("surname", fields.FamilyName is { Length: > 2 } name ? $@"\b{Regex.Escape(name)}\b" : null);
        Plant("telephone", fields.Telephone is { Length: 10 } t && !t.EndsWith("5550142", StringComparison.Ordinal) ? $@"{t[..3]}[\s\u00a0-]?{t[3..6]}-?{t[6..]}" : null);
        Plant("e-mail", fields.Email is { } email ? Regex.Escape(email) : null);
        void Plant(string what, string? pattern)
        {
            if (pattern is not null) all.Add(new Secret(person.Id, isPatient, facilityId, clinicId, what, new Regex(pattern, RegexOptions.None, TimeSpan.FromSeconds(2))));
        }
    }
}
