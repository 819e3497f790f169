using GaoXin.Portal.Hall.Forecasts;

namespace GaoXin.Portal.Tests.Hall;

/// <summary>The told waits on simulated days that the forecast has not learnt from.</summary>
public sealed class WaitForecastTests
{
    private static readonly Dictionary<string, ServiceTime> Times = new() { ["a"] = new(10, 4), ["b"] = new(20, 8) };

    private static Line Of(params OpenDesk[] desks) => new() { Desks = desks, Waiting = [], Times = Times };

    [Fact]
    public void A_free_window_takes_at_once_and_without_a_window_nothing_is_told()
    {
        WaitForecast.For(Of(new OpenDesk(["a"], null, 0)), new InLine("a", 60), 1).ShouldBe(new WaitRange(0, 0, 0));
        WaitForecast.For(Of(new OpenDesk(["b"], null, 0)), new InLine("a", 60), 1).ShouldBeNull();
    }

    [Fact]
    public void The_same_line_and_seed_give_the_same_answer()
    {
        var line = Of(new OpenDesk(["a", "b"], "b", 5), new OpenDesk(["a"], "a", 2)) with { Waiting = [new("a", 1), new("b", 2)], PauseChance = 0.1 };

        WaitForecast.For(line, new InLine("a", 60), 7).ShouldBe(WaitForecast.For(line, new InLine("a", 60), 7));
    }

    [Fact]
    public void Who_is_due_later_does_not_count_and_who_comes_with_priority_does()
    {
        var line = Of(new OpenDesk(["a"], "a", 0)) with { Waiting = [new("a", 5), new("a", 70)] };
        var before = WaitForecast.For(line, new InLine("a", 60), 3)!;
        before.Middle.ShouldBeInRange(14, 26);

        WaitForecast.For(line with { Waiting = [new("a", 5)] }, new InLine("a", 60), 3).ShouldBe(before);
        WaitForecast.For(line with { Coming = [new("a", 0.05, 0)] }, new InLine("a", 60), 3)!.Middle.ShouldBeGreaterThan(before.Middle + 3);
    }

    [Fact]
    public void On_held_out_days_the_range_holds_and_beats_position_times_average()
    {
        var learnt = HallDay.Learn(Enumerable.Range(1, 8).Select(seed => new HallDay(seed)).ToList());

        var told = Enumerable.Range(101, 12).SelectMany(seed => new HallDay(seed, learnt).Told).Where(t => t.Range.High > 0).ToList();

        told.Count.ShouldBeGreaterThan(500);
        Math.Abs(told.Average(t => t.Waited - t.Range.Middle)).ShouldBeLessThanOrEqualTo(2);
        told.Average(t => Math.Abs(t.Waited - t.Range.Middle)).ShouldBeLessThanOrEqualTo(0.75 * told.Average(t => Math.Abs(t.Waited - t.Simple)));
        told.Average(t => t.Waited >= t.Range.Low && t.Waited <= t.Range.High ? 1.0 : 0.0).ShouldBeInRange(0.75, 0.85);
    }
}

/// <summary>What was told and what came.</summary>
internal sealed record ToldWait(WaitRange Range, double Simple, double Waited);

/// <summary>What a hall learns from its records.</summary>
internal sealed record Learnt(IReadOnlyDictionary<string, ServiceTime> Times, IReadOnlyList<Arrivals> Coming, double PauseChance, double PauseMinutes);

/// <summary>One simulated day: three groups, six windows with different skills, booked and elderly people, pauses.</summary>
internal sealed class HallDay
{
    private const double Length = 8 * 60;
    private static readonly (string Group, double Mean, double Spread, double WalkIns, double Booked, double Elderly)[] Groups =
        [("transfer", 24, 10, 0.055, 0.045, 0.008), ("mortgage", 14, 6, 0.06, 0.03, 0.005), ("query", 6, 3, 0.09, 0, 0.012)];

    private static readonly string[][] Desks = [["transfer"], ["transfer"], ["transfer", "mortgage"], ["mortgage"], ["query", "mortgage"], ["transfer", "query"]];
    private const double PauseChance = 0.06;
    private const double PauseMinutes = 9;

    private readonly Random _random;
    private readonly List<(double At, string Group, double Due)> _arrivals = [];
    private readonly List<(int Index, string Group, double Due, double Came)> _waiting = [];
    private readonly (string? Busy, double Since, double Until, bool Paused)[] _desks = new (string?, double, double, bool)[Desks.Length];
    private readonly Dictionary<int, (WaitRange Range, double Simple)> _told = [];
    private readonly Learnt? _learnt;
    private int _pauses;

