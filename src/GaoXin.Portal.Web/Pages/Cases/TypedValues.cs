namespace GaoXin.Portal.Web.Pages.Cases;

/// <summary>
/// What was typed on a form page, by field path. Boxes with the same name are joined by commas; the three boxes of a day
/// become yyyy-MM-dd, or what was typed between hyphens when it is no day yet, so that nothing is lost.
/// </summary>
internal static class TypedValues
{
    /// <summary>Controls of one page: 50 rows with all their boxes fit.</summary>
    public const int MostControls = 2000;

    private const int LongestValue = 64 * 1024;
    private const string Year = ".year";

    public static Dictionary<string, string?> Read(IFormCollection form)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, texts) in form.Take(MostControls))
            values[name] = Cut(texts.Count == 1 ? texts[0] : string.Join(',', texts.Where(t => !string.IsNullOrEmpty(t)).Distinct()));
        foreach (var path in values.Keys.Where(k => k.EndsWith(Year, StringComparison.Ordinal)).Select(k => k[..^Year.Length]).ToList())
        {
            if (!values.ContainsKey($"{path}.month") || !values.ContainsKey($"{path}.day"))
                continue;
            values[path] = Day(values[path + Year], values[$"{path}.month"], values[$"{path}.day"]);
        }

        return values;
    }

    /// <summary>The three boxes of a day as kept or as typed.</summary>
    public static (string Year, string Month, string Day) Boxes(string? value)
    {
        var parts = (value ?? "").Split('-', 3);
        string Part(int index) => parts.Length > index ? parts[index] : "";
        var whole = parts.Length == 3;
        return (Part(0), whole ? Part(1).TrimStart('0') : Part(1), whole ? Part(2).TrimStart('0') : Part(2));
    }

    private static string? Day(string? year, string? month, string? day)
    {
        var (y, m, d) = ((year ?? "").Trim(), (month ?? "").Trim(), (day ?? "").Trim());
        return y.Length + m.Length + d.Length == 0 ? null : $"{y}-{m.PadLeft(2, '0')}-{d.PadLeft(2, '0')}";
    }

    private static string? Cut(string? text) => text is { Length: > LongestValue } ? text[..LongestValue] : text;
}
