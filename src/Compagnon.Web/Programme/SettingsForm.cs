using System.Globalization;
using Compagnon.App.Programme;
using Compagnon.Domain;
using Compagnon.Web.Access;
using Compagnon.Web.Forms;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Compagnon.Web.Programme;

/// <summary>What every page of settings posts beside its own fields: the version it showed.</summary>
public abstract class VersionedFields
{
    public string? Version { get; set; }
}

/// <summary>A part of the settings. Who saves second is told, sees what stands now, and loses nothing of what they typed.</summary>
public abstract class SettingsForm<TInput> : FormPage<TInput>
    where TInput : VersionedFields, new()
{
    [Inject] protected ChangeSettings Settings { get; set; } = null!;

    [Inject] private App.Access.SessionCache Sessions { get; set; } = null!;
    [Inject] protected Who Who { get; set; } = null!;

    [Inject] protected IStringLocalizer<Texts> T { get; set; } = null!;

    protected SettingsView View { get; private set; } = null!;

    /// <summary>Somebody was faster: <see cref="View"/> is what they saved.</summary>
    protected bool Moved { get; private set; }

    protected int Version => int.TryParse(Input.Version, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1;

    protected sealed override async Task LoadAsync() => View = await Settings.ShowAsync(Who.Actor);

    protected sealed override Task PrefillAsync()
    {
        Input.Version = View.Settings.Version.ToString(CultureInfo.InvariantCulture);
        Fill(View);
        return Task.CompletedTask;
    }

    protected abstract void Fill(SettingsView view);

    protected void Settle(Outcome<Done> outcome)
    {
        if (outcome.IsDone)
        {
            // the frame of the next page shows what was just set
            if (SignIns.Of(Http) is { } session) Sessions.Forget(session.SessionId);
            Go("/reglages?fait=oui");
            return;
        }
        if (outcome.Refusal is not SettingsMoved moved) throw new InvalidOperationException($"Refused: {outcome.Refusal}");
        Moved = true;
        // saving again is a decision to write over what is shown beside
        Input.Version = moved.Version.ToString(CultureInfo.InvariantCulture);
        Refuse("", T["Moved"]);
    }
}
