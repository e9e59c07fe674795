using Compagnon.App.Accompaniments;
using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.App.Referrals;
using Compagnon.App.Space;
using Compagnon.App.Tests.Accompaniments;
using Compagnon.App.Tests.Matching;
using Compagnon.App.Tests.Web;
using Compagnon.Domain;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Privacy;

/// <summary>A person takes a copy of what is kept of them, at once.</summary>
public sealed class MyCopyTests
{
    [Theory, OnBothDatabases]
    public async Task WhatHappened_IsToldWithItsDates_AlsoAfterTheEnd_ByPseudonymAlone_OnRecord(Db db)
    {
        await using var world = await World.OnAsync(db);
        var companion = await world.CompanionAsync();
        var pair = await world.PairAsync(companion);
        var patient = await world.PatientAsync(pair.ReferralId);
        world.Clock.PassDays(2);
        await world.In<CloseFile, Outcome<Done>>(c => c.StopAsync(patient, pair.ReferralId));
        var copy = (await TakeAsync(world, patient, pair.ReferralId))!;
        Assert.Equal(("Nadia", world.Clock.Now, world.Facility.Name), (copy.File.Identity!.GivenName, copy.MadeAt, copy.Facility));
        Assert.Equal([MyMomentKind.Received, MyMomentKind.Chose, MyMomentKind.Agreed, MyMomentKind.Parted, MyMomentKind.Ended], copy.Moments.Select(m => m.Kind).Where(k => k is MyMomentKind.Received or >= MyMomentKind.Chose));
        Assert.All(copy.Moments.Where(m => m.Kind is MyMomentKind.Chose or MyMomentKind.Agreed or MyMomentKind.Parted), m => Assert.Equal("Ghislaine", m.With));
        Assert.Equal(("Ghislaine", world.Clock.Now), (Assert.Single(copy.Pairs).Pseudonym, copy.Pairs[0].EndedAt));
        Assert.All(copy.File.Consents, c => Assert.NotNull(c.WithdrawnAt));
        Assert.Contains(copy.Reads, r => r.Role is Role.Coordinator);
        Assert.Contains(nameof(CopyTaken), await world.TrailAsync(pair.ReferralId));
        // the companion can see that their pseudonym was read
        Assert.NotEmpty(await world.Rows(rows => rows.Set<AccessEntry>().Where(e => e.ReaderId == patient.PersonId && e.PersonId == companion.Id && e.At == world.Clock.Now).ToListAsync()));
        // a companion who keeps the patient out is not named
        await world.Rows(rows =>
        {
            rows.Add(new Restriction { PersonId = companion.Id, AgainstPersonId = patient.PersonId, SetAt = world.Clock.Now, SetBy = companion.Id });
            return rows.SaveChangesAsync();
        });
        Assert.Null(Assert.Single((await TakeAsync(world, patient, pair.ReferralId))!.Pairs).Pseudonym);
    }

    [Theory, OnBothDatabases]
    public async Task NobodyElse_GetsIt_AndNothingIsRecorded(Db db)
    {
        await using var world = await World.OnAsync(db);
        var companion = await world.CompanionAsync();
        var pair = await world.PairAsync(companion);
        var stranger = await world.PatientAsync(await world.ReadyAsync());
        foreach (var actor in (Actor[])[stranger, companion.Acting(), world.Clinician, world.Coordinator, await world.StaffAsync(Role.PrivacyOfficer)])
            Assert.Null(await TakeAsync(world, actor, pair.ReferralId));
        Assert.DoesNotContain(nameof(CopyTaken), await world.TrailAsync(pair.ReferralId));
    }

    /// <summary>Before it is sent a request is its writer's alone: so is its copy.</summary>
    [Theory, OnBothDatabases]
    public async Task WhatIsBegunAndNotSent_CanBeTakenAlong(Db db)
    {
        await using var world = await World.OnAsync(db);
        var begun = (await world.In<SelfReferral, Outcome<Begun>>(s => s.BeginAsync(new BeginDraft { Key = Guid.CreateVersion7(), DeviceSecret = "secret", GivenName = "Aline", Language = "fr", AtLeastAge = 18 }))).Value;
        var copy = (await TakeAsync(world, await world.PatientAsync(begun.ReferralId), begun.ReferralId))!;
        Assert.Equal(("Aline", 0, 0), (copy.File.Identity!.GivenName, copy.Moments.Count, copy.Pairs.Count));
    }

