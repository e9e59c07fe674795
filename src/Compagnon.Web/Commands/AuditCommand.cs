using System.CommandLine;
using Compagnon.App.Operations;

namespace Compagnon.Web.Commands;

/// <summary>audit verify: has the trail been rewritten?</summary>
internal static class AuditCommand
{
    public static Command Make(string[] args)
    {
        var verify = new Command("verify", Say.Text("Audit.Verify"));
        verify.SetAction((parsed, stop) => VerifyAsync(new Setting(parsed, args), stop));
        return new Command("audit", Say.Text("Audit")) { Subcommands = { verify } };
    }

    private static async Task<int> VerifyAsync(Setting setting, CancellationToken stop)
    {
        await using var services = Workshop.Of(await setting.OpenAsync(mayBeNew: false, stop));
        var sound = true;
        foreach (var network in await services.NetworksAsync(stop))
        {
            await using var scope = services.In(network.Id);
            var found = await scope.ServiceProvider.GetRequiredService<AuditCheck>().RunAsync(stop);
            sound &= found.Fault is null;
            if (found.Fault is { } fault) Say.Error(Say.Text($"Audit.{fault.Kind}", network.Name, fault.Number));
            else Say.Line("Audit.Sound", network.Name, found.Sealed, found.Waiting);
        }
        return sound ? 0 : 1;
    }
}
