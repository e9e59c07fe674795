using System.CommandLine;
using Compagnon.App.Operations;
using Compagnon.Interop.Fhir;
using Compagnon.Interop.Import;

namespace Compagnon.Web.Commands;

/// <summary>import fhir FILE…: offers from bundles, one line a person.</summary>
internal static class ImportCommand
{
    public static Command Make(string[] args)
    {
        var files = new Argument<string[]>("files") { HelpName = Say.Text("Value.File"), Description = Say.Text("Import.Files"), Arity = ArgumentArity.OneOrMore };
        var json = new Option<bool>("--json") { Description = Say.Text("Import.Json") };
        var facility = new Option<string?>("--facility") { Description = Say.Text("Import.Facility"), HelpName = Say.Text("Value.Name") };
        var fhir = new Command("fhir", Say.Text("Import.Fhir")) { Arguments = { files }, Options = { json, facility } };
        fhir.SetAction((parsed, stop) => RunAsync(new Setting(parsed, args), Expand(parsed.GetRequiredValue(files)), parsed.GetValue(json), parsed.GetValue(facility), stop));
        return new Command("import", Say.Text("Import")) { Subcommands = { fhir } };
    }

    /// <summary>A folder stands for the .json files in it.</summary>
    private static List<string> Expand(string[] files) =>
        [.. files.SelectMany(f => Directory.Exists(f) ? Directory.GetFiles(f, "*.json").Order(StringComparer.Ordinal) : (IEnumerable<string>)[f])];

    private static async Task<int> RunAsync(Setting setting, List<string> files, bool json, string? named, CancellationToken stop)
    {
        await using var target = new Target(setting, named);
        if (!setting.IsNew) await target.OpenAsync(stop);
        var lines = new ImportLines(json);
        var progress = new Progress(files.Count);
        foreach (var file in files)
        {
            foreach (var imported in await target.StoreAsync(await FhirImport.ReadAsync(file, TimeProvider.System, stop), stop)) lines.Add(file, imported);
            progress.Step();
        }
        progress.End();
        if (!json) Say.Line(target.Name is null ? "Import.Sum.Nothing" : "Import.Sum", lines.TakenCount, lines.SkippedCount, lines.RefusedCount, target.Name ?? "");
        return lines.RefusedCount > 0 ? 2 : 0;
    }

    /// <summary>Where they go. A programme that is there is looked at first, so that a wrong name is said at once; a new database and a first facility are made for the first person who is taken.</summary>
    private sealed class Target(Setting setting, string? named) : IAsyncDisposable
    {
        private Workshop? services;
        private FacilityName? place;

        public string? Name => place?.Name;

        public async Task<Workshop> OpenAsync(CancellationToken stop)
        {
            services = Workshop.Of(await setting.OpenAsync(mayBeNew: true, stop));
            await using var scope = services.In(networkId: 1);
            var places = scope.ServiceProvider.GetRequiredService<ImportPlace>();
            place = await places.FindAsync(named, stop);
            if (place is null && await places.NamesAsync(stop) is { Count: > 0 } names) throw new WrongUse(named is null ? "Import.WhichFacility" : "Import.NoSuchFacility", string.Join(", ", names), named);
            return services;
        }

        /// <summary>A scope a file: a save a file, and what was read is let go.</summary>
        public async Task<IReadOnlyList<Imported>> StoreAsync(IReadOnlyList<ReadResult> results, CancellationToken stop)
        {
            if (!results.Any(r => r is Taken)) return [.. results.Select(r => new Imported(r))];
            await using var scope = (services ?? await OpenAsync(stop)).In(networkId: 1);
            place ??= await FoundAsync(scope.ServiceProvider.GetRequiredService<ImportPlace>(), stop);
            return await ActivatorUtilities.CreateInstance<FhirImport>(scope.ServiceProvider).StoreAsync(results, 1, place.Id, stop);
        }

        private async Task<FacilityName> FoundAsync(ImportPlace places, CancellationToken stop)
        {
            var made = await places.FoundAsync(named ?? Say.Text("Import.Unnamed"), stop);
            Say.Error(Say.Text("Import.Founded", made.Name));
            return made;
        }

        public ValueTask DisposeAsync() => services?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    /// <summary>On the error output, so that what is read by a program stays clean; only when it takes long.</summary>
    private sealed class Progress(int total)
    {
        private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);
        private readonly long started = System.Diagnostics.Stopwatch.GetTimestamp();
        private TimeSpan last = TimeSpan.Zero;
        private int done;
        private bool shown;

        public void Step()
        {
            done++;
            var elapsed = System.Diagnostics.Stopwatch.GetElapsedTime(started);
            if (elapsed - last < Pace) return;
            (last, shown) = (elapsed, true);
            Say.Error(Say.Text("Import.Progress", done, total));
        }

        public void End()
        {
            if (shown) Say.Error(Say.Text("Import.Progress", done, total));
        }
    }
}
