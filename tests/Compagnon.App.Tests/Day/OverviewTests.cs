using System.Net;
using Compagnon.App.Day;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Day;

/// <summary>What a manager counts: how far requests come, by clinic, and nothing that could be one person's.</summary>
public sealed class OverviewTests
{
    private static Task<OverviewView?> ShowAsync(World world, Actor actor) => world.In<Overview, OverviewView?>(o => o.ShowAsync(actor));

    private static async Task AskAsync(World world, int count, int talked, Guid? clinicId)
    {
        for (var i = 0; i < count; i++)
        {
            var id = await world.ReferralAsync(r =>
            {
                if (i >= talked) return;
                r.ReachedAt = r.AgreedAt = r.FirstConversationAt = r.ReceivedAt!.Value.AddDays(4 + (2 * i));
            });
            await world.Rows(rows => rows.Set<Referral>().Where(r => r.Id == id).ExecuteUpdateAsync(u => u.SetProperty(r => r.ClinicId, clinicId)));
        }
    }

    [Theory, OnBothDatabases]
    public async Task AManager_SeesWhichClinicRefers_AndHowFarItsRequestsCome(Db db)
    {
        await using var world = await World.OnAsync(db);
        var manager = await world.StaffAsync(Role.Manager);
        var second = await world.ClinicAsync("Clinique du matin");
        await AskAsync(world, 8, 5, world.Clinic.Id);
        await AskAsync(world, 6, 0, second.Id);
        await AskAsync(world, 5, 0, clinicId: null);
        world.Clock.PassDays(30);
        var view = (await ShowAsync(world, manager))!;
        Assert.Equal([19, 5, 5, 5, 14, 0], Assert.Single(view.Facilities.Rows).Counts);
        var rows = view.Clinics.Rows.ToDictionary(r => r.Place ?? "all", StringComparer.Ordinal);
        Assert.Equal(4, rows.Count);
        // three who wait could be told from the total with the others: one of those goes with them
        Assert.Equal([8, 5, 5, 5, null], rows[world.Clinic.Name].Counts);
        Assert.Equal([6, 0, 0, 0, 6], rows["Clinique du matin"].Counts);
        Assert.Equal([5, 0, 0, 0, null], rows[""].Counts);
        Assert.Equal([19, 5, 5, 5, 14], rows["all"].Counts);
        Assert.Equal(8, rows[world.Clinic.Name].MedianDays!.Value, 3);
        Assert.Null(rows["Clinique du matin"].MedianDays);
        Assert.Null(rows[world.Clinic.Name].WaitingDays);
        Assert.Equal(30, rows["Clinique du matin"].WaitingDays!.Value, 3);
    }

    /// <summary>A median is shown from five on: beside a dash it would say how many of the six talked here, and so that one did there.</summary>
    [Theory, OnBothDatabases]
    public async Task AMedian_DoesNotSayWhatADashHides(Db db)
    {
        await using var world = await World.OnAsync(db);
        var manager = await world.StaffAsync(Role.Manager);
        var second = await world.ClinicAsync("Clinique du matin");
        await AskAsync(world, 8, 5, world.Clinic.Id);
        await AskAsync(world, 6, 1, second.Id);
        world.Clock.PassDays(30);
        var rows = (await ShowAsync(world, manager))!.Clinics.Rows.ToDictionary(r => r.Place ?? "all", StringComparer.Ordinal);
        foreach (var clinic in new[] { world.Clinic.Name, second.Name })
            Assert.Equal((null, null), (rows[clinic].Counts[(int)Counted.Talked], rows[clinic].MedianDays));
        Assert.Equal((6, true), (rows["all"].Counts[(int)Counted.Talked], rows["all"].MedianDays is not null));
    }

    [Theory, OnBothDatabases]
    public async Task TheNetworksLead_SeesFacilities_AndNoClinic_OthersNothing(Db db)
    {
        await using var world = await World.OnAsync(db);
        var lead = await world.StaffAsync(Role.NetworkLead);
        await world.FacilityAsync();
        await AskAsync(world, 6, 0, world.Clinic.Id);
        var view = (await ShowAsync(world, lead))!;
        Assert.Empty(view.Clinics.Rows);
        Assert.Equal(3, view.Facilities.Rows.Count);
        foreach (var actor in new[] { world.Coordinator, world.Clinician }) Assert.Null(await ShowAsync(world, actor));
    }

