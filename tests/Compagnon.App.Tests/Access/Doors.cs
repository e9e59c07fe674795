using System.Text.RegularExpressions;
using Compagnon.App.Access;
using Compagnon.App.Messages;
using Compagnon.App.Privacy;
using Compagnon.Domain;
using Compagnon.Domain.Access;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Access;

/// <summary>What tests of doors share: letters as their receiver reads them, and a clinician with a complete account.</summary>
internal static partial class Doors
{
    public const string Email = "lea.roy@exemple.test";
    public const string Password = "quatre hiboux sous la galerie";

    public static InviteCommand Invite(this World world, string email = Email, Role role = Role.Clinician) => new()
    {
        Key = Guid.CreateVersion7(), GivenName = "Léa", FamilyName = "Roy", Email = email, Language = "fr", Code = null,
        Grant = role is Role.Clinician ? new Grant(role, world.Facility.Id, world.Clinic.Id, ClinicianFunction.Nurse) : new Grant(role, Roles.IsOfNetwork(role) ? null : world.Facility.Id),
    };

    public static Task<Outcome<Done>> InviteAsync(this World world, Actor actor, InviteCommand command) => world.In<Invitations, Outcome<Done>>(i => i.InviteAsync(actor, command));

    /// <summary>The latest letters, newest first: to whom, which, and their text.</summary>
    public static Task<List<(Guid To, string Letter, string Body)>> LettersAsync(this World world) => world.Rows(async db =>
    {
        var vault = new Vault(world.Keys);
        var rows = await (from m in db.Set<OutboxMessage>() join p in db.Set<Person>() on m.PersonId equals p.Id orderby m.Id descending select new { Message = m, Person = p }).ToListAsync();
        return rows.ConvertAll(r => (r.Person.Id, r.Message.Letter, vault.Open(r.Person, "outbox", r.Message.Body)!));
    });

    public static string TokenIn(string letter) => Token().Match(letter).Groups[1].Value;

    public static async Task<string> InvitationTokenAsync(this World world) => TokenIn((await world.LettersAsync()).First(l => l.Letter is "Invitation" or "ReEnrolment").Body);

    /// <summary>The code an authenticator shows now.</summary>
    public static Task<string> CodeAsync(this World world, Guid personId) => world.In<AccountStore, string>(async accounts =>
        Totp.Code(await accounts.KeyOfAsync((await accounts.OfPersonAsync(personId, default))!, default), Totp.StepOf(world.Clock.Now)));

    /// <summary>Invited, password set, authenticator confirmed.</summary>
    public static async Task<(Guid PersonId, IReadOnlyList<string> Card)> EnrolledAsync(this World world)
    {
        Assert.True((await world.InviteAsync(world.Coordinator, world.Invite())).IsDone);
        var token = await world.InvitationTokenAsync();
        var person = (await world.In<Enrolment, Outcome<Guid>>(e => e.AcceptAsync(token, Password))).Value;
        var code = await world.CodeAsync(person);
        var card = (await world.In<Enrolment, Outcome<IReadOnlyList<string>>>(e => e.ConfirmAsync(person, code))).Value;
        world.Clock.Pass(TimeSpan.FromMinutes(1));
        return (person, card);
    }

    public static async Task<bool> PasswordFitsAsync(this World world, string password = Password, string email = Email) =>
        (await world.In<SigningIn, Outcome<FirstStep>>(s => s.PasswordAsync(email, password))).IsDone;

    public static async Task<bool> CodeFitsAsync(this World world, Guid person, string code) => (await world.In<SigningIn, Outcome<Done>>(s => s.CodeAsync(person, code))).IsDone;

    [GeneratedRegex("/(?:invitation|lien)/([A-Za-z0-9_-]+)", RegexOptions.None, 1000)]
    private static partial Regex Token();
}
