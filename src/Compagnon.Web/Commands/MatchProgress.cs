namespace Compagnon.Web.Commands;

/// <summary>How far a long solve has come, on the error output every two seconds, so that what a program reads stays clean.</summary>
internal sealed class MatchProgress : IProgress<double>, IDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    private readonly Timer timer;
    private double share = -1;

    public MatchProgress() => timer = new Timer(_ => Tell(), state: null, Pace, Pace);

    public void Report(double value) => Volatile.Write(ref share, value);

    public void Dispose() => timer.Dispose();

    private void Tell() => Say.Error(Volatile.Read(ref share) switch
    {
        < 0 => Say.Text("Match.Reading"),
        < 1 and var part => Say.Text("Match.Solving", part),
        _ => Say.Text("Match.Verifying"),
    });
}
