using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Compagnon.Benchmarks.Pages;

/// <summary>One command as a page sent it to the database.</summary>
internal sealed record Sent(string Sql, IReadOnlyList<DbParameter> Parameters)
{
    /// <summary>Which parameter is the new row's id, so that a repeated insert inserts another; -1 for what only reads.</summary>
    public int NewId { get; } = NewIdOf(Sql);

    private static int NewIdOf(string sql)
    {
        if (!sql.Contains("INSERT INTO", StringComparison.Ordinal)) return -1;
        var columns = sql[(sql.IndexOf('(', StringComparison.Ordinal) + 1)..sql.IndexOf(')', StringComparison.Ordinal)].Split(',');
        return Array.FindIndex(columns, c => c.Trim(' ', '"') == "Id");
    }
}

/// <summary>Listens to EF Core while one request runs, and keeps every command.</summary>
internal sealed class Capture : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly List<IDisposable> subscriptions = [];
    /// <summary>Makes every request an activity: what runs in none is background work.</summary>
    private readonly ActivityListener requests = new() { ShouldListenTo = s => s.Name == "Microsoft.AspNetCore", Sample = (ref _) => ActivitySamplingResult.AllData };

    public Capture()
    {
        ActivitySource.AddActivityListener(requests);
        subscriptions.Add(requests);
        subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    public List<Sent> Commands { get; } = [];

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory) subscriptions.Add(value.Subscribe(this));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is not CommandEventData { Command: var command } || value.Key != RelationalEventId.CommandExecuting.Name) return;
        if (Activity.Current is null) return; // background work, not the page's
        lock (Commands) Commands.Add(new Sent(command.CommandText, [.. command.Parameters.Cast<DbParameter>()]));
    }

    public void OnCompleted() { }
    public void OnError(Exception error) { }

    public void Dispose() => subscriptions.ForEach(s => s.Dispose());

    private const string DbLoggerCategory = "Microsoft.EntityFrameworkCore";
}
