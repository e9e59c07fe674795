using Compagnon.App.Access;
using Compagnon.Domain;
using Microsoft.Extensions.Localization;

namespace Compagnon.Web.Access;

/// <summary>
/// Pages of use cases that ask for the one-time code once more: <c>&lt;CodeAgainField /&gt;</c> shows the field, the use case is given <c>Input.Code</c>, and what it answers is said
/// beside the field: <c>if (Again.WhyNot(outcome.Refusal) is { } why) Refuse(nameof(Fields.Code), why);</c>
/// </summary>
public sealed class CodeAgain(Reauthentication again, Who who, IStringLocalizer<Texts> texts)
{
    public Task<bool> IsNeededAsync() => again.IsNeededAsync(who.Actor);

    /// <summary>Null: the refusal, if there is one, is about something else.</summary>
    public string? WhyNot(Refusal? refusal) => refusal switch
    {
        CodeNeeded => texts["Code.Need"].Value,
        CodeWrong => texts["Code.Wrong"].Value,
        _ => null,
    };
}