    public HallDay(int seed, Learnt? learnt = null)
    {
        (_random, _learnt) = (new Random(seed), learnt);
        foreach (var g in Groups)
        {
            Come(g.Group, g.WalkIns, 60);
            Come(g.Group, g.Booked, 0);
            Come(g.Group, g.Elderly, 10);
        }

        _arrivals.Sort();
        Run();
    }

    public List<(string Group, double Minutes)> Served { get; } = [];

    public List<ToldWait> Told { get; } = [];

    public static Learnt Learn(IReadOnlyList<HallDay> days)
    {
        var served = days.SelectMany(d => d.Served).ToLookup(s => s.Group, s => s.Minutes);
        var coming = days.SelectMany(d => d._arrivals.Select(a => (a.Group, Target: Math.Round(a.Due - a.At)))).ToLookup(a => a);
        return new Learnt(
            served.ToDictionary(g => g.Key, g => new ServiceTime(g.Average(), Math.Sqrt(g.Average(m => Math.Pow(m - g.Average(), 2))))),
            [.. coming.Select(c => new Arrivals(c.Key.Group, c.Count() / (days.Count * Length), c.Key.Target))],
            (double)days.Sum(d => d._pauses) / days.Sum(d => d.Served.Count),
            PauseMinutes);
    }

    private void Come(string group, double perMinute, double target)
    {
        if (perMinute <= 0)
            return;
        for (var at = Exponential(1 / perMinute); at < Length; at += Exponential(1 / perMinute))
            _arrivals.Add((at, group, at + target));
    }

    private void Run()
    {
        for (var i = 0; i < _arrivals.Count; i++)
        {
            var (at, group, due) = _arrivals[i];
            FreeUntil(at);
            if (_learnt is not null)
                Tell(i, at, group, due);
            _waiting.Add((i, group, due, at));
            Dispatch(at);
        }

        FreeUntil(double.MaxValue);
    }

    /// <summary>Windows that are done before the moment go on, one after the other in time.</summary>
    private void FreeUntil(double moment)
    {
        while (true)
        {
            var next = Enumerable.Range(0, _desks.Length).Where(d => _desks[d].Until > 0 && _desks[d].Until <= moment).OrderBy(d => _desks[d].Until).Select(d => (int?)d).FirstOrDefault();
            if (next is not { } desk)
                return;
            var (busy, since, until, _) = _desks[desk];
            _desks[desk] = default;
            if (busy is not null)
                Served.Add((busy, until - since));
            if (busy is not null && _random.NextDouble() < PauseChance)
            {
                _pauses++;
                _desks[desk] = (null, until, until + Exponential(PauseMinutes), true);
            }

            Dispatch(until);
        }
    }

    private void Dispatch(double at)
    {
        for (var desk = 0; desk < _desks.Length; desk++)
        {
            if (_desks[desk].Until > 0)
                continue;
            var next = _waiting.Where(w => Desks[desk].Contains(w.Group)).OrderBy(w => w.Due).ThenBy(w => w.Index).Select(w => ((int, string, double, double)?)w).FirstOrDefault();
            if (next is not var (index, group, due, came))
                continue;
            _waiting.Remove((index, group, due, came));
            if (_told.TryGetValue(index, out var told))
                Told.Add(new ToldWait(told.Range, told.Simple, at - came));
            _desks[desk] = (group, at, at + Duration(group), false);
        }
    }

    private void Tell(int index, double now, string group, double due)
    {
        var line = new Line
        {
            Desks = [.. _desks.Select((d, i) => new OpenDesk(Desks[i], d.Busy, now - d.Since) { Paused = d.Paused })],
            Waiting = [.. _waiting.OrderBy(w => w.Due).Select(w => new InLine(w.Group, w.Due - now))],
            Times = _learnt!.Times,
            Coming = _learnt.Coming,
            PauseChance = _learnt.PauseChance,
            PauseMinutes = _learnt.PauseMinutes,
        };
        var me = new InLine(group, due - now);
        _told[index] = (WaitForecast.For(line, me, index + 1, runs: 100)!, WaitForecast.Simple(line, me));
    }

    private double Duration(string group)
    {
        var (_, mean, spread, _, _, _) = Groups.Single(g => g.Group == group);
        var variance = Math.Log(1 + (spread * spread / (mean * mean)));
        var normal = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
        return Math.Exp(Math.Log(mean) - (variance / 2) + (Math.Sqrt(variance) * normal));
    }

    private double Exponential(double mean) => -mean * Math.Log(1 - _random.NextDouble());
}
