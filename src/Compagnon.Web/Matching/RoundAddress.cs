using System.Buffers.Text;
using System.Globalization;
using Compagnon.App.Matching;
using Compagnon.Domain;
using Compagnon.Domain.Matching;

namespace Compagnon.Web.Matching;

/// <summary>What has been decided about a round, in the address of its page: no script, no state on the server, and Back takes the last decision back.</summary>
public static class RoundAddress
{
    public const string Path = "/jumelages/tour";

    /// <summary>So that an address stays one that every browser and proxy takes.</summary>
    public const int Most = 30;

    public const string Keep = "garder", Unkeep = "liberer", SetAside = "ecarter", PutBack = "remettre";

    private const char Between = '.';
    private const int PairBytes = 32;

    public static RoundDecisions Read(string? held, string? forbidden) => new(Pairs(held), Pairs(forbidden));

    /// <summary>The lines that were ticked before something else was decided.</summary>
    public static IReadOnlyList<RoundPair> Ticked(string? text) => Pairs(text);

    /// <summary>A button beside a line, or beside one that was set aside: what is decided, where the page shows it, and what stays ticked.</summary>
    /// <returns>Nothing where there is no such button.</returns>
    public static string? Deciding(string button, RoundDecisions decisions, int page, IReadOnlyList<RoundPair> ticked)
    {
        if (button.Split(Between) is not [var what, var token] || PairOf(token) is not { } pair) return null;
        IReadOnlyList<RoundPair> held = [.. decisions.Fixed.Where(p => p != pair)], aside = [.. decisions.Forbidden.Where(p => p != pair)];
        return what switch
        {
            Keep => Of(decisions with { Fixed = [.. held, pair] }, page, ticked) + "#l-" + token,
            Unkeep => Of(decisions with { Fixed = held }, page, ticked) + "#l-" + token,
            SetAside => Of(new RoundDecisions(held, [.. aside, pair]), page, [.. ticked.Where(p => p != pair)]) + "#lignes",
            PutBack => Of(decisions with { Forbidden = aside }, page, ticked) + "#lignes",
            _ => null,
        };
    }

    /// <summary>What a button that decides about a pair sends.</summary>
    public static string Button(string what, RoundPair pair) => what + Between + TokenOf(pair);

    /// <param name="ticked">Lines that are ticked, and stay so.</param>
    public static string Of(RoundDecisions decisions, int page, IReadOnlyList<RoundPair>? ticked = null)
    {
        List<string> query = [];
        if (decisions.Fixed.Count > 0) query.Add($"garde={List(decisions.Fixed)}");
        if (decisions.Forbidden.Count > 0) query.Add($"ecarte={List(decisions.Forbidden)}");
        if (ticked?.Count > 0) query.Add($"coche={List(ticked)}");
        if (page > 1) query.Add(string.Create(CultureInfo.InvariantCulture, $"page={page}"));
        return query.Count == 0 ? Path : $"{Path}?{string.Join('&', query)}";
    }

    /// <summary>After lines were accepted: how many companions were asked, and which lines were not taken, and why.</summary>
    public static string After(RoundDecisions decisions, IReadOnlyList<AcceptedLine> results)
    {
        var address = Of(decisions with { Fixed = [.. decisions.Fixed.Except(results.Where(r => r.Refusal is null).Select(r => r.Pair))] }, 1);
        var refused = string.Join(Between, results.Where(r => r.Refusal is not null).Take(Most).Select(r => TokenOf(r.Pair) + '~' + CodeOf(r.Refusal!)));
        return string.Create(CultureInfo.InvariantCulture, $"{address}{(address == Path ? '?' : '&')}faits={results.Count(r => r.Refusal is null)}{(refused.Length > 0 ? "&refus=" + refused : "")}");
    }

    public static IReadOnlyList<(RoundPair Pair, string Code)> Refused(string? text) =>
    [
        .. (text ?? "").Split(Between, StringSplitOptions.RemoveEmptyEntries).Take(Most).Select(t => t.Split('~')).Where(t => t.Length == 2 && Codes.Contains(t[1], StringComparer.Ordinal))
            .Select(t => (Pair: PairOf(t[0]), Code: t[1])).Where(t => t.Pair is not null).Select(t => (t.Pair!.Value, t.Code)),
    ];

    public static string TokenOf(RoundPair pair)
    {
        Span<byte> bytes = stackalloc byte[PairBytes];
        pair.ReferralId.TryWriteBytes(bytes);
        pair.CompanionId.TryWriteBytes(bytes[16..]);
        return Base64Url.EncodeToString(bytes);
    }

    public static RoundPair? PairOf(string token)
    {
        Span<byte> bytes = stackalloc byte[PairBytes];
        return Base64Url.IsValid(token, out var length) && length == PairBytes && Base64Url.TryDecodeFromChars(token, bytes, out _)
            ? new RoundPair(new Guid(bytes[..16]), new Guid(bytes[16..])) : null;
    }

    private static readonly string[] Codes = ["Full", "Already", "NotEligible", "OneAtATime", "Choosing", "NotYet", "Plan", "Changed"];

    /// <summary>The key of the sentence that says it.</summary>
    private static string CodeOf(Refusal refusal) => refusal switch
    {
        CompanionAtCapacity => "Full",
        AlreadyProposed => "Already",
        NotEligible => "NotEligible",
        TooManyAtOnce => "OneAtATime",
        PatientIsChoosing => "Choosing",
        MayNotBeProposed => "NotYet",
        LeftThePlan => "Plan",
        _ => "Changed",
    };

    private static IReadOnlyList<RoundPair> Pairs(string? text) => [.. (text ?? "").Split(Between, StringSplitOptions.RemoveEmptyEntries).Take(Most).Select(PairOf).OfType<RoundPair>().Distinct()];

    private static string List(IReadOnlyList<RoundPair> pairs) => string.Join(Between, pairs.Select(TokenOf));
}
