using System.Text.Json;
using Microsoft.Playwright;

namespace Compagnon.EndToEnd.Tests.Budgets;

/// <summary>One answer as it came over the wire: its bytes with headers, compressed as they were sent.</summary>
internal sealed record Answer(string Address, string Type, long Bytes, string Encoding, bool FromCache);

/// <summary>Listens to a page's network as the browser itself counts it.</summary>
internal sealed class Wire
{
    private readonly Dictionary<string, Answer> answers = new(StringComparer.Ordinal);
    private readonly List<Answer> redirects = [];
    private readonly ICDPSession session;

    private Wire(ICDPSession session) => this.session = session;

    public IReadOnlyList<Answer> Answers => [.. redirects, .. answers.Values];

    public static async Task<Wire> OnAsync(IPage page)
    {
        var wire = new Wire(await page.Context.NewCDPSessionAsync(page));
        wire.On("Network.requestWillBeSent", wire.Asked);
        wire.On("Network.responseReceived", wire.Answered);
        wire.On("Network.requestServedFromCache", e => wire.Change(e, a => a with { FromCache = true }));
        wire.On("Network.loadingFinished", e => wire.Change(e, a => a with { Bytes = e.GetProperty("encodedDataLength").GetInt64() }));
        await wire.session.SendAsync("Network.enable");
        return wire;
    }

    public Task CacheAsync(bool on) => SendAsync("Network.setCacheDisabled", ("cacheDisabled", !on));

    /// <summary>Kilobits a second, and milliseconds until the first byte of each answer; 0 takes the limits away.</summary>
    public Task SlowAsync(double kilobits, double latency) => SendAsync("Network.emulateNetworkConditions", ("offline", false), ("latency", latency), ("downloadThroughput", kilobits > 0 ? kilobits * 125 : -1), ("uploadThroughput", kilobits > 0 ? kilobits * 125 : -1));

    public Task SlowProcessorAsync(double times) => SendAsync("Emulation.setCPUThrottlingRate", ("rate", times));

    public void Forget()
    {
        answers.Clear();
        redirects.Clear();
    }

    private Task SendAsync(string method, params (string Name, object Value)[] values) => session.SendAsync(method, values.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal));

    private void On(string name, Action<JsonElement> act) => session.Event(name).OnEvent += (_, e) => act(e!.Value);

    private void Asked(JsonElement e)
    {
        var id = e.GetProperty("requestId").GetString()!;
        if (e.TryGetProperty("redirectResponse", out var response)) redirects.Add(new Answer(response.GetProperty("url").GetString()!, "Redirect", response.GetProperty("encodedDataLength").GetInt64(), "", FromCache: false));
        answers[id] = new Answer(e.GetProperty("request").GetProperty("url").GetString()!, e.GetProperty("type").GetString()!, 0, "", FromCache: false);
    }

    private void Answered(JsonElement e) => Change(e, a =>
    {
        var headers = e.GetProperty("response").GetProperty("headers");
        var encoding = headers.EnumerateObject().FirstOrDefault(h => h.Name.Equals("content-encoding", StringComparison.OrdinalIgnoreCase));
        return a with { Type = e.GetProperty("type").GetString()!, Encoding = encoding.Value.ValueKind is JsonValueKind.String ? encoding.Value.GetString()! : "" };
    });

    private void Change(JsonElement e, Func<Answer, Answer> change)
    {
        if (answers.TryGetValue(e.GetProperty("requestId").GetString()!, out var known)) answers[e.GetProperty("requestId").GetString()!] = change(known);
    }
}
