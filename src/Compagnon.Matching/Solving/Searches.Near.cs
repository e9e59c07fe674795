namespace Compagnon.Matching;

/// <summary>
/// A long search of a live plan looks at near pairs only: those that lose little against the one their patient has. They lie by companion, one after another
/// (<see cref="NearPairs"/>), where rows, columns and patients lie anywhere.
/// <para>
/// Whatever isn't near loses at least <see cref="NearPairs.Nearness"/>, and a way over it is at least so much longer than the nearest end is far. So an end that is nearer
/// is exact; for others all pairs are looked at after all (<see cref="SeeAll"/>).
/// </para>
/// </summary>
internal sealed unsafe partial class Searches
{
    /// <summary>Where so many have moved since a search was long, near pairs aren't kept any more: until one is long again.</summary>
    private const int MostMoves = 1024;

    /// <summary>So far goes the count of long searches; beyond half of it the next is taken for a long one.</summary>
    private const int MostLately = 8;

    /// <summary>Companions of whom near pairs only were looked at, since the start.</summary>
    public long SettledNear { get; private set; }

    private NearPairs? _pairs;
    private bool _near, _wantsPairs;

    /// <summary>One up for each search that was long, one down for each that wasn't.</summary>
    private int _longLately;

    /// <summary>While only near pairs are seen: what those that aren't lose at least.</summary>
    private long _sure;

    /// <summary>After so many settled from one side a search looks at near pairs only; where nearly all hang together, after a third of that.</summary>
    public int NearFrom { get; set; } = 48;

    /// <inheritdoc cref="NearPairs.Nearness"/>
    /// <remarks>0: as suits the network.</remarks>
    public long Nearness { get; set; }

    /// <inheritdoc cref="NearPairs.Slack"/>
    public int Slack { get; set; }

    /// <summary>The patient has another place, or none, or other pairs.</summary>
    public void Moved(int patient) => _pairs?.Moved(patient);

    /// <summary>The pair isn't allowed any more.</summary>
    public void Parted(int patient, int companion) => _pairs?.Part(patient, companion);

    /// <summary>New, or as good as new.</summary>
    public void Came(int companion) => _pairs?.Add(companion);

    /// <summary>A price that changes apart from all the others.</summary>
    public void SetPrice(int companion, long price)
    {
        WriteWithPrices(_m.Price.At + companion, price);
        _pairs?.Priced(companion);
    }

    /// <summary>Before a question, which should find all near pairs as they are.</summary>
    public void BeginQuestion(Journal journal)
    {
        if (_wantsPairs)
            KeepPairs();
        _pairs?.Renew();
        Journal = _priceJournal = journal;
        _known.Clear();
    }

    /// <summary>All is as it was before the question.</summary>
    public void EndQuestion()
    {
        _pairs?.Forget();
        Journal = _priceJournal = null;
    }

    /// <summary>Within a question: what it has changed so far is found as it is, and what comes now is taken back apart.</summary>
    /// <param name="pricesStay">Prices are taken back with the whole question only.</param>
    public void BeginFurther(Journal journal, bool pricesStay)
    {
        _pairs?.Renew();
        Journal = journal;
        if (!pricesStay)
            _priceJournal = journal;
    }

    /// <summary>All is as it was before the further question, but for the prices where they stay.</summary>
    public void EndFurther(Journal question)
    {
        if (_priceJournal == question)
            _pairs?.ForgetMoves();
        else
            _pairs?.Forget();
        Journal = _priceJournal = question;
    }

    private int NearFromIn(int cluster) => cluster < 0 ? int.MaxValue : IsMost(cluster) ? NearFrom / 3 : NearFrom;

    // The lists are put right first. Where most searches are long that has to be done anyway, and at once.
    private int NearFromNow(int cluster) => _longLately > MostLately / 2 ? Math.Min(1, NearFrom) : NearFromIn(cluster);

    private void NoteLength(int cluster) =>
        _longLately = Math.Clamp(_longLately + (_settledCount >= NearFromIn(cluster) ? 1 : -1), 0, MostLately);

    private void SeeNear()
    {
        if (_pairs is null && Journal is not null)
        {
            _wantsPairs = true;
            return;
        }
        KeepPairs();
        _pairs!.Renew();
        _near = true;
        _sure = _pairs.Nearness;
    }

    private void KeepPairs()
    {
        _pairs ??= new NearPairs(_m, this);
        _wantsPairs = false;
    }

    private void GiveUpPairs()
    {
        _pairs?.Dispose();
        _pairs = null;
    }

    /// <summary>Near pairs don't suffice: those who were settled look at all of theirs.</summary>
    private void SeeAll()
    {
        _near = false;
        _there.LookAgain();
        _back.LookAgain();
        for (var s = 0; s < _settledCount; s++)
            LookFrom(_settled[s], back: !_seating, _best);
    }

    // Where near pairs are known, of a companion's patients only those who have some.
    private bool LeadOnNear(int companion, long start, long bound)
    {
        if (!_near || !_pairs!.TryGetFrom(companion, out var at, out var end))
            return false;
        SettledNear++;
        var prices = _m.Price.At;
        for (; at < end; at++)
        {
            var other = Problem.CompanionOf(at->Other);
            var cost = start + (at->By & Problem.FitMask) - (at->Other & Problem.FitMask) + prices[other];
            if (cost < bound)
                Arrive(other, cost, (int)(at->By >> Problem.FitBits), at->Other);
            bound = Math.Min(bound, _best);
        }
        return true;
    }

    private bool CallNear(int companion, long start, long bound)
    {
        if (!_near || !_pairs!.TryGetTo(companion, out var at, out var end))
            return false;
        SettledNear++;
        var prices = _m.Price.At;
        for (; at < end; at++)
        {
            var (patient, fit) = ((int)(at->By >> Problem.FitBits), at->By & Problem.FitMask);
            if (at->Other == Market.None)
                CallAlone(companion, patient, fit, start, bound);
            else if (start - fit + (at->Other & Problem.FitMask) - prices[at->Other >> Problem.FitBits] is var cost && cost < bound)
                Leave(Problem.CompanionOf(at->Other), cost, patient, ((uint)companion << Problem.FitBits) | fit);
            bound = Math.Min(bound, _best);
        }
        return true;
    }
}