    [Theory, OnBothDatabases]
    public async Task WhatBecameOfThem_IsSaidByHowCloseTheMatchWas(Db db)
    {
        await using var world = await World.OnAsync(db);
        var manager = await world.StaffAsync(Role.Manager);
        var companion = await world.CompanionAsync(c => c.Capacity = 40);
        // a good match: fourteen, of whom thirteen talked, eleven again, six were better at the last and five were not
        for (var i = 0; i < 14; i++) await PairAsync(world, companion, fit: 500 + i, i < 6 ? [Seemed.Worse, Seemed.Better] : i < 11 ? [Seemed.Better, Seemed.Same] : i < 13 ? [Seemed.Better] : []);
        for (var i = 0; i < 6; i++) await PairAsync(world, companion, fit: 499 - i, [Seemed.Same]);
        var view = (await ShowAsync(world, manager))!.Matches;
        Assert.Equal([Counted.Agreed, Counted.Talked, Counted.TalkedAgain, Counted.Better], view.Columns);
        Assert.Equal([nameof(Closeness.Good), nameof(Closeness.Less), null], view.Rows.Select(r => r.Place));
        Assert.Equal([[14, 13, 11, 6], [6, 6, 0, 0], [20, 19, 11, 6]], view.Rows.Select(r => r.Counts));
        Assert.Equal([true, true, true], view.Rows.Select(r => r.MedianDays is not null));
        Assert.All(view.Rows, r => Assert.Null(r.WaitingDays));
        // somebody else after the first: still one request, by the companion they talked to first
        var request = await world.Rows(rows => rows.Set<Accompaniment>().Where(a => a.FirstConversationAt != null).OrderBy(a => a.Id).Select(a => a.ReferralId).FirstAsync());
        await world.Rows(rows => rows.Set<Accompaniment>().Where(a => a.ReferralId == request).ExecuteUpdateAsync(u => u.SetProperty(a => a.EndedAt, world.Clock.Now)));
        await world.AccompanimentAsync(await world.CompanionAsync(), request);
        Assert.Equal([[14, 13, 11, 6], [6, 6, 0, 0], [20, 19, 11, 6]], (await ShowAsync(world, manager))!.Matches.Rows.Select(r => r.Counts));
        // three of a kind that nobody measured: hidden, and not to be had from the others
        for (var i = 0; i < 3; i++) await PairAsync(world, companion, fit: null, [Seemed.Same]);
        Assert.Equal([[14, 13, null, null], [null, null, null, null], [null, null, null, null], [23, 22, 11, 6]], (await ShowAsync(world, manager))!.Matches.Rows.Select(r => r.Counts));
        // four who were not better would follow
        await world.Rows(rows => rows.Set<LogbookEntry>().Where(e => e.Seemed == Seemed.Same && rows.Set<Conversation>().Count(c => c.AccompanimentId == e.AccompanimentId) == 2).OrderBy(e => e.Id).Take(1)
            .ExecuteUpdateAsync(u => u.SetProperty(e => e.Seemed, Seemed.Better)));
        Assert.All((await ShowAsync(world, manager))!.Matches.Rows, r => Assert.Null(r.Counts[^1]));
    }

    private static async Task PairAsync(World world, Companion companion, int? fit, Seemed[] talks)
    {
        var pair = await world.AccompanimentAsync(companion);
        await world.Rows(async db =>
        {
            var stored = await db.Set<Accompaniment>().SingleAsync(a => a.Id == pair.Id);
            if (fit is { } of)
            {
                var proposal = new Proposal { ReferralId = pair.ReferralId, CompanionId = companion.Id, ProposedBy = world.Coordinator.PersonId, ProposedAt = world.Clock.Now, ExpiresAt = world.Clock.Now, Fit = of };
                db.Add(proposal);
                db.Entry(stored).Property(a => a.ProposalId).CurrentValue = proposal.Id;
            }
            foreach (var (i, seemed) in talks.Index())
            {
                var held = new Conversation
                {
                    AccompanimentId = pair.Id, HeldAt = world.Clock.Now.AddHours(i), Channel = Channel.Telephone, Minutes = 20, BothTookPart = true, RecordedBy = companion.Id, RecordedAt = world.Clock.Now,
                };
                db.AddRange(held, new LogbookEntry { AccompanimentId = pair.Id, ConversationId = held.Id, CompanionId = companion.Id, WrittenAt = world.Clock.Now, Seemed = seemed });
                stored.FirstConversationAt ??= held.HeldAt;
            }
            await db.SaveChangesAsync();
        });
        await world.ChangeAsync(pair.ReferralId, r => r.FirstConversationAt = talks.Length == 0 ? null : world.Clock.Now);
    }

    /// <summary>The file says what the page says, and no more; in each language as its spreadsheets take it.</summary>
    [Theory]
    [InlineData("fr", ';', "Demandes reçues", "vue-ensemble.csv")]
    [InlineData("en", ',', "Requests received", "overview.csv")]
    public async Task TheFile_HasWhatThePageHas(string language, char between, string column, string name)
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        using var helene = await site.EnterAsync("Hélène Dufour", language);
        var page = await helene.GetAsync("/vue-ensemble");
        Assert.Empty(OneLanguage.Foreign(page.Document, language));
        Assert.Equal(3, page.Document.QuerySelectorAll("main table").Length);
        var shown = page.Document.QuerySelectorAll("main tbody tr").Select(r => r.Children.Select(c => string.Concat(c.TextContent.Trim().TakeWhile(x => !char.IsWhiteSpace(x) || c.TagName == "TH")).Replace("–", "", StringComparison.Ordinal)).ToList()).ToList();
        using var answer = await helene.Client.GetAsync(page.Document.QuerySelector("main a[href$='.csv']")!.GetAttribute("href"));
        Assert.Equal((HttpStatusCode.OK, "text/csv", name), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, answer.Content.Headers.ContentDisposition?.FileName));
        var text = await answer.Content.ReadAsStringAsync();
        var lines = text.TrimStart('\ufeff').Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(between).Select(c => c[1..^1]).ToList()).ToList();
        Assert.Contains(column, lines[0]);
        var heads = page.Document.QuerySelectorAll("main thead th:first-child").Select(h => h.TextContent.Trim()).ToHashSet(StringComparer.Ordinal);
        var rows = lines.Where(l => !heads.Contains(l[0])).ToList();
        Assert.Equal(shown.Select(r => r[0]), rows.Select(r => r[0]));
        foreach (var (there, here) in shown.Zip(rows))
            Assert.Equal(there.Skip(1).SkipLast(2), here.Skip(1).SkipLast(2));
        Assert.DoesNotContain(rows.SelectMany(r => r.Skip(1).SkipLast(2)), n => n is "1" or "2" or "3" or "4");
        using var marianne = await site.EnterAsync("Marianne Lavoie", language);
        Assert.NotEqual(HttpStatusCode.OK, (await marianne.Client.GetAsync("/vue-ensemble/chiffres.csv")).StatusCode);
    }
}
