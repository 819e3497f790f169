namespace GaoXin.Portal.Benchmarks;

/// <summary>What to measure and how long. <c>--quick</c> proves that everything runs; its figures mean nothing.</summary>
internal sealed record BenchmarkOptions
{
    public static string Usage => $"Usage: dotnet run -c Release --project tests/GaoXin.Portal.Benchmarks -- [--quick] [--only {string.Join('|', BenchmarkRun.Parts)}]";

    public bool Quick { get; init; }

    /// <summary>The only part to run; null for all.</summary>
    public string? Only { get; init; }

    /// <summary>Connections of the closed-loop load: each sends its next request when the answer to the last one is there.</summary>
    public int Connections => Quick ? 4 : 8;

    public int Rounds => Quick ? 1 : 5;

    public TimeSpan Round => TimeSpan.FromSeconds(Quick ? 0.3 : 1.5);

    public TimeSpan WarmUp => TimeSpan.FromSeconds(Quick ? 0.3 : 2);

    /// <summary>Slices of <see cref="WarmUp"/> at most; a page that still gets faster is warmed up longer.</summary>
    public int WarmUps => Quick ? 1 : 15;

    /// <summary>Companies to set up, for each number of applicants at once.</summary>
    public int Companies => Quick ? 4 : 60;

    /// <summary>Cases behind the work list.</summary>
    public int CaseRows => Quick ? 5_000 : 1_000_000;

    /// <summary>Complaints behind the work lists.</summary>
    public int ComplaintRows => Quick ? 5_000 : 100_000;

    /// <summary>Repeats of one query or page; the median counts.</summary>
    public int Repeats => Quick ? 3 : 9;

    /// <summary>Events in the chains that <c>audit verify</c> walks.</summary>
    public int Events => Quick ? 10_000 : 1_000_000;

    /// <summary>Items in an imported file.</summary>
    public int Items => Quick ? 60 : 600;

    /// <summary>Tries to take a place in a round.</summary>
    public int BookingTries => Quick ? 200 : 4_000;

    /// <summary>Of these by a form; each needs a session and an opened page before.</summary>
    public int BookingPages => Quick ? 100 : 2_000;

    /// <summary>Starts of the program.</summary>
    public int Starts => Quick ? 1 : 3;

    /// <summary>The options of a command line; null when it is not understood.</summary>
    public static BenchmarkOptions? Parse(string[] arguments)
    {
        var options = new BenchmarkOptions();
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--quick")
                options = options with { Quick = true };
            else if (arguments[i] == "--only" && i + 1 < arguments.Length && BenchmarkRun.Parts.Contains(arguments[i + 1]))
                options = options with { Only = arguments[++i] };
            else
                return null;
        }

        return options;
    }
}
