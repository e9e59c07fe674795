using System.Data.Common;
using System.Net.Sockets;
using Compagnon.App.Access;
using Compagnon.App.Data;
using Compagnon.App.Operations;
using Compagnon.App.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.Web.Commands;

/// <summary>Turns what went wrong into a sentence in the user's language and an exit code. No stack trace, unless COMPAGNON_DETAILS asks for it.</summary>
internal static class Faults
{
    public static async Task<int> GuardAsync(Func<Task<int>> run, string[] args)
    {
        try
        {
            return await run();
        }
        catch (Exception e) when (e is not HostAbortedException)
        {
            Say.Error(MessageOf(e));
            if (Environment.GetEnvironmentVariable("COMPAGNON_DETAILS") is not null || Setting.IsDevelopment(args) && e is not (WrongUse or Fault)) Say.Error(e.ToString());
            return e is WrongUse ? 2 : 1;
        }
    }

    private static string MessageOf(Exception e) => e switch
    {
        WrongUse or Fault => e.Message,
        KeyFileMissing missing => Say.Text("Fault.KeysMissing", missing.Path),
        KeysDoNotFit other => Say.Text("Fault.KeysOfAnother", other.Path),
        ProtectionKeysLost => Say.Text("Fault.ProtectionKeys"),
        SchemaChanged schema => Say.Text("Fault.Schema", schema.Migration),
        OperationCanceledException => Say.Text("Fault.Cancelled"),
        // EF wraps what it takes for passing
        DbException or DbUpdateException or SocketException or InvalidOperationException { InnerException: DbException } => Say.Text("Fault.Database", CodeOf(e)),
        FileNotFoundException or DirectoryNotFoundException => Say.Text("Fault.FileMissing", (e as FileNotFoundException)?.FileName ?? ""),
        UnauthorizedAccessException => Say.Text("Fault.FileForbidden"),
        OutOfMemoryException => Say.Text("Fault.Memory"),
        IOException => Say.Text("Fault.File"),
        _ => Say.Text("Fault.Unexpected", e.GetType().Name),
    };

    /// <summary>A code to look up: the servers' own sentences come in another language and may quote data.</summary>
    private static string CodeOf(Exception e) => e switch
    {
        Npgsql.PostgresException postgres => $"PostgreSQL {postgres.SqlState}",
        Microsoft.Data.Sqlite.SqliteException sqlite => $"SQLite {sqlite.SqliteExtendedErrorCode}",
        { InnerException: { } inner } => CodeOf(inner),
        SocketException socket => socket.SocketErrorCode.ToString(),
        _ => e.GetType().Name,
    };
}
