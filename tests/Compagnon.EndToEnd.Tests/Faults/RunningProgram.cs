using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Compagnon.App.Data;
using Compagnon.TestKit;

namespace Compagnon.EndToEnd.Tests.Faults;

/// <summary>The built program in a process of its own, as one who installed it would start it; killed without warning.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private readonly Process process;

    private RunningProgram(Process process, Uri root) => (this.process, Root) = (process, root);

    public Uri Root { get; }

    /// <param name="heard">Every line that the program writes on its two outputs.</param>
    /// <param name="more">Further arguments.</param>
    public static async Task<RunningProgram> StartAsync(Database database, string keys, Action<string>? heard = null, params string[] more)
    {
        var root = new Uri($"http://localhost:{FreePort()}");
        var program = Path.Combine(AppContext.BaseDirectory, "Compagnon.Web.dll");
        var start = new ProcessStartInfo("dotnet", [program, "demo", "--database", database.ConnectionString, "--keys", keys, "--urls", root.ToString().TrimEnd('/'), "--contentRoot", AppContext.BaseDirectory, .. more])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = Path.GetDirectoryName(keys)!,
        };
        var running = new RunningProgram(Process.Start(start)!, root);
        running.process.OutputDataReceived += (_, line) => heard?.Invoke(line.Data ?? "");
        running.process.ErrorDataReceived += (_, line) => heard?.Invoke(line.Data ?? "");
        running.process.BeginOutputReadLine();
        running.process.BeginErrorReadLine();
        using var client = new HttpClient { BaseAddress = root };
        for (var tries = 0; tries < 1800; tries++)
        {
            if (running.process.HasExited) throw new InvalidOperationException($"The program ended with {running.process.ExitCode}.");
            try
            {
                if ((await client.GetAsync("/sante")).IsSuccessStatusCode) return running;
            }
            catch (HttpRequestException)
            {
                // not open yet
            }
            await Task.Delay(100);
        }
        await running.DisposeAsync();
        throw new TimeoutException("The program did not open.");
    }

    /// <summary>SIGKILL: no shutdown, no flush.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM: whoever runs the machine asks it to stop; what is under way may end. Answers the exit code, once it has stopped.</summary>
    public async Task<int> TerminateAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    public async Task<Visitor> EnterAsync(string name)
    {
        var visitor = new Visitor(Root, "fr");
        var people = await visitor.GetAsync("/demo");
        var button = people.Document.QuerySelectorAll("li").First(l => l.QuerySelector("strong")?.TextContent.Trim() == name).QuerySelector("button")!;
        await visitor.PostAsync(people, new Dictionary<string, string>(StringComparer.Ordinal) { ["person"] = button.GetAttribute("value")! }, form: "form[action='/demo']");
        return visitor;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) await KillAsync();
        process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
