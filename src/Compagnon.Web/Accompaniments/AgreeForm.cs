using Compagnon.App.Accompaniments;
using Compagnon.Domain;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Web.Access;
using Compagnon.Web.Components;
using Compagnon.Web.Forms;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Compagnon.Web.Accompaniments;

/// <summary>The agreement, for the patient and for the coordinator who completes it: the same questions, other addresses.</summary>
public abstract class AgreeForm : FormPage<AgreeForm.Fields>
{
    [Inject] protected AccompanimentBoard Board { get; set; } = null!;

    [Inject] protected AgreeOn Agree { get; set; } = null!;

    [Inject] protected Who Who { get; set; } = null!;

    [Inject] protected IStringLocalizer<AgreeTexts> T { get; set; } = null!;

    [Parameter] public Guid ReferralId { get; set; }

    public AgreementView? View { get; private set; }

    public abstract bool OnBehalf { get; }

    protected abstract string After(Guid accompanimentId);

    /// <summary>Only what this companion does, and what the programme allows.</summary>
    public IReadOnlyList<Option> FirstContacts => W.Options<FirstContact>(View is { NumberMayBeShown: true } ? Enum.GetValues<FirstContact>() : [FirstContact.ThreeWayCall, FirstContact.Room]);

    public IReadOnlyList<Option> Channels => W.Options<Channel>(View is { Channels.Count: > 0 } v ? [.. v.Channels.Distinct()] : [Channel.Telephone]);

    protected override async Task LoadAsync()
    {
        View = await Board.AgreementAsync(Who.Actor, ReferralId);
        if (View is null) Navigation.NotFound();
    }

    protected override Task PrefillAsync()
    {
        var agreed = View?.Agreement;
        Input.Name = agreed?.PatientPseudonym ?? Anonymity.OnlyGiven(View?.GivenName);
        Input.Rhythm = (agreed?.Rhythm ?? Rhythm.AsNeeded).ToString();
        // nothing is chosen for them that they did not ask for
        var channel = agreed?.Channel ?? View?.Wanted;
        Input.Channel = channel?.ToString();
        Input.Months = agreed?.Months?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "";
        Input.First = (agreed?.FirstContact ?? FirstBy(channel))?.ToString();
        Input.Room = agreed?.Room;
        if (agreed?.PlannedAt is { } at)
        {
            Input.Day = DateText.From(F.Day(at));
            Input.Time = Words.Formats.Time(TimeOnly.FromDateTime(F.Local(at)));
        }
        return Task.CompletedTask;
    }

    protected override async Task SaveAsync()
    {
        if (View is null) return;
        var agreement = new Agreement
        {
            PatientPseudonym = Text(nameof(Fields.Name), T["Need.Name"], AgreeOn.LongestPseudonym), Rhythm = Choice<Rhythm>(nameof(Fields.Rhythm), T["Need.Rhythm"]),
            Channel = Choice<Channel>(nameof(Fields.Channel), T["Need.Channel"]), Months = OptionalWhole(nameof(Fields.Months), 1, 24),
            FirstContact = Choice<FirstContact>(nameof(Fields.First), T["Need.First"]),
            PlannedAt = OnBehalf ? Planned() : View.Agreement?.PlannedAt, Room = OnBehalf ? OptionalText(nameof(Fields.Room), 100) : View.Agreement?.Room,
        };
        if (Failed) return;
        var command = new AgreeCommand { ReferralId = ReferralId, Agreement = agreement, NumberConsent = Ticked(nameof(Fields.Number)) };
        var outcome = View.AccompanimentId is null ? await Agree.AgreeAsync(Who.Actor, command) : await Agree.ChangeAsync(Who.Actor, command);
        switch (outcome.Refusal)
        {
            case null: Go(After(outcome.Value)); break;
            case AlreadyAgreed already: Go(After(already.AccompanimentId)); break;
            case Invalid invalid when invalid.Errors.ContainsKey(nameof(Agreement.PatientPseudonym)): Refuse(nameof(Fields.Name), T[$"Error.Name.{invalid.Errors[nameof(Agreement.PatientPseudonym)]}"]); break;
            case NumberNotShown: Refuse(nameof(Fields.Number), T["Need.Number"]); break;
            case NobodyChosen or AlreadyEnded: Refuse("", T["Refused.Nobody"]); break;
            default: Refuse("", T["Refused.Changed"]); break;
        }
    }

    /// <summary>The first conversation in the way they want to talk; there is none by video yet.</summary>
    private static FirstContact? FirstBy(Channel? channel) => channel switch
    {
        Channel.Telephone => FirstContact.ThreeWayCall,
        Channel.InPerson => FirstContact.Room,
        Channel.Video or null => null,
    };

    private DateTime? Planned()
    {
        var (day, time) = (OptionalDate(nameof(Fields.Day)), OptionalTime(nameof(Fields.Time)));
        if (day is null && time is null) return null;
        if (day is null) Refuse(nameof(Fields.Day), T["Need.Day"]);
        if (time is null) Refuse(nameof(Fields.Time), T["Need.Time"]);
        return day is null || time is null ? null : F.Utc(day.Value, time.Value);
    }

    public sealed class Fields
    {
        public string? Name { get; set; }
        public string? Rhythm { get; set; }
        public string? Channel { get; set; }
        public string? Months { get; set; }
        public string? First { get; set; }
        public string? Number { get; set; }
        public DateText Day { get; set; } = new();
        public string? Time { get; set; }
        public string? Room { get; set; }
    }
}
