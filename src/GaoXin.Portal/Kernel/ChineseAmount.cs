using System.Text;

namespace GaoXin.Portal.Kernel;

/// <summary>Amounts of money in Chinese capitals (中文大写金额), as licences and receipts print them: 壹佰万圆整.</summary>
public static class ChineseAmount
{
    private const string Digits = "零壹贰叁肆伍陆柒捌玖";
    private static readonly string[] Places = ["", "拾", "佰", "仟"];
    private static readonly string[] Groups = ["", "万", "亿", "万"];

    /// <summary>
    /// Writes an amount in yuan. 角 and 分 follow when there are any, otherwise 整. Refuses negative amounts, fractions of a
    /// 分 and amounts of 10^16 yuan or more.
    /// </summary>
    public static string Format(decimal yuan)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(yuan);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(yuan, 10_000_000_000_000_000m);
        if (decimal.Round(yuan, 2) != yuan)
            throw new ArgumentOutOfRangeException(nameof(yuan), "Fractions of a 分 can not be written.");
        var whole = (long)decimal.Truncate(yuan);
        var cents = (int)((yuan - whole) * 100);
        var text = whole == 0 && cents > 0 ? "" : Whole(whole) + "圆";
        return text + Cents(cents, whole > 0);
    }

    private static string Cents(int cents, bool afterYuan)
    {
        if (cents == 0)
            return "整";
        var (jiao, fen) = (cents / 10, cents % 10);
        var text = jiao > 0 ? $"{Digits[jiao]}角" : afterYuan ? "零" : "";
        return text + (fen > 0 ? $"{Digits[fen]}分" : "整");
    }

    private static string Whole(long value)
    {
        if (value == 0)
            return "零";
        var result = new StringBuilder();
        var gap = false;
        for (var group = 3; group >= 0; group--)
        {
            var part = (int)(value / Power(group) % 10_000);
            if (part == 0)
            {
                gap = result.Length > 0;
                if (group == 2 && gap)
                    result.Append('亿');
                continue;
            }

            if (result.Length > 0 && (gap || part < 1000))
                result.Append('零');
            result.Append(Group(part)).Append(Groups[group]);
            gap = false;
        }

        return result.ToString();
    }

    private static long Power(int group) => group switch { 3 => 1_000_000_000_000, 2 => 100_000_000, 1 => 10_000, _ => 1 };

    private static string Group(int part)
    {
        var result = new StringBuilder();
        var gap = false;
        for (var place = 3; place >= 0; place--)
        {
            var digit = part / (int)Math.Pow(10, place) % 10;
            if (digit == 0)
            {
                gap = result.Length > 0;
                continue;
            }

            if (gap)
                result.Append('零');
            result.Append(Digits[digit]).Append(Places[place]);
            gap = false;
        }

        return result.ToString();
    }
}
