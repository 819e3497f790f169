namespace GaoXin.Portal.Hall.Forecasts;

/// <summary>How long somebody waits, in minutes: of ten such people one is called before <paramref name="Low"/> and one after <paramref name="High"/>.</summary>
public sealed record WaitRange(double Low, double Middle, double High);

/// <summary>How long one person takes at a window, in minutes, from the call to the end.</summary>
internal sealed record ServiceTime(double Mean, double Spread);

/// <summary>An open window: what it handles, and since when it has somebody (null when it is free).</summary>
internal sealed record OpenDesk(IReadOnlyList<string> Skills, string? BusyWith, double BusyFor)
{
    /// <summary>Paused: nobody knows how long; the time so far says nothing about the rest.</summary>
    public bool Paused { get; init; }
}

/// <summary>Somebody in line; <paramref name="Due"/> in minutes from now, negative when it has passed.</summary>
internal sealed record InLine(string Group, double Due);

/// <summary>People who will come: so many a minute, due so many minutes after they come.</summary>
internal sealed record Arrivals(string Group, double PerMinute, double Target);

/// <summary>Everything a forecast depends on.</summary>
internal sealed record Line
{
    public required IReadOnlyList<OpenDesk> Desks { get; init; }

    public required IReadOnlyList<InLine> Waiting { get; init; }

    public required IReadOnlyDictionary<string, ServiceTime> Times { get; init; }

    public IReadOnlyList<Arrivals> Coming { get; init; } = [];

    /// <summary>How often a window pauses after somebody has gone, 0 to 1, and for how long.</summary>
    public double PauseChance { get; init; }

    public double PauseMinutes { get; init; } = 10;
}

/// <summary>
/// Plays the line to its end many times with drawn service times, pauses and arrivals, and reads the waiting time off. Pure:
/// the same line and seed give the same answer.
/// </summary>
internal static class WaitForecast
{
    public const int Runs = 200;
    private const double Horizon = 8 * 60;

    /// <summary>Null when no open window handles the group.</summary>
    public static WaitRange? For(Line line, InLine me, int seed, int runs = Runs)
    {
        if (!line.Desks.Any(d => d.Skills.Contains(me.Group)))
            return null;
        var near = Near(line, me.Group);
        var random = new Random(seed);
        var waits = Enumerable.Range(0, runs).Select(_ => new Run(near, me, random).Wait()).Order().ToList();
        return new WaitRange(At(waits, 0.1), waits.Average(), At(waits, 0.9));
    }

    /// <summary>What other systems tell: people before me × average ÷ windows. Kept to measure ourselves against.</summary>
    public static double Simple(Line line, InLine me)
    {
        var desks = line.Desks.Count(d => d.Skills.Contains(me.Group));
        var ahead = line.Waiting.Where(w => w.Group == me.Group && w.Due <= me.Due).ToList();
        return ahead.Sum(w => line.Times[w.Group].Mean) / Math.Max(1, desks);
    }

    /// <summary>Only groups whose windows can be taken by each other's people, step by step, have to do with me.</summary>
    private static Line Near(Line line, string group)
    {
        var groups = new HashSet<string> { group };
        while (line.Desks.Where(d => d.Skills.Any(groups.Contains)).SelectMany(d => d.Skills).ToList() is var reached && !groups.IsSupersetOf(reached))
            groups.UnionWith(reached);
        return line with
        {
            Desks = [.. line.Desks.Where(d => d.Skills.Any(groups.Contains))],
            Waiting = [.. line.Waiting.Where(w => groups.Contains(w.Group)).OrderBy(w => w.Due)],
            Coming = [.. line.Coming.Where(c => groups.Contains(c.Group) && c.PerMinute > 0)],
        };
    }

    private static double At(List<double> sorted, double share) => sorted[(int)Math.Round(share * (sorted.Count - 1))];

    /// <summary>One way how it may go, until I am called. Everybody counts: who is due after me keeps other windows busy.</summary>
    private sealed class Run
    {
        private readonly Line _line;
        private readonly InLine _me;
        private readonly Random _random;
        private readonly List<InLine> _waiting;
        private readonly double[] _nextArrival;
        private readonly PriorityQueue<OpenDesk, double> _desks = new();

        public Run(Line line, InLine me, Random random)
        {
            (_line, _me, _random) = (line, me, random);
            _waiting = [.. line.Waiting];
            Insert(me);
            _nextArrival = [.. line.Coming.Select(c => Exponential(1 / c.PerMinute))];
            foreach (var desk in line.Desks)
                _desks.Enqueue(desk, desk.BusyWith is { } group ? Residual(group, desk.BusyFor) + Pause() : desk.Paused ? Exponential(line.PauseMinutes) : 0);
        }

        public double Wait()
        {
            while (_desks.TryDequeue(out var desk, out var at) && at < Horizon)
            {
                Arrive(at);
                var next = _waiting.FindIndex(w => desk.Skills.Contains(w.Group));
                if (next < 0)
                {
                    Idle(desk);
                    continue;
                }

                var person = _waiting[next];
                if (ReferenceEquals(person, _me))
                    return at;
                _waiting.RemoveAt(next);
                _desks.Enqueue(desk, at + Draw(person.Group) + Pause());
            }

            return Horizon;
        }

        /// <summary>An idle window waits for the next who comes for it; a window nobody comes for is out.</summary>
        private void Idle(OpenDesk desk)
        {
            var next = double.MaxValue;
            for (var i = 0; i < _nextArrival.Length; i++)
            {
                if (_nextArrival[i] < next && desk.Skills.Contains(_line.Coming[i].Group))
                    next = _nextArrival[i];
            }

            if (next < double.MaxValue)
                _desks.Enqueue(desk, next);
        }

        private void Arrive(double until)
        {
            for (var i = 0; i < _nextArrival.Length; i++)
            {
                for (; _nextArrival[i] <= until; _nextArrival[i] += Exponential(1 / _line.Coming[i].PerMinute))
                    Insert(new InLine(_line.Coming[i].Group, _nextArrival[i] + _line.Coming[i].Target));
            }
        }

        /// <summary>Behind those who are due at the same time.</summary>
        private void Insert(InLine person)
        {
            var at = _waiting.Count;
            while (at > 0 && _waiting[at - 1].Due > person.Due)
                at--;
            _waiting.Insert(at, person);
        }

        private double Pause() => _line.PauseChance > 0 && _random.NextDouble() < _line.PauseChance ? Exponential(_line.PauseMinutes) : 0;

        private double Draw(string group)
        {
            var time = _line.Times[group];
            var variance = Math.Log(1 + (time.Spread * time.Spread / (time.Mean * time.Mean)));
            return Math.Exp(Math.Log(time.Mean) - (variance / 2) + (Math.Sqrt(variance) * Normal()));
        }

        /// <summary>The rest of a service that has lasted a while already.</summary>
        private double Residual(string group, double elapsed)
        {
            for (var tries = 0; tries < 50; tries++)
            {
                var whole = Draw(group);
                if (whole > elapsed)
                    return whole - elapsed;
            }

            return Exponential(_line.Times[group].Spread);
        }

        private double Exponential(double mean) => -mean * Math.Log(1 - _random.NextDouble());

        private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
    }
}
