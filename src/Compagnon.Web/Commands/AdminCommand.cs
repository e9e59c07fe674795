using System.CommandLine;
using System.Globalization;
using Compagnon.App.Access;
using Compagnon.Web.Forms;

namespace Compagnon.Web.Commands;

/// <summary>admin create: the first account; admin end-sessions: when the keys of the sessions are lost for good.</summary>
internal static class AdminCommand
{
    public static Command Make(string[] args)
    {
        var email = Needed("--email", "Admin.Email");
        var given = Needed("--given-name", "Admin.GivenName");
        var family = Needed("--family-name", "Admin.FamilyName");
        var create = new Command("create", Say.Text("Admin.Create")) { Options = { email, given, family } };
        create.SetAction((parsed, stop) => CreateAsync(new Setting(parsed, args), parsed.GetRequiredValue(given), parsed.GetRequiredValue(family), parsed.GetRequiredValue(email), stop));
        var end = new Command("end-sessions", Say.Text("Admin.EndSessions"));
        end.SetAction((parsed, stop) => EndSessionsAsync(new Setting(parsed, args), stop));
        return new Command("admin", Say.Text("Admin")) { Subcommands = { create, end } };
    }

    private static async Task<int> CreateAsync(Setting setting, string given, string family, string email, CancellationToken stop)
    {
        if (Parse.Email(email) is not { } address) throw new WrongUse("Use.BadEmail", email);
        await using var services = Workshop.Of(await setting.OpenAsync(mayBeNew: true, stop));
        await using var scope = services.In(1);
        if (setting[Setting.PublicAddress] is { } root) scope.ServiceProvider.GetRequiredService<PublicAddress>().Root = root;
        var made = await scope.ServiceProvider.GetRequiredService<Accounts>().CreateAdministratorAsync(given, family, address, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, stop);
        if (!made.IsDone) throw new WrongUse("Use.EmailTaken", address);
        Say.Line("Admin.Created", made.Value);
        return 0;
    }

    private static async Task<int> EndSessionsAsync(Setting setting, CancellationToken stop)
    {
        await using var services = Workshop.Of(await setting.OpenAsync(mayBeNew: false, stop));
        await using var scope = services.In(1);
        var ended = await scope.ServiceProvider.GetRequiredService<Sessions>().EndAllAsync(stop);
        Say.Line("Admin.Ended", ended);
        return 0;
    }

    private static Option<string> Needed(string name, string text) => new(name) { Description = Say.Text(text), Required = true };
}
