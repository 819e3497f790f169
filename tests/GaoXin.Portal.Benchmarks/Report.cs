using System.Globalization;

namespace GaoXin.Portal.Benchmarks;

/// <summary>Prints headings, lines and tables in Markdown, so that a run can be pasted into the documentation.</summary>
internal sealed class Report(TextWriter output)
{
    public void Heading(string text) => output.WriteLine($"\n## {text}\n");

    public void Line(string text = "") => output.WriteLine(text);

    public void Table(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        var all = rows.Prepend([.. header.Select(_ => "---")]).Prepend(header).ToList();
        var widths = header.Select((_, column) => all.Max(r => r[column].Length)).ToList();
        foreach (var row in all)
            output.WriteLine("| " + string.Join(" | ", row.Select((cell, column) => cell == "---" ? new string('-', widths[column]) : cell.PadRight(widths[column]))) + " |");
        output.WriteLine();
    }

    /// <summary>A figure with as many decimals as mean something.</summary>
    public static string Figure(double value) =>
        value.ToString(Math.Abs(value) switch { >= 1000 => "N0", >= 100 => "0", >= 10 => "0.0", _ => "0.00" }, CultureInfo.InvariantCulture);

    /// <summary>"yes" or "NO": the figures are for people, nothing fails because of them.</summary>
    public static string Met(bool met) => met ? "yes" : "NO";
}

/// <summary>Order statistics.</summary>
internal static class Statistics
{
    public static double Median(this IEnumerable<double> values) => values.Percentile(0.5);

    /// <summary>The smallest value that at least this share of the values do not exceed; for 0.5 the middle.</summary>
    public static double Percentile(this IEnumerable<double> values, double share)
    {
        var ordered = values.Order().ToList();
        if (ordered.Count == 0)
            return double.NaN;
        return share == 0.5 && ordered.Count % 2 == 0
            ? (ordered[ordered.Count / 2 - 1] + ordered[ordered.Count / 2]) / 2
            : ordered[Math.Clamp((int)Math.Ceiling(share * ordered.Count) - 1, 0, ordered.Count - 1)];
    }
}
