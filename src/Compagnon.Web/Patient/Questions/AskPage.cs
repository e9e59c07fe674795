using Compagnon.App.Referrals;
using Compagnon.Domain;
using Compagnon.Domain.Referrals;
using Compagnon.Web.Access;
using Compagnon.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace Compagnon.Web.Patient.Questions;

/// <summary>What the frame of a question needs to know of its page.</summary>
public interface IAsk : IForm
{
    IntakeView? View { get; }

    IntakePage Page { get; }

    string Title { get; }

    /// <summary>The mark of the answer that stood on the page when it was shown.</summary>
    string? Seen { get; }

    string BackHref { get; }

    bool FromCheck { get; }
}

/// <summary>Every question's input carries the mark of the answer it was shown with.</summary>
public abstract class AskFields
{
    public string? Seen { get; set; }
}

/// <summary>
/// One question a page: shows the answer so far, saves what was asked and nothing else, goes on to the next question or back to the page of all answers.
/// A page says its question, fills in, and reads.
/// </summary>
public abstract class AskPage<TInput> : FormPage<TInput>, IAsk
    where TInput : AskFields, new()
{
    [Parameter] public Guid ReferralId { get; set; }

    [SupplyParameterFromQuery(Name = "de")] public string? From { get; set; }

    [Inject] protected IntakeJourney Journey { get; set; } = null!;

    [Inject] protected Who Who { get; set; } = null!;

    [Inject] protected PatientWords Words { get; set; } = null!;

    [Inject] private App.Access.SessionCache Sessions { get; set; } = null!;

    public IntakeView? View { get; private set; }

    public abstract IntakePage Page { get; }

    public virtual string Title => Say($"{Page}.Title");

    public string? Seen => Input.Seen;

    public bool FromCheck => From == Addresses.FromCheck;

    public virtual string BackHref => FromCheck ? Addresses.Of(ReferralId, IntakePage.Check) : View?.Before(Page) is { } before ? Addresses.Of(ReferralId, before) : HomeHref;

    protected bool OnBehalf => View?.OnBehalf is true;

    private string HomeHref => OnBehalf ? $"/demandes/{ReferralId}" : "/mon-espace";

    protected string Say(string key, params object[] values) => Words.Say(OnBehalf, key, values);

    protected string? Hint(string key) => Words.SayIfAny(OnBehalf, key);

    protected sealed override async Task LoadAsync()
    {
        View = await Journey.ShowAsync(Who.Actor, ReferralId, Http.RequestAborted);
        if (View is null) Navigation.NotFound();
        else if (!View.IsOpen) Go(HomeHref);
        else await LoadMoreAsync();
    }

    protected virtual Task LoadMoreAsync() => Task.CompletedTask;

    protected sealed override Task PrefillAsync()
    {
        if (View is null) return Task.CompletedTask;
        Input.Seen = View.MarkOf(Page);
        Fill(View);
        return Task.CompletedTask;
    }

    protected abstract void Fill(IntakeView view);

    /// <summary>The answer as typed; null or a refusal saves nothing.</summary>
    protected abstract IntakePart? Read(IntakeView view);

    protected virtual string NextHref(IntakeView saved) => Addresses.Of(ReferralId, FromCheck ? IntakePage.Check : saved.After(Page));

    protected override async Task SaveAsync()
    {
        if (View is not { IsOpen: true } || Read(View) is not { } part || Failed) return;
        var saved = await Journey.SaveAsync(Who.Actor, new SaveAnswer { ReferralId = ReferralId, Part = part, Seen = Input.Seen }, Http.RequestAborted);
        switch (saved.Refusal)
        {
            case null:
                // the frame of the next page shows the hospital they chose, and its number
                if (Page is IntakePage.Place && SignIns.Of(Http) is { } session) Sessions.Forget(session.SessionId);
                Go(NextHref(saved.Value));
                break;
            case AnswerChanged changed:
                // what was typed stays; sent again, it counts
                View = changed.Now;
                Input.Seen = View.MarkOf(Page);
                var now = Words.Answer(View, Page);
                Refuse("", now.Count == 0 ? Say("ChangedToNothing") : Say("Changed", F.List(now)));
                break;
            case Invalid invalid:
                foreach (var (field, error) in invalid.Errors) Refuse(field, Say($"Error.{error}"));
                break;
            default:
                Refuse("", Say("NotSaved"));
                break;
        }
    }
}
