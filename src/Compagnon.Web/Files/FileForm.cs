using Compagnon.App.Accompaniments;
using Compagnon.App.Day;
using Compagnon.App.Referrals;
using Compagnon.Domain;
using Compagnon.Domain.Referrals;
using Compagnon.Web.Access;
using Compagnon.Web.Forms;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Compagnon.Web.Files;

/// <summary>A page that does one thing on one file. The file is opened, and the read recorded, before anything shows; without it there is no page.</summary>
public abstract class FileForm<TInput> : FormPage<TInput>
    where TInput : class, new()
{
    [Parameter] public Guid FileId { get; set; }

    [Inject] protected FileQuery Files { get; set; } = null!;

    [Inject] protected Who Who { get; set; } = null!;

    [Inject] protected IStringLocalizer<Texts> T { get; set; } = null!;

    protected FileView? View { get; private set; }

    protected string Name => View is null ? "" : FileWords.NameOf(View);

    protected string Href => $"/demandes/{FileId}";

    /// <summary>Only a request that is open has this page; of one that has ended the file says so. What was typed in the meantime is refused where it stands.</summary>
    protected virtual bool OnlyWhileOpen => true;

    protected sealed override async Task LoadAsync()
    {
        View = await Files.OpenAsync(Who.Actor, FileId);
        if (View is null) Navigation.NotFound();
        else if (OnlyWhileOpen && !Posted && !ReferralState.IsOpen(View.Referral)) Go($"{Href}?fait=terminee");
        else await ReadyAsync(View);
    }

    protected sealed override Task SaveAsync() => View is null ? Task.CompletedTask : ActAsync(View);

    protected virtual Task ReadyAsync(FileView view) => Task.CompletedTask;

    protected abstract Task ActAsync(FileView view);

    /// <summary>Done: back to the file, which says what was done. Refused: here again, with what was typed.</summary>
    protected void Settle<TValue>(Outcome<TValue> outcome, string done)
    {
        if (outcome.IsDone)
        {
            Go($"{Href}?fait={done}");
            return;
        }
        switch (outcome.Refusal)
        {
            case Invalid invalid:
                foreach (var (field, error) in invalid.Errors) Refuse(field, T[$"Error.{field}.{error}"]);
                break;
            case RemindedAlready already: Refuse("", T["Refused.RemindedAlready", F.When(already.At)]); break;
            case FileIsClosed: Refuse("", T["Refused.FileIsClosed"]); break;
            case NoAddress: Refuse("", T["Refused.NoAddress"]); break;
            case ChangedMeanwhile: Refuse("", T["Refused.ChangedMeanwhile"]); break;
            default: Refuse("", T["Refused.NotThere"]); break;
        }
    }
}
