using Compagnon.App.Access;
using Compagnon.Domain;
using Compagnon.Domain.Access;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.TestKit;

/// <summary>
/// Pages that nobody finds by entering the demonstration and following links, because a letter leads there, or a step before them. Each is arrived at by that way,
/// as a browser without script would, with cookies of its own.
/// </summary>
public sealed class Arrivals
{
    private const string Password = "quatre hiboux sous la galerie";
    private readonly Site site;
    private readonly string language;
    private readonly List<(Guest Guest, string Path)> arrived = [];
    private readonly Dictionary<string, Guest> entered = new(StringComparer.Ordinal);

    private Arrivals(Site site, string language) => (this.site, this.language) = (site, language);

    public static async Task<IReadOnlyList<(Guest Guest, string Path)>> AllAsync(Site site, string language)
    {
        var arrivals = new Arrivals(site, language);
        await arrivals.OfStaffByInvitationAsync();
        await arrivals.OfPatientsByLinkAsync();
        await arrivals.OfClinicianAndVisitorAsync();
        await arrivals.OfWhoeverChoosesAsync();
        await arrivals.OfPairsAsync();
        await arrivals.OfCoordinatorAsync();
        return arrivals.arrived;
    }

    /// <summary>The letter, the first password, the authenticator, the card of codes; and on another day password and code.</summary>
    private async Task OfStaffByInvitationAsync()
    {
        var (letter, _) = await InvitedAsync("lea");
        await LookAsync(Nobody(), letter);
        var (second, _) = await InvitedAsync("rose");
        var rose = Nobody();
        Keep(rose, await AcceptAsync(rose, second));
        var (third, zoe) = await InvitedAsync("zoe");
        var paper = Nobody();
        var enrol = await AcceptAsync(paper, third);
        var code = await site.In<AccountStore, string>(async a => Totp.Code(await a.KeyOfAsync((await a.OfPersonAsync(zoe, default))!, default), Totp.StepOf(DateTime.UtcNow)));
        Keep(paper, await paper.Visitor.PostAsync(enrol, Typed(("Code", code))));
        var another = Nobody();
        Keep(another, await SendAsync(another, "/entrer", ("Email", "zoe@exemple.test"), ("Password", Password)));
    }

    private async Task OfPatientsByLinkAsync()
    {
        var louise = await EnterAsync("Louise");
        var made = await SendAsync(await EnterAsync("Marianne Lavoie"), $"/demandes/{ReferralOf(louise)}/lien", ("How", "paper"));
        await LookAsync(Nobody(), new Uri(made.Document.QuerySelector(".cg-break")!.TextContent.Trim()).AbsolutePath);
    }

    private async Task OfClinicianAndVisitorAsync()
    {
        var sophie = await EnterAsync("Sophie Tremblay");
        Keep(sophie, await SendAsync(sophie, "/orienter", ("GivenName", "Odile"), ("Telephone", "514 555-0142"), ("Message", "oui"), ("Language", "fr"), ("Site", "Breast"), ("Moment", "InTreatment"), ("Agreed", "oui")));
        var visitor = Nobody();
        Keep(visitor, await SendAsync(visitor, "/demander/age", ("OfAge", "oui")));
        arrived.Add((Nobody(), "/refuse"));
    }

    private async Task OfWhoeverChoosesAsync()
    {
        var diane = await EnterAsync("Diane");
        await LookAsync(diane, $"/choisir/{ReferralOf(diane)}");
        var robert = await EnterAsync("Robert");
        await LookAsync(robert, $"/entente/{ReferralOf(robert)}");
    }

    /// <summary>A number that may be seen; and a companion whose illness comes back, so that whoever they accompany is offered somebody else.</summary>
    private async Task OfPairsAsync()
    {
        var (marianne, louise, andre) = (await EnterAsync("Marianne Lavoie"), await EnterAsync("Louise"), await EnterAsync("André"));
        await SendAsync(marianne, "/reglages/personnes", ("NumberShown", "oui"));
        await SendAsync(louise, "/mon-espace/accords", ("Say", "NumberShown/oui"));
        await LookAsync(await EnterAsync("Ghislaine Roy"), $"/accompagnements/{(await PairOfAsync(louise)).Id}/numero");
        var pair = await PairOfAsync(andre);
        await SendAsync(marianne, $"/personnes-accompagnatrices/{pair.CompanionId}/pause", ("For", "ill"));
        await LookAsync(andre, "/mon-espace/autre");
        await LookAsync(marianne, $"/accompagnements/{pair.Id}/autre");
    }

