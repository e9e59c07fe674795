using System.Data.Common;
using Compagnon.App.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Compagnon.Benchmarks.Pages;

/// <summary>The baseline: a minimal endpoint that sends the very same commands to the same database, reads every value, and writes as many bytes. No rights, no words, no page.</summary>
internal static class Bare
{
    public static async Task<WebApplication> StartAsync(Database database, IReadOnlyList<Sent> commands, int bytes)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var body = new byte[bytes];
        Array.Fill(body, (byte)'x');
        app.MapGet("/bare", async (HttpContext http) =>
        {
            await using (var connection = await database.OpenAsync(http.RequestAborted))
                foreach (var sent in commands) await RunAsync(connection, sent, database.IsSqlite);
            http.Response.ContentType = "text/html; charset=utf-8";
            http.Response.ContentLength = body.Length;
            await http.Response.Body.WriteAsync(body);
        });
        await app.StartAsync();
        return app;
    }

    private static async Task RunAsync(DbConnection connection, Sent sent, bool sqlite)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sent.Sql;
        for (var i = 0; i < sent.Parameters.Count; i++) command.Parameters.Add(Copy(sent.Parameters[i], i == sent.NewId, sqlite));
        await using var reader = await command.ExecuteReaderAsync();
        do
        {
            while (await reader.ReadAsync())
                for (var i = 0; i < reader.FieldCount; i++) reader.GetValue(i);
        }
        while (await reader.NextResultAsync());
    }

    private static DbParameter Copy(DbParameter from, bool isNewId, bool sqlite)
    {
        DbParameter to = sqlite ? new SqliteParameter() : new NpgsqlParameter();
        to.ParameterName = from.ParameterName;
        if (from is NpgsqlParameter { NpgsqlDbType: var type } && to is NpgsqlParameter npgsql) npgsql.NpgsqlDbType = type;
        to.Value = !isNewId ? from.Value : sqlite ? Guid.CreateVersion7().ToString().ToUpperInvariant() : Guid.CreateVersion7();
        return to;
    }
}
