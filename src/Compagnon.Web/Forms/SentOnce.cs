using System.Collections.Concurrent;
using Compagnon.App.Access;
using Compagnon.App.Data;
using Compagnon.Domain.Access;

namespace Compagnon.Web.Forms;

/// <summary>
/// A second click, a page sent anew after a lost answer, Back to the form: done once, and whoever comes second is led to where the first was led. What was changed
/// in between is another post, and the use case decides as ever. Pages know nothing of it: <see cref="PostedForm"/> has the receipt written with what the form did.
/// </summary>
internal sealed class SentOnce(RequestDelegate next, Turns turns)
{
    /// <summary>Says that it was received before, where more is not known.</summary>
    public const string Received = "/deja-recu";

    public async Task InvokeAsync(HttpContext http, Receipts receipts, PostedForm form)
    {
        if (FormKey.AddressWithKey(http) is { } withKey)
        {
            http.Response.Redirect(withKey);
            return;
        }
        if (FormKey.MarksOf(http) is not { } marks)
        {
            await next(http);
            return;
        }
        using var turn = await turns.TakeAsync(marks.Id, http.RequestAborted);
        if (await receipts.FindAsync(marks.Id, http.RequestAborted) is { } known)
        {
            LeadOn(http, known);
            return;
        }
        form.Marks = marks;
        try
        {
            await next(http);
        }
        catch (DoneAlready)
        {
            // on another node, in the same moment
            LeadOn(http, await receipts.FindAsync(marks.Id, http.RequestAborted));
            return;
        }
        if (!form.IsDone) return;
        if (LedTo(http.Response) is { } address) await receipts.LeadsToAsync(marks.Id, marks.FormId, address);
        else await receipts.TakeBackAsync(marks.Id);
    }

    private static string? LedTo(HttpResponse response) => response.StatusCode is StatusCodes.Status302Found ? Inside(response.Headers.Location.ToString()) : null;

    private static void LeadOn(HttpContext http, Receipt? receipt) => http.Response.Redirect(receipt?.LeadsTo ?? Received);

    /// <summary>Without the host: the answer to the second may go out under another name.</summary>
    internal static string? Inside(string location) => location is not { Length: > 0 } ? null
        // a path alone would pass for a file's
        : location[0] != '/' && Uri.TryCreate(location, UriKind.Absolute, out var whole) ? whole.PathAndQuery + whole.Fragment : location;
}

/// <summary>The same post waits in this program until the first is through; a node beside this one is met in the database.</summary>
internal sealed class Turns
{
    private readonly ConcurrentDictionary<Guid, Task> underWay = new();

    public async Task<IDisposable> TakeAsync(Guid id, CancellationToken stop)
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        while (underWay.GetOrAdd(id, mine.Task) is var first && first != mine.Task) await first.WaitAsync(stop);
        return new Turn(() =>
        {
            underWay.TryRemove(id, out _);
            mine.SetResult();
        });
    }

    private sealed class Turn(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