    [Theory]
    [InlineData("fr", "Ce que le programme garde sur vous", "mes-renseignements-")]
    [InlineData("en", "What the programme keeps of you", "my-information-")]
    public async Task TheFile_IsDownloaded_StandsAlone_AndIsKeptByNobody(string language, string title, string name)
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        using var louise = await site.EnterAsync("Louise", language);
        var page = await louise.GetAsync("/mon-espace/copie");
        var link = page.Document.QuerySelector("main .cg-actions a, main a.govuk-button")!.GetAttribute("href")!;
        using var answer = await louise.Client.GetAsync(link);
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.StartsWith(name, answer.Content.Headers.ContentDisposition.FileName!.Trim('"'), StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        var file = await louise.GetAsync(link);
        Assert.Equal((title, title), (file.Title, file.H1));
        Assert.Empty(file.Document.QuerySelectorAll("link, script, img, iframe, [src], a[href]"));
        Assert.Contains("Pronovost", file.Text, StringComparison.Ordinal);
        Assert.Contains("514 555-0153", file.Text.Replace('\u00a0', ' '), StringComparison.Ordinal);
        Assert.Contains("Ghislaine", file.Text, StringComparison.Ordinal);
        // a key of the words that stands there bare
        Assert.DoesNotMatch(@"\b(Copy|Space|Erase|Logbook|Agreement|Step|Access)\.[A-Z0-9]", file.Text);
    }

    /// <summary>Of each patient of the demonstration: nothing that the staff noted, no entry that was not released, nobody else's name.</summary>
    [Fact]
    public async Task TheFile_HoldsNoNoteOfTheStaff_NoEntryThatWasNotReleased_AndNobodyElse()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        var secrets = await Secrets.OfAsync(site);
        Assert.True(await site.Rows(rows => PlantAsync(rows, new Vault(site.Installation.Keys))) > 20);
        var problems = new List<string>();
        foreach (var patient in (await Visitors.AllAsync(site, "fr")).Where(v => v.Role is Role.Patient))
        {
            var file = await patient.Visitor.GetAsync(Compagnon.Web.Patient.CopyFile.Address);
            secrets.Check(patient, file.Address.PathAndQuery, file, problems);
            if (file.H1 != "Ce que le programme garde sur vous" || file.Source.Contains(Planted, StringComparison.Ordinal)) problems.Add($"{patient.Name}: {file.Text}");
        }
        Assert.Equal("", string.Join('\n', problems));
    }

    private const string Planted = "planted-note";

    /// <summary>Where the staff and companions write freely of a patient. How many rows were changed.</summary>
    private static async Task<int> PlantAsync(CompagnonDb rows, Vault vault)
    {
        var people = await rows.Set<Person>().Where(p => p.ErasedAt == null).ToDictionaryAsync(p => p.Id);
        foreach (var referral in (await rows.Set<Referral>().ToListAsync()).Where(r => people.ContainsKey(r.PatientId)))
        {
            var person = people[referral.PatientId];
            var identity = await rows.Set<Identity>().SingleAsync(i => i.Id == person.Id);
            vault.Reseal(person, identity, vault.Open(person, identity) with { Notes = Planted });
            referral.UrgentReason = Planted;
            rows.Add(new ContactAttempt { ReferralId = referral.Id, At = DateTime.UtcNow, By = referral.ReferredBy, Outcome = ContactOutcome.NoAnswer, Note = vault.Seal(person, Attempts.NotePurpose, Planted) });
        }
        foreach (var pair in await rows.Set<Accompaniment>().ToListAsync()) pair.EndNote = vault.Seal(people[pair.PatientId], Files.EndNotePurpose, Planted);
        foreach (var entry in await rows.Set<LogbookEntry>().Where(e => e.ReleasedAt == null).ToListAsync())
            (entry.Reflection, entry.NextNote) = (vault.Seal(people[entry.CompanionId], LogbookFile.ReflectionPurpose, Planted), vault.Seal(people[entry.CompanionId], LogbookFile.NextPurpose, Planted));
        return await rows.SaveChangesAsync();
    }

    private static Task<MyCopyView?> TakeAsync(World world, Actor actor, Guid id) => world.In<MyCopy, MyCopyView?>(c => c.TakeAsync(actor, id));
}
