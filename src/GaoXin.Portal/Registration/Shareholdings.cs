namespace GaoXin.Portal.Registration;

/// <summary>A shareholder (股东) as filed; <see cref="RowId"/> is the row of the form, so that problems find their field.</summary>
internal sealed record Shareholder
{
    public required string RowId { get; init; }

    public bool IsNaturalPerson { get; init; } = true;

    public string Name { get; init; } = "";

    /// <summary>Resident ID number of a natural person, as typed.</summary>
    public string? IdNumber { get; init; }

    /// <summary>Credit code of a legal person, as typed.</summary>
    public string? CreditCode { get; init; }

    public string? Phone { get; init; }

    /// <summary>Subscribed amount in 万元, as typed.</summary>
    public string? Subscribed { get; init; }

    public DateOnly? DueDate { get; init; }

    /// <summary>Typed share in per cent; usually empty and computed.</summary>
    public string? Ratio { get; init; }

    /// <summary>Form of contribution (出资方式), for example money.</summary>
    public string? Form { get; init; }

    /// <summary>Legal representative of a legal person, who signs for it.</summary>
    public string? RepresentativeName { get; init; }

    /// <summary>Resident ID number of that person, as typed.</summary>
    public string? RepresentativeIdNumber { get; init; }

    public decimal Amount => RegisteredCapital.TryParse(Subscribed, out var amount) ? amount : 0;

    /// <summary>The person, whatever the spelling of the number; null while it is empty.</summary>
    public string? Identity
    {
        get
        {
            var number = Kernel.Text.Compact(IsNaturalPerson ? IdNumber : CreditCode).ToUpperInvariant();
            return number.Length == 0 ? null : number;
        }
    }

    /// <summary>The resident ID number of whoever signs: the person, or the legal representative; null while it is empty.</summary>
    public string? SignatoryNumber
    {
        get
        {
            var number = Kernel.Text.Compact(IsNaturalPerson ? IdNumber : RepresentativeIdNumber).ToUpperInvariant();
            return number.Length == 0 ? null : number;
        }
    }

    public string SignatoryName => (IsNaturalPerson ? Name : RepresentativeName) ?? "";
}

/// <summary>A problem of one shareholder's column, or of the group as a whole when the row is null.</summary>
internal sealed record ShareholdingProblem(string? RowId, string? Column, string Message);

/// <summary>The rules across the shareholders of a limited company: 1 to 50 (公司法 42), each once, 100 % in all.</summary>
internal static class Shareholdings
{
    public const int Most = 50;
    public const string NumberColumn = "number";
    public const string RatioColumn = "ratio";
    private const int RatioDecimals = 4;

    public static IReadOnlyList<ShareholdingProblem> Check(IReadOnlyList<Shareholder> shareholders) =>
        [.. Count(shareholders), .. Distinct(shareholders), .. TypedRatios(shareholders)];

    /// <summary>
    /// Shares in per cent from the amounts, to four decimals. What rounding leaves over goes to the largest remainders,
    /// so that the sum is exactly 100.
    /// </summary>
    public static IReadOnlyList<decimal> Ratios(IReadOnlyList<decimal> amounts)
    {
        var total = amounts.Sum();
        if (total <= 0)
            return [.. amounts.Select(_ => 0m)];
        var unit = 0.0001m;
        var exact = amounts.Select(a => a * 100m / total).ToList();
        var floors = exact.Select(r => decimal.Round(r, RatioDecimals, MidpointRounding.ToZero)).ToList();
        var left = (int)((100m - floors.Sum()) / unit);
        foreach (var index in Enumerable.Range(0, exact.Count).OrderByDescending(i => exact[i] - floors[i]).ThenBy(i => i).Take(left))
            floors[index] += unit;
        return floors;
    }

    private static IEnumerable<ShareholdingProblem> Count(IReadOnlyList<Shareholder> shareholders)
    {
        if (shareholders.Count == 0)
            yield return new(null, null, "请至少添加一位股东");
        if (shareholders.Count > Most)
            yield return new(null, null, $"有限责任公司最多 {Most} 位股东，现在有 {shareholders.Count} 位，请删掉 {shareholders.Count - Most} 位");
    }

    private static IEnumerable<ShareholdingProblem> Distinct(IReadOnlyList<Shareholder> shareholders)
    {
        var seen = new HashSet<string>();
        foreach (var shareholder in shareholders.Where(s => s.Identity is not null))
        {
            if (!seen.Add(shareholder.Identity!))
                yield return new(shareholder.RowId, NumberColumn, "这位股东前面已经填过了，请合并成一行");
        }
    }

    private static IEnumerable<ShareholdingProblem> TypedRatios(IReadOnlyList<Shareholder> shareholders)
    {
        if (shareholders.All(s => string.IsNullOrEmpty(s.Ratio)))
            yield break;
        var ratios = shareholders.Select(s => RegisteredCapital.TryParse(s.Ratio?.TrimEnd('%', '％'), out var r) ? r : (decimal?)null).ToList();
        foreach (var (shareholder, _) in shareholders.Zip(ratios).Where(p => p.Second is null or <= 0))
            yield return new(shareholder.RowId, RatioColumn, "持股比例要填大于 0 的数字，比如“50”");
        var sum = ratios.Sum() ?? 0;
        if (sum != 100m)
            yield return new(null, null, $"持股比例合计是 {RegisteredCapital.Show(sum)}%，要正好等于 100%，请修改");
    }
}
