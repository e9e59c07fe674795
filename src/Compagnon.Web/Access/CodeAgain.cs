using Compagnon.App.Access;
using Microsoft.Extensions.Localization;

namespace Compagnon.Web.Access;

/// <summary>
/// Asks for the one-time code once more, on pages that open doors or do what cannot be undone: <c>&lt;CodeAgainField /&gt;</c>, and, when all else that was typed is right,
/// <c>if (await Again.WhyNotAsync(Input.Code) is { } why) Refuse(nameof(Fields.Code), why);</c>
/// </summary>
public sealed class CodeAgain(Reauthentication again, Who who, IStringLocalizer<Texts> texts)
{
    public Task<bool> IsNeededAsync() => again.IsNeededAsync(who.Actor);

    /// <summary>Null: proved, or not needed. Otherwise what to say beside the field.</summary>
    public async Task<string?> WhyNotAsync(string? code)
    {
        if (!await IsNeededAsync()) return null;
        if (string.IsNullOrWhiteSpace(code)) return texts["Code.Need"];
        return await again.IsProvedAsync(who.Actor, code.Trim()) ? null : texts["Code.Wrong"].Value;
    }
}
