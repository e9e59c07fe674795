using System.IO.Compression;
using System.Net;
using System.Text;
using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Compagnon.App.Tests.Day;

/// <summary>The day is the same page with nothing, with a little, and with thousands: it says what there is, fits its weight, and leads on.</summary>
public sealed class DayPagesTests
{
    [Theory, OnBothDatabases]
    public async Task WithNothing_WithThree_AndWithThreeThousand(Db db)
    {
        await using var site = await Site.OnAsync(db, prepare: services => FillAsync(services, 0, 3, 3000));
        using var none = await site.EnterAsync("Zoé Zéro");
        var empty = await none.GetAsync("/journee");
        Assert.NotNull(empty.Document.QuerySelector("main .cg-panel a[href='/personnes-accompagnatrices']"));
        Assert.Empty(empty.Document.QuerySelectorAll(".cg-queue"));
        using var few = await site.EnterAsync("Tom Trois");
        var three = await few.GetAsync("/journee");
        Assert.Equal(3, three.Document.QuerySelectorAll(".cg-queue li, .cg-queue__row").Select(r => r.TextContent).Count(t => t.Contains("Personne", StringComparison.Ordinal)));
        Assert.Null(three.Document.QuerySelector(".cg-pages"));
        using var many = await site.EnterAsync("Mia Mille");
        var first = await many.GetAsync("/journee");
        Assert.Contains(3000.ToString("N0", System.Globalization.CultureInfo.GetCultureInfo("fr-CA")).Replace('\u202f', '\u00a0'), first.Document.Body!.TextContent.Replace('\u202f', '\u00a0'), StringComparison.Ordinal);
        var second = await many.GetAsync(first.Document.QuerySelector("a[rel='next']")!.GetAttribute("href")!);
        Assert.NotEqual(first.Text, second.Text);
        Assert.NotNull(second.Document.QuerySelector("a[rel='prev']"));
        foreach (var page in new[] { empty, three, first, second })
        {
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Empty(OneLanguage.Foreign(page.Document, "fr"));
            Assert.InRange(Compressed(page.Source), 1, 12_000);
        }
    }

    private static async Task FillAsync(IServiceProvider services, params int[] counts)
    {
        var (db, vault) = (services.GetRequiredService<CompagnonDb>(), services.GetRequiredService<Vault>());
        var (calendar, now) = (new WorkingCalendar(), DateTime.UtcNow);
        foreach (var (count, name) in counts.Zip((string[])["Zoé Zéro", "Tom Trois", "Mia Mille"]))
        {
            var facility = new Facility { Name = $"Hôpital de {name}", Region = "Ici", Municipality = "Ici", Telephone = "5145550100", HoursFr = "Toujours.", HoursEn = "Always.", ContactName = name };
            var person = vault.NewPerson(db.NetworkId, PersonKind.Staff, facility.Id, Languages.French);
            var names = name.Split(' ');
            db.AddRange(facility, person, vault.Seal(person, new IdentityFields { GivenName = names[0], FamilyName = names[1] }),
                new Membership { PersonId = person.Id, Role = Role.Coordinator, FacilityId = facility.Id, GrantedAt = now });
            for (var i = 0; i < count; i++)
            {
                var patient = vault.NewPerson(db.NetworkId, PersonKind.Patient, facility.Id, Languages.French);
                var referral = new Referral
                {
                    PatientId = patient.Id, FacilityId = facility.Id, Source = ReferralSource.Telephone, ReferredBy = person.Id, FileNumber = App.Referrals.FileNumbers.Next(), ReceivedAt = now.AddMinutes(-7 * i),
                };
                referral.Project(new Targets(), calendar);
                db.AddRange(patient, vault.Seal(patient, new IdentityFields { GivenName = $"Personne{i}" }), referral);
            }
            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
        }
    }

    private static int Compressed(string text)
    {
        using var to = new MemoryStream();
        using (var brotli = new BrotliStream(to, CompressionLevel.Fastest, leaveOpen: true)) brotli.Write(Encoding.UTF8.GetBytes(text));
        return (int)to.Length;
    }
}
