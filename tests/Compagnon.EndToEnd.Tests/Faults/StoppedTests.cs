using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.EndToEnd.Tests.Faults;

/// <summary>The machine is asked to stop while a clinician on a slow line is still sending: the form is taken in and answered, then the program ends, with nothing wrong.</summary>
public sealed class StoppedTests
{
    [Theory, InlineData(Db.Sqlite), InlineData(Db.PostgreSql)]
    public async Task AskedToStop_InTheMiddleOfAForm_ItFinishes(Db kind)
    {
        var database = await TestDatabases.NewAsync(kind);
        var folder = Directory.CreateTempSubdirectory("compagnon-stop-").FullName;
        await using (var program = await RunningProgram.StartAsync(database, Path.Combine(folder, "programme.keys")))
        {
            using var sophie = await program.EnterAsync("Sophie Tremblay");
            var page = await sophie.GetAsync("/orienter");
            var form = await RequestAsync(sophie, page);
            using var line = new TcpClient("localhost", program.Root.Port);
            await using var wire = line.GetStream();
            await wire.WriteAsync(form.AsMemory(0, form.Length - 100));
            await Task.Delay(500); // so that the program has begun to read
            var stopping = program.TerminateAsync();
            await Task.Delay(TimeSpan.FromSeconds(2));
            Assert.False(stopping.IsCompleted, "It did not wait for the form.");
            await wire.WriteAsync(form.AsMemory(form.Length - 100));
            var answer = await new StreamReader(wire, Encoding.Latin1).ReadToEndAsync();
            Assert.StartsWith("HTTP/1.1 302", answer, StringComparison.Ordinal);
            Assert.Contains($"{page.Address.AbsolutePath}/recue", answer, StringComparison.Ordinal);
            Assert.Equal(0, await stopping);
            var key = Guid.Parse(page.Address.Segments[^1]);
            await using var db = TestDatabases.Open(database);
            Assert.Equal(1, await db.Set<Referral>().CountAsync(r => r.Id == key));
        }
        await TestDatabases.DropAsync(database);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<byte[]> RequestAsync(Visitor sophie, Page page)
    {
        var body = Encoding.UTF8.GetBytes(await Visitor.BodyAsync(page, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Input.GivenName"] = "Odile", ["Input.Telephone"] = "514 555-0199", ["Input.Message"] = "oui", ["Input.Language"] = "fr", ["Input.Site"] = "Breast", ["Input.Moment"] = "InTreatment", ["Input.Agreed"] = "oui",
        }));
        var head = string.Create(CultureInfo.InvariantCulture,
            $"POST {page.Address.AbsolutePath} HTTP/1.1\r\nHost: {page.Address.Authority}\r\nCookie: {string.Join("; ", sophie.Cookies)}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n");
        return [.. Encoding.Latin1.GetBytes(head), .. body];
    }
}
