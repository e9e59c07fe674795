namespace Compagnon.Matching;

/// <summary>Solves one part of a problem after another in the same memory.</summary>
internal sealed unsafe partial class Part : IDisposable
{
    /// <summary>How much of a part's work is done, roughly, once it is laid out, once the auction is over, once all who can be are matched.</summary>
    private const double Loaded = 0.15, Bidden = 0.75, Completed = 0.8;

    /// <summary>The most that a patient may be worth in the auction's 32 bits.</summary>
    private const int Narrow = 1 << 29;

    /// <summary>What a match counts for in the auction is raised up to so much; see <see cref="Auction.LeavesWanting"/>.</summary>
    private const int MostWorth = 1 << 16;

    private readonly Problem _problem;
    private readonly Layout _layout;
    private readonly int[] _local;
    private readonly Market _m = new(fromBoth: false);
    private readonly Searches _searches;
    private readonly Auction _auction;
    private readonly Team _team;
    private readonly CancellationToken _cancel;
    private readonly int[] _companions;
    private Action<double>? _told;
    private byte[] _ranks = [];

    /// <summary>The part is most of the network: what it no longer needs is given back, since no other needs nearly as much.</summary>
    private bool _isMost;

    /// <param name="local">Room for every companion's number within its part, zero at first; parts share it since their companions differ.</param>
    public Part(Problem problem, Layout layout, int[] local, Team team, CancellationToken cancel)
    {
        _problem = problem;
        _layout = layout;
        _local = local;
        _cancel = cancel;
        _companions = new int[problem.Companions];
        _m.ColumnLength.Room(problem.Companions, 0);
        _searches = new Searches(_m) { Cancel = cancel };
        _team = team;
        _auction = new Auction(_m, team) { Cancel = cancel };
        _m.LoadPrices = problem.Weights.LoadPrices.ToArray();
    }

    public SolveStatistics Statistics { get; private set; }

    public void Dispose()
    {
        _m.Dispose();
        _searches.Dispose();
        _unsettled.Dispose();
        _wanting.Dispose();
        foreach (var piece in _pieces)
            piece.Dispose();
        _auction.Dispose();
    }

    /// <param name="told">Is told how much of this part is done, from 0 to 1.</param>
    public void Solve(int from, int to, Tuning tuning, Outcome outcome, Action<double>? told)
    {
        _told = told;
        Load(from, to);
        _cancel.ThrowIfCancellationRequested();
        var classes = Rank(from, to);
        var watch = System.Diagnostics.Stopwatch.GetTimestamp();
        var plan = PlanAuction(tuning, classes.Length, from);
        _auction.Prepare(plan);
        Bid(plan, from);
        while (_auction.LeavesWanting() && RaiseWorth(plan, tuning, from) is { } raised)
            Bid(plan = raised, from);
        var auction = System.Diagnostics.Stopwatch.GetElapsedTime(watch);
        watch = System.Diagnostics.Stopwatch.GetTimestamp();
        var settled = _searches.Settled;
        _isMost = to - from > _layout.Order.Length / 2;
        RoomForSearches(from, classes);
        var (missing, repaired) = Finish(plan, classes);
        Statistics = Statistics.And(new SolveStatistics(_auction.Bids, _auction.ReverseBids, _auction.Shared, missing, repaired, _searches.Settled - settled, auction, System.Diagnostics.Stopwatch.GetElapsedTime(watch)));
        Report(from, outcome);
    }

    private void Bid(AuctionPlan plan, int from)
    {
        _team.Share(_m.Patients, (first, last) =>
        {
            for (var i = first; i < last; i++)
                _auction.Base[i] = (((plan.Classes - _ranks[i]) * plan.MatchWorth) + _problem.WaitWorth(_layout.Order[from + i])) * plan.Scale;
        });
        _auction.Run(plan, done => _told?.Invoke(Loaded + (done * (Bidden - Loaded))));
    }

    /// <summary>A match is worth four times as much, and the prices found so far stay; nothing where that would not fit any more.</summary>
    private AuctionPlan? RaiseWorth(AuctionPlan plan, Tuning tuning, int from)
    {
        if (plan.MatchWorth >= MostWorth)
            return null;
        var raised = PlanAuction(tuning with { MatchWorth = Math.Min(MostWorth, plan.MatchWorth * 4) }, plan.Classes, from) with { FirstStep = plan.FirstStep };
        return raised.MatchWorth > plan.MatchWorth && raised.Scale == plan.Scale && _auction.Bids < plan.MostBids ? raised : null;
    }

    /// <summary>The classes present, the first served first; and of each patient its rank.</summary>
    private int[] Rank(int from, int to)
    {
        var present = new bool[Problem.NoClass + 1];
        for (var i = from; i < to; i++)
            present[_problem.ClassOf(_layout.Order[i])] = true;
        var count = 0;
        foreach (var there in present)
            count += there ? 1 : 0;
        var classes = new int[count];
        for (int c = 0, r = 0; c < present.Length; c++)
            if (present[c])
                classes[r++] = c;
        if (_ranks.Length < to - from)
            _ranks = new byte[to - from];
        _team.Share(_m.Patients, (first, last) =>
        {
            for (var i = first; i < last; i++)
            {
                var patient = _layout.Order[from + i];
                var rank = 0;
                while (classes[rank] != _problem.ClassOf(patient))
                    rank++;
                _ranks[i] = (byte)rank;
            }
        });
        return classes;
    }

    private AuctionPlan PlanAuction(Tuning tuning, int classes, int from)
    {
        var wait = 0;
        for (var i = 0; i < _m.Patients && _problem.CountsDays; i++)
            wait = Math.Max(wait, _problem.WaitWorth(_layout.Order[from + i]));
        var load = _m.LoadPrices.Length == 0 ? 0 : _m.LoadPrices[^1];
        // All that the auction counts lies within ± 2^31: a patient's worth is at most Narrow; a bid is at most that worth and a step of a quarter of it;
        // what a place is worth to a patient, or a patient to a place, is a difference or a sum of two of these. A match may count for less than wanted: the plan is the best all the same.
        var rest = Problem.MostFit + (long)wait + load;
        var wanted = ((long)tuning.MatchWorth * (Problem.MostFit + load) / Problem.MostFit) + (classes > 1 ? wait : 0);
        var match = (int)Math.Clamp(wanted, 1, (Narrow - rest) / classes);
        var scale = tuning.Scale;
        while (scale > 1 && (((long)match * classes) + rest) * scale > Narrow)
            scale /= 2;
        var places = 0L;
        for (var j = 0; j < _m.Companions; j++)
            places += Math.Min(_m.Capacity.At[j], _m.ColumnLength.At[j]);
        var shortage = _m.Patients * 100L > places * tuning.ShortageFrom;
        return new AuctionPlan
        {
            Classes = classes, MatchWorth = match, Scale = scale, LastStep = tuning.Last, MostBids = tuning.BidsPerPatient * (_m.Patients + 64L),
            FirstStep = Math.Max(1, match / (shortage ? tuning.FirstInShortage : tuning.First)), Divisor = shortage ? tuning.DivisorInShortage : tuning.Divisor,
            Seed = _m.Patients * 100L > places * tuning.SeedFrom ? (int)((long)match * scale * tuning.Seed / 100) : 0,
            AtOnce = _m.Patients >= tuning.TogetherFrom && _m.Companions >= tuning.CompanionsTogetherFrom, FewBids = tuning.FewBids, FewOffers = tuning.FewOffers,
        };
    }
}
