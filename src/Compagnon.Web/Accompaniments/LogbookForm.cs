using System.Globalization;
using Compagnon.App.Accompaniments;
using Compagnon.App.Privacy;
using Compagnon.Domain;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Programme;
using Compagnon.Web.Access;
using Compagnon.Web.Forms;
using Compagnon.Web.Words;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Compagnon.Web.Accompaniments;

/// <summary>Loads, keeps and reads an entry: what stands behind the logbook's page.</summary>
public abstract class LogbookForm : FormPage<LogbookFields>
{
    [Inject] protected IStringLocalizer<Texts> T { get; set; } = null!;

    [Inject] protected Logbooks Logbooks { get; set; } = null!;

    [Inject] protected Who Who { get; set; } = null!;

    [Inject] protected TimeProvider Clock { get; set; } = null!;

    [Parameter] public Guid AccompanimentId { get; set; }

    /// <summary>The conversation's id: known, or the key of a new one.</summary>
    [Parameter] public Guid? Key { get; set; }

    protected LogbookFile? Book { get; private set; }

    protected LogbookLine? Line { get; private set; }

    protected DateTime? DraftKeptAt { get; private set; }

    protected bool IsClosed => Line is { } line && !Logbook.MayBeWritten(line.Conversation, line.Entry, Clock.GetUtcNow().UtcDateTime);

    /// <summary>The coordinator corrected when and how they talked: it is shown, and no longer asked.</summary>
    protected Conversation? Corrected => Line?.Conversation is { CorrectedAt: not null } conversation ? conversation : null;

    protected string Name => Book?.Accompaniment.Agreement.PatientPseudonym ?? T["NoName"];

    protected override async Task LoadAsync()
    {
        Book = await Logbooks.OpenAsync(Who.Actor, AccompanimentId);
        if (Book is null) Navigation.NotFound();
        else if (Key is null) Go($"/journal/{AccompanimentId}/{Guid.CreateVersion7()}");
        Line = Book?.Lines.FirstOrDefault(l => l.Conversation.Id == Key);
    }

    protected override async Task PrefillAsync()
    {
        if (Book is null || Key is null) return;
        if (Line?.Entry is null && await Logbooks.DraftAsync(Who.Actor, AccompanimentId) is var (typed, keptAt) && LogbookFields.FromDraft(typed) is { } draft)
        {
            (Input, DraftKeptAt) = (draft, keptAt);
            return;
        }
        var at = F.Local(Line?.Conversation.HeldAt ?? Expected());
        (Input.On, Input.At) = (DateText.From(DateOnly.FromDateTime(at)), Formats.Time(new TimeOnly(at.Hour, Line is null ? at.Minute / 15 * 15 : at.Minute)).Replace('\u00a0', ' '));
        Input.Channel = (Line?.Conversation.Channel ?? Book.Accompaniment.Agreement.Channel).ToString();
        if (Line is null) return;
        (Input.Together, Input.Minutes) = (Line.Conversation.BothTookPart ? "oui" : "non", Line.Conversation.Minutes.ToString(CultureInfo.InvariantCulture));
        if (Line.Entry is not { } entry) return;
        foreach (var activity in entry.Activities) Input.Of(Logbook.KindOf(activity)).Add(activity.ToString());
        (Input.Seemed, Input.HowAreYou, Input.Reflection, Input.NextNote) = (entry.Seemed.ToString(), entry.HowAreYou.ToString(), Line.Reflection, Line.NextNote);
        (Input.Share, Input.NextOn) = (entry.ReflectionIsPrivate ? null : "oui", DateText.From(entry.NextOn));
    }

    protected override async Task SaveAsync()
    {
        if (Book is null || Key is not { } key) return;
        if (Input.Do == "brouillon")
        {
            await KeepAsync(key);
            return;
        }
        var command = Read(key);
        if (Failed) return;
        var outcome = await Logbooks.WriteAsync(Who.Actor, command);
        if (outcome.Refusal is not { } refusal) Go(command.HowAreYou is HowAreYou.CallMe && Line?.Entry?.CalledBackAt is null ? "/accueil-pa?fait=appel" : Line?.Entry is null ? "/accueil-pa?fait=journal" : $"/journal/{AccompanimentId}?fait=corrige");
        else if (refusal is Invalid invalid)
            foreach (var (field, error) in invalid.Errors) Refuse(field is "HeldAt" ? nameof(Input.On) : field, T[$"Error.{field}.{error}"]);
        else Refuse("", T[$"Error.{refusal.GetType().Name}"]);
    }

    /// <summary>What was planned, while nothing has been written; otherwise now.</summary>
    private DateTime Expected()
    {
        var now = Clock.GetUtcNow().UtcDateTime;
        return Book is { Lines.Count: 0 } && Book.Accompaniment.Agreement.PlannedAt is { } planned && planned < now ? planned : now;
    }

    private async Task KeepAsync(Guid key)
    {
        Input.Do = null;
        var outcome = await Logbooks.KeepDraftAsync(Who.Actor, AccompanimentId, Input.ToDraft());
        if (outcome.IsDone) Go($"/journal/{AccompanimentId}/{key}");
        else Refuse("", T["Error.ChangedMeanwhile"]);
    }

    private LogbookCommand Read(Guid key)
    {
        var held = Corrected is { } corrected ? Held.Of(corrected) : ReadHeld();
        var activities = Enum.GetValues<Support>().SelectMany(kind => Choices<Activity>(kind.ToString())).ToList();
        // a call that nobody answered says nothing of how the other person was
        var seemed = OptionalChoice<Seemed>(nameof(Input.Seemed));
        if (held.BothTookPart && seemed is null) Refuse(nameof(Input.Seemed), T["Need.Seemed", Name]);
        var reflection = OptionalText(nameof(Input.Reflection), Logbooks.LongestText);
        var howAreYou = Choice<HowAreYou>(nameof(Input.HowAreYou), T["Need.HowAreYou"]);
        return new LogbookCommand
        {
            AccompanimentId = AccompanimentId, ConversationId = key, HeldAt = held.At, Channel = held.Channel, Minutes = held.Minutes, BothTookPart = held.BothTookPart, Activities = activities,
            Seemed = seemed ?? Seemed.NotKnown, Reflection = reflection, ShareReflection = Ticked(nameof(Input.Share)), HowAreYou = howAreYou,
            NextOn = OptionalDate(nameof(Input.NextOn)), NextNote = OptionalText(nameof(Input.NextNote), 500),
        };
    }

    private Held ReadHeld()
    {
        var on = Date(nameof(Input.On), T["Need.On"]);
        var at = Time(nameof(Input.At), T["Need.At"]);
        var channel = Choice<Channel>(nameof(Input.Channel), T["Need.Channel"]);
        var together = YesOrNo(nameof(Input.Together), T["Need.Together"]);
        var minutes = together ? Whole(nameof(Input.Minutes), T["Need.Minutes"], 1, Logbook.LongestMinutes) : OptionalWhole(nameof(Input.Minutes), 0, Logbook.LongestMinutes) ?? 0;
        return new Held(F.Utc(on, at), channel, minutes, together);
    }
}
