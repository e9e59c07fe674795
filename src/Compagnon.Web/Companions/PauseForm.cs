using Compagnon.App.Accompaniments;
using Compagnon.App.Companions;
using Compagnon.App.Privacy;
using Compagnon.Domain;
using Compagnon.Web.Access;
using Compagnon.Web.Forms;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Compagnon.Web.Companions;

/// <summary>Pausing, for the companion and for the coordinator whom they told on the telephone: the same choices, other words.</summary>
public abstract class PauseForm : FormPage<PauseForm.Fields>
{
    public static IReadOnlyList<string> Lengths { get; } = ["week", "month", "date", "open", "ill"];

    [Inject] protected Service Service { get; set; } = null!;
    [Inject] protected Setbacks Setbacks { get; set; } = null!;
    [Inject] protected Who Who { get; set; } = null!;
    [Inject] protected TimeProvider Clock { get; set; } = null!;
    [Inject] protected IStringLocalizer<Texts> T { get; set; } = null!;

    public CompanionFile? File { get; private set; }
    public DateOnly Today => F.Day(Clock.GetUtcNow().UtcDateTime);

    protected abstract Task<CompanionFile?> OpenAsync();
    /// <param name="done">"pause" or "revenue".</param>
    protected abstract string After(string done);

    protected sealed override async Task LoadAsync()
    {
        File = await OpenAsync();
        if (File is null) Navigation.NotFound();
    }

    protected sealed override async Task SaveAsync()
    {
        if (File is null) return;
        if (Typed(nameof(Fields.Do)) == "revenir")
        {
            Settle(await Service.ComeBackAsync(Who.Actor, File.CompanionId), "revenue");
            return;
        }
        var length = Text(nameof(Fields.For), T["Pause.Need"]);
        DateOnly? until = length switch
        {
            "week" => Today.AddDays(7),
            "month" => Today.AddMonths(1),
            "date" => Date(nameof(Fields.Until), T["Pause.Need.Date"]),
            _ => null,
        };
        if (Failed) return;
        Settle(length == "ill" ? await Setbacks.IllAgainAsync(Who.Actor, File.CompanionId) : await Service.PauseAsync(Who.Actor, File.CompanionId, until), "pause");
    }

    private void Settle(Outcome<Done> outcome, string done)
    {
        if (outcome.IsDone) Go(After(done));
        else if (outcome.Refusal is PauseInThePast) Refuse(nameof(Fields.Until), T["Pause.Past"]);
        else if (outcome.Refusal is PauseTooLong) Refuse(nameof(Fields.Until), T["Pause.TooLong"]);
        else Refuse("", T["Error.ChangedMeanwhile"]);
    }

    public sealed class Fields
    {
        public string? For { get; set; }
        public string? Do { get; set; }
        public DateText Until { get; set; } = new();
    }
}
