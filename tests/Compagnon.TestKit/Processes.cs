using System.Diagnostics;
using System.Globalization;

namespace Compagnon.TestKit;

/// <summary>What a command printed and how it ended.</summary>
public sealed record Run(int Code, string Output, string Errors);

/// <summary>The program as a process of its own: what only shows there is its start, its exit code and how it takes a signal.</summary>
public static class Processes
{
    public static async Task<Run> RunAsync(string folder, params string[] args)
    {
        using var process = Start(folder, args);
        return await EndAsync(process);
    }

    /// <summary>What is typed comes through a pipe; of the heap there is so much, in bytes.</summary>
    public static async Task<Run> RunAsync(string folder, byte[] input, long? heap, params string[] args)
    {
        using var process = Start(folder, args, heap);
        await process.StandardInput.BaseStream.WriteAsync(input);
        process.StandardInput.Close();
        return await EndAsync(process);
    }

    /// <summary>Sends SIGINT, as Ctrl+C does, as soon as the program has come so far.</summary>
    public static async Task<Run> InterruptedAsync(string folder, Func<bool> when, params string[] args)
    {
        using var process = Start(folder, args);
        while (!when() && !process.HasExited) await Task.Delay(20);
        using (var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
        return await EndAsync(process);
    }

    private static Process Start(string folder, string[] args, long? heap = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Compagnon.Web.dll"), .. args])
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        if (heap is { } limit) start.Environment["DOTNET_GCHeapHardLimit"] = limit.ToString("x", CultureInfo.InvariantCulture);
        return Process.Start(start)!;
    }

    private static async Task<Run> EndAsync(Process process)
    {
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new Run(process.ExitCode, await output, await errors);
    }
}