    private async Task OfCoordinatorAsync()
    {
        var marianne = await EnterAsync("Marianne Lavoie");
        // links lead there, but first to somebody for whom nobody fits
        await LookAsync(marianne, $"/jumelage/{ReferralOf(await EnterAsync("Nadia"))}");
        var facility = await site.Rows(db => db.Set<Companion>().Where(c => c.Pseudonym == "Ghislaine").Select(c => c.FacilityId).SingleAsync());
        var waiting = await site.Rows(db => db.Set<Referral>().Where(r => r.FacilityId == facility && r.EndedAt == null).OrderBy(r => r.Id).ToListAsync());
        var restricted = $"/demandes/{waiting.First(r => r.Next is NextStep.Complete).Id}/restrictions";
        await SendAsync(marianne, restricted, ("Role", "Companion"));
        await FollowAsync(marianne, restricted, "a[href$='/lever']");
        await LookAsync(marianne, $"/demander/{ReferralOf(await EnterAsync("Nadia"))}/ce-qui-compte/2");
        await FollowFirstAsync(marianne, waiting.Where(r => r.Next is NextStep.Answer), "a[href*='/reprendre/']");
        // a rule that may be set aside excludes somebody for one of those who wait, not for each
        await FollowFirstAsync(marianne, waiting.Where(r => r.Next is NextStep.Match), "a[href*='/lever/']");
    }

    /// <summary>To where a link of the first match that has it leads.</summary>
    private async Task FollowFirstAsync(Guest coordinator, IEnumerable<Referral> referrals, string link)
    {
        foreach (var referral in referrals)
            if ((await coordinator.Visitor.GetAsync($"/jumelage/{referral.Id}")).Document.QuerySelector(link) is { } found)
            {
                await LookAsync(coordinator, found.GetAttribute("href")!);
                return;
            }
        throw new InvalidOperationException($"No match has {link}.");
    }

    private async Task<(string Path, Guid Person)> InvitedAsync(string name)
    {
        var email = $"{name}@exemple.test";
        var link = (await site.In<Accounts, Outcome<string>>(a => a.CreateAdministratorAsync("Zoé", "Roy", email, "fr"))).Value;
        // the newest account: rows are in the order of their keys
        return (new Uri(link).AbsolutePath, await site.Rows(db => db.Set<Account>().OrderByDescending(a => a.Id).Select(a => a.PersonId).FirstAsync()));
    }

    private static async Task<Page> AcceptAsync(Guest guest, string letter) => await SendAsync(guest, letter, ("Password", Password), ("Again", Password));

    private async Task LookAsync(Guest guest, string path) => Keep(guest, await guest.Visitor.GetAsync(path));

    private async Task FollowAsync(Guest guest, string path, string link) => await LookAsync(guest, (await guest.Visitor.GetAsync(path)).Document.QuerySelector(link)!.GetAttribute("href")!);

    private void Keep(Guest guest, Page page)
    {
        if (page.Status is not System.Net.HttpStatusCode.OK || page.Errors.Count > 0) throw new InvalidOperationException($"{guest.Name} at {page.Address} was told {(int)page.Status}: {string.Join(" / ", page.Errors)}");
        arrived.Add((guest, page.Address.PathAndQuery));
    }

    private static async Task<Page> SendAsync(Guest guest, string path, params (string Name, string Value)[] fields)
    {
        var page = await guest.Visitor.PostAsync(await guest.Visitor.GetAsync(path), Typed(fields));
        return page.Errors.Count == 0 ? page : throw new InvalidOperationException($"{guest.Name} was refused at {path}: {string.Join(" / ", page.Errors)}");
    }

    private static Dictionary<string, string> Typed(params (string Name, string Value)[] fields) => fields.ToDictionary(f => "Input." + f.Name, f => f.Value, StringComparer.Ordinal);

    private Task<Accompaniment> PairOfAsync(Guest patient)
    {
        var id = ReferralOf(patient);
        return site.Rows(db => db.Set<Accompaniment>().SingleAsync(a => a.ReferralId == id && a.EndedAt == null));
    }

    private static Guid ReferralOf(Guest patient) => Guid.Parse(patient.Button!.Split('/')[2]);

    private Guest Nobody() => new("nobody", Button: null, site.Visitor(language), "/");

    private async Task<Guest> EnterAsync(string name) => entered.TryGetValue(name, out var known) ? known : entered[name] = await EveryPage.EnterAsync(site, language, await ButtonAsync(name));

    private async Task<(string Role, string Value)> ButtonAsync(string name)
    {
        var people = await site.Visitor(language).GetAsync("/demo");
        var line = people.Document.QuerySelectorAll("li").First(l => l.QuerySelector("strong")?.TextContent.Trim() == name);
        return (line.Closest("section")!.GetAttribute("aria-labelledby")!["role-".Length..], line.QuerySelector("button")!.GetAttribute("value")!);
    }
}
