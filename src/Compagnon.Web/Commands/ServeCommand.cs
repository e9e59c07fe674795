using System.CommandLine;
using System.Net.Mail;
using Compagnon.App.Access;
using Compagnon.App.Demonstration;
using Compagnon.App.Operations;
using Microsoft.AspNetCore.Connections;

namespace Compagnon.Web.Commands;

/// <summary>serve, demo, and the program without a command.</summary>
internal static class ServeCommand
{
    public static Command Serve(string[] args)
    {
        var serve = new Command("serve", Say.Text("Serve"));
        serve.SetAction((parsed, stop) => ServeAsync(new Setting(parsed, args), stop));
        return serve;
    }

    public static Command Demo(string[] args)
    {
        var keep = new Option<bool>("--keep") { Description = Say.Text("Demo.Keep") };
        var demo = new Command("demo", Say.Text("Demo")) { Options = { keep } };
        demo.SetAction((parsed, stop) => DemoAsync(new Setting(parsed, args), parsed.GetValue(keep), stop));
        return demo;
    }

    /// <summary>A database makes it serve. Without one, a developer gets the demonstration; whoever installed the program is told what is missing.</summary>
    public static Task<int> WithoutCommandAsync(Setting setting, CancellationToken stop)
    {
        if (setting["Compagnon:Demonstration"] is "true" && setting.InDevelopment) return DemoAsync(setting, keep: true, stop);
        if (setting.HasDatabase) return ServeAsync(setting, stop);
        return setting.InDevelopment ? DemoAsync(setting, keep: false, stop) : throw new WrongUse("Use.NothingToDo");
    }

    private static async Task<int> ServeAsync(Setting setting, CancellationToken stop)
    {
        CheckLetters(setting);
        var installation = await setting.OpenAsync(mayBeNew: true, stop);
        return await RunAsync(Server.Build(setting.Args, installation, new Mode(IsDemonstration: false)), _ => Task.CompletedTask, stop);
    }

    /// <summary>Letters that leave come from somebody, and lead to where the programme is reached: that isn't known from here.</summary>
    private static void CheckLetters(Setting setting)
    {
        if (setting[Setting.PublicAddress] is { } root && !(Uri.TryCreate(root, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")) throw new WrongUse("Use.PublicAddress", root);
        if (setting["Compagnon:Smtp:Host"] is null) Say.Error(Say.Text("Serve.NoMail"));
        else if (!MailAddress.TryCreate(setting["Compagnon:Smtp:From"], out _)) throw new WrongUse("Use.MailFrom");
        else if (setting[Setting.PublicAddress] is null) Say.Error(Say.Text("Serve.NoAddress"));
    }

    private static async Task<int> DemoAsync(Setting setting, bool keep, CancellationToken stop)
    {
        using var place = setting.HasDatabase ? DemoPlace.Named(setting) : DemoPlace.Own(keep);
        var installation = await Setting.OpenAsync(place.Database, place.Files, stop);
        return await RunAsync(Server.Build(setting.Args, installation, new Mode(IsDemonstration: true)), FillAsync, stop);
    }

    private static async Task FillAsync(IServiceProvider services)
    {
        if (!await services.GetRequiredService<DemonstrationData>().FillAsync()) throw new WrongUse("Use.NotADemonstration");
    }

    private static async Task<int> RunAsync(WebApplication app, Func<IServiceProvider, Task> fill, CancellationToken stop)
    {
        await using (app)
        {
            await app.Services.GetRequiredService<ProtectionKeys>().CheckAsync(stop);
            await using (var scope = app.Services.CreateAsyncScope())
            {
                await fill(scope.ServiceProvider);
                await scope.ServiceProvider.GetRequiredService<StartUp>().PrepareAsync(stop);
            }
            var (reached, configured) = (app.Services.GetRequiredService<PublicAddress>(), app.Configuration[Setting.PublicAddress]);
            // before the first job writes a letter
            if (configured is not null) reached.Root = configured;
            await StartAsync(app, stop);
            var address = app.Urls.FirstOrDefault() ?? "";
            reached.Root = configured ?? address;
            if (app.Services.GetRequiredService<Mode>().IsDemonstration) Say.Line("Demo.Open", address);
            else Say.Line("Serve.Open", address);
            await app.WaitForShutdownAsync(stop);
            return 0;
        }
    }

    private static async Task StartAsync(WebApplication app, CancellationToken stop)
    {
        try
        {
            await app.StartAsync(stop);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new Fault("Fault.PortTaken");
        }
    }
}
