using System.Globalization;

namespace GaoXin.Portal.Registration;

/// <summary>
/// The registered capital (注册资本) in 万元 and the rules about it: up to six decimals, 公司法 47 (five years), 784号
/// art. 3 (manifestly abnormal). The law of the day of application counts.
/// </summary>
internal static class RegisteredCapital
{
    public const int MostDecimals = 6;
    public const decimal Abnormal = 100_000m;
    public const int AbnormalYears = 30;
    public const int YearsToPay = 5;

    /// <summary>The Company Law of 2023 in force.</summary>
    public static readonly DateOnly FiveYearRuleFrom = new(2024, 7, 1);

    private const decimal Largest = 999_999_999_999m;

    /// <summary>Reads an amount in 万元; false when it is no plain decimal.</summary>
    public static bool TryParse(string? typed, out decimal amount) =>
        decimal.TryParse(Kernel.Text.Compact(typed).Replace(",", "", StringComparison.Ordinal),
            NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out amount);

    /// <summary>What is wrong with an amount, or null.</summary>
    public static string? AmountProblem(string? typed, string what)
    {
        if (!TryParse(typed, out var amount))
            return $"{what}要填数字，单位是万元，比如“100”";
        if (amount <= 0)
            return $"{what}要大于 0，单位是万元";
        if (Decimals(amount) > MostDecimals)
            return $"{what}最多 {MostDecimals} 位小数，请四舍五入";
        return amount > Largest ? $"{what}太大了，请核对单位是不是万元" : null;
    }

    /// <summary>What is wrong with the sum of the subscriptions, or null.</summary>
    public static string? SumProblem(decimal capital, IReadOnlyCollection<decimal> subscribed)
    {
        var sum = subscribed.Sum();
        if (sum == capital)
            return null;
        var difference = Math.Abs(sum - capital);
        return $"各股东认缴出资合计 {Show(sum)} 万元，注册资本是 {Show(capital)} 万元，{(sum < capital ? "还差" : "多出")} {Show(difference)} 万元，请改成一样";
    }

    /// <summary>The last day to pay in for an application of a day; null before the five-year rule.</summary>
    public static DateOnly? LatestDueDate(DateOnly appliedOn) => appliedOn < FiveYearRuleFrom ? null : appliedOn.AddYears(YearsToPay);

    /// <summary>What is wrong with a due date, or null.</summary>
    public static string? DueDateProblem(DateOnly due, DateOnly appliedOn)
    {
        if (due < appliedOn)
            return "认缴期限不能早于今天，请填写今天或者以后的日期";
        return LatestDueDate(appliedOn) is { } latest && due > latest
            ? $"出资要在公司成立之日起五年内缴足，请填写 {latest:yyyy年M月d日} 或者更早的日期"
            : null;
    }

    /// <summary>Manifestly abnormal in amount or term: an officer looks at it.</summary>
    public static bool IsAbnormal(decimal capital, IEnumerable<DateOnly> dueDates, DateOnly appliedOn) =>
        capital > Abnormal || dueDates.Any(d => d > appliedOn.AddYears(AbnormalYears));

    public static int Decimals(decimal amount) => (amount / 1.000000000000000000000000000000m).Scale;

    public static string Show(decimal amount) => amount.ToString("0.######", CultureInfo.InvariantCulture);
}
