using Compagnon.App.Matching;
using Compagnon.Domain.Matching;
using Compagnon.Web.Access;
using Compagnon.Web.Forms;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Compagnon.Web.Matching;

/// <summary>Choosing, for the patient and for the coordinator who writes it down on their behalf: the same page, other addresses.</summary>
public abstract class ChooseForm : FormPage<ChooseForm.Fields>
{
    public const string ForMe = "pour-moi";
    public const string Others = "autres";
    public const string Knows = "connais:";

    [Inject] protected Choices Choices { get; set; } = null!;

    [Inject] protected ChooseCompanion Choosing { get; set; } = null!;

    [Inject] protected MatchWords M { get; set; } = null!;

    [Inject] protected Who Who { get; set; } = null!;

    [Inject] protected IStringLocalizer<Texts> T { get; set; } = null!;

    public ChoiceView? View { get; private set; }

    /// <summary>Whose words the page uses: « Avec qui aimeriez-vous parler ? » or « Avec qui Nadia aimerait-elle parler ? ».</summary>
    public abstract bool OnBehalf { get; }

    protected abstract Guid Referral { get; }

    protected abstract string After(ChoiceView view, bool chosen);

    protected override async Task LoadAsync()
    {
        View = await Choices.ShowAsync(Who.Actor, Referral);
        if (View is null) Navigation.NotFound();
        else if (View.Chosen is not null && !Posted) Go(After(View, chosen: true));
    }

    protected override async Task SaveAsync()
    {
        if (View is null) return;
        var typed = Text(nameof(Fields.Person), T["Choose.Need"]);
        if (Failed) return;
        var command = typed switch
        {
            ForMe => new ChooseCommand { ReferralId = View.ReferralId, Choosing = App.Matching.Choosing.ForMe },
            Others => new ChooseCommand { ReferralId = View.ReferralId, Choosing = App.Matching.Choosing.None },
            _ when typed.StartsWith(Knows, StringComparison.Ordinal) && Guid.TryParse(typed[Knows.Length..], out var known) =>
                new ChooseCommand { ReferralId = View.ReferralId, Choosing = App.Matching.Choosing.MayKnow, ProposalId = known },
            _ => new ChooseCommand { ReferralId = View.ReferralId, Choosing = App.Matching.Choosing.This, ProposalId = Guid.TryParse(typed, out var id) ? id : null },
        };
        var outcome = await Choosing.ChooseAsync(Who.Actor, command);
        if (outcome.IsDone || outcome.Refusal is AlreadyChosen) Go(After(View, chosen: !outcome.IsDone || outcome.Value.ProposalId is not null));
        else Refuse("", M.Refused(outcome.Refusal!, _ => ""));
    }

    public sealed class Fields
    {
        public string? Person { get; set; }
    }
}
