using System.Globalization;
using System.Text.RegularExpressions;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Cases.Forms;

/// <summary>
/// Turns what was typed into the normal form of a field type, or says how to mend it. Lenient in what it accepts
/// (spaces, full-width digits, commas in amounts), strict in what it keeps.
/// </summary>
internal static partial class FieldInput
{
    private const int DefaultTextLength = 200;
    private const int NameLength = 50;
    private const string DateFormat = "yyyy-MM-dd";

    /// <summary>The normal form and null, or what was typed and a message.</summary>
    public static (string? Value, string? Problem) Normalise(FieldUse use, string? typed, DateOnly today)
    {
        var element = use.Element;
        var text = typed?.Trim();
        if (string.IsNullOrEmpty(text))
            return (null, null);
        return element.Type switch
        {
            FieldType.Integer => Number(element, text, 0),
            FieldType.Number or FieldType.Money or FieldType.Percentage => Number(element, text, element.Decimals),
            FieldType.Date => Date(element, text, today),
            FieldType.YesNo or FieldType.Commitment => text is "yes" or "no" ? (text, null) : (text, $"请选“{element.Label}”的是或否"),
            FieldType.SingleChoice => Choice(use, text),
            FieldType.MultipleChoice => Choices(element, text),
            FieldType.PersonName => PersonName(text),
            FieldType.ResidentId => Resident(text, today),
            FieldType.CreditCode => CreditCode.TryParse(text, out var code) ? (code.Code, null) : (text, "统一社会信用代码不对，请对照营业执照再看一遍，共 18 位"),
            FieldType.Mobile => MobileNumber.TryParse(text, out var mobile) ? (mobile.Digits, null) : (text, "请填写 11 位手机号，比如“138 0000 0000”"),
            FieldType.Telephone => Telephone(text),
            FieldType.Email => EmailPattern().IsMatch(text) && text.Length <= 100 ? (text, null) : (text, "请填写邮箱，比如“name@example.com”"),
            FieldType.Division => Digits(text, "请从列表里选行政区划", 6, 9, 12),
            FieldType.Postcode => Digits(text, "请填写 6 位邮政编码，比如“450001”", 6),
            FieldType.BusinessScope => ScopePattern().IsMatch(text) ? (text, null) : (text, "请从列表里选经营项目"),
            FieldType.RealEstateUnit => PropertyUnitNumber.TryParse(text, out var unit) ? (unit.Number, null) : (text, PropertyUnitNumber.Explain(text)),
            FieldType.Group => (null, null),
            _ => FreeText(element, text),
        };
    }

    /// <summary>A mobile number, or a telephone number with area code, in normal form; null when it is neither.</summary>
    public static string? TelephoneNumber(string? typed)
    {
        if (MobileNumber.TryParse(typed, out var mobile))
            return mobile.Digits;
        var compact = Text.Compact(typed ?? "");
        return LandlinePattern().IsMatch(compact) ? compact : null;
    }

    /// <summary>What to say when a wanted field is empty.</summary>
    public static string Missing(FieldUse use)
    {
        var label = use.Label ?? use.Element.Label;
        var verb = use.ChoicesFrom is not null ? "请选一项：" : use.Element.Type switch
        {
            FieldType.SingleChoice or FieldType.MultipleChoice or FieldType.YesNo or FieldType.Division or FieldType.BusinessScope => "请选一项：",
            FieldType.Commitment => "请读完后打勾：",
            _ => "请填写",
        };
        // A day is typed in three boxes: the example is in their words.
        var example = DateOnly.TryParseExact(use.Element.Example, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? $"{day:yyyy年M月d日}" : use.Element.Example;
        return example is null ? $"{verb}{label}" : $"{verb}{label}，比如“{example}”";
    }

    private static (string?, string?) Number(DataElement element, string text, int decimals)
    {
        var compact = Text.Compact(text).Replace(",", "", StringComparison.Ordinal).Replace("，", "", StringComparison.Ordinal);
        const NumberStyles Styles = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;
        if (compact.Length > 24 || !decimal.TryParse(compact, Styles, CultureInfo.InvariantCulture, out var number))
            return (text, $"请只填数字，比如“{element.Example ?? "100"}”");
        if (number != decimal.Round(number, decimals))
            return (text, decimals == 0 ? "请填整数" : $"小数点后最多 {decimals} 位");
        if (element.Minimum is { } least && number < decimal.Parse(least, CultureInfo.InvariantCulture))
            return (text, $"{element.Label}不能小于 {WithUnit(least, element)}");
        if (element.Maximum is { } most && number > decimal.Parse(most, CultureInfo.InvariantCulture))
            return (text, $"{element.Label}不能大于 {WithUnit(most, element)}");
        return ((number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture), null);
    }

    private static string WithUnit(string number, DataElement element) => element.Unit is { } unit ? $"{number} {unit}" : number;

    private static (string?, string?) Date(DataElement element, string text, DateOnly today)
    {
        var compact = Text.Compact(text);
        if (!DateOnly.TryParseExact(compact, [DateFormat, "yyyy-M-d", "yyyy/M/d"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return (text, "请填写有这一天的日期，比如 2026 年 11 月 26 日");
        if (Bound(element.Minimum, today) is { } first && day < first)
            return (text, $"{element.Label}不能早于 {first:yyyy年M月d日}");
        if (Bound(element.Maximum, today) is { } last && day > last)
            return (text, $"{element.Label}不能晚于 {last:yyyy年M月d日}");
        return (day.ToString(DateFormat, CultureInfo.InvariantCulture), null);
    }

    private static DateOnly? Bound(string? text, DateOnly today) =>
        text switch { null => null, "today" => today, _ => DateOnly.ParseExact(text, DateFormat, CultureInfo.InvariantCulture) };

    private static (string?, string?) Choice(FieldUse use, string text) =>
        use.Element.Choices.Any(c => c.Value == text) ? (text, null) : (text, $"请从列表里选{use.Label ?? use.Element.Label}");

    private static (string?, string?) Choices(DataElement element, string text)
    {
        var chosen = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet();
        return chosen.All(v => element.Choices.Any(c => c.Value == v))
            ? (string.Join(',', element.Choices.Select(c => c.Value).Where(chosen.Contains)), null)
            : (text, $"请从列表里选{element.Label}");
    }

    private static (string?, string?) PersonName(string text)
    {
        var name = text.Replace('•', '·').Replace('．', '·').Replace('・', '·');
        if (name.Length > NameLength)
            return (text, $"姓名最多 {NameLength} 个字，现在是 {name.Length} 个");
        return NamePattern().IsMatch(name) ? (name, null) : (text, "请按身份证填写姓名，只用汉字、字母和“·”");
    }

    private static (string?, string?) Resident(string text, DateOnly today)
    {
        if (!ResidentId.TryParse(text, out var id))
            return (text, ResidentId.Explain(text));
        return id.IsPlausibleOn(today) ? (id.Number, null) : (text, "身份证号里的出生日期不对，请对照证件再看一遍");
    }

    private static (string?, string?) Telephone(string text) =>
        TelephoneNumber(text) is { } number ? (number, null) : (text, "请填写 11 位手机号，或带区号的座机，比如“0371-00000000”");

    private static (string?, string?) Digits(string text, string message, params int[] lengths)
    {
        var compact = Text.Compact(text);
        return compact.All(char.IsAsciiDigit) && lengths.Contains(compact.Length) ? (compact, null) : (text, message);
    }

    private static (string?, string?) FreeText(DataElement element, string text)
    {
        var most = element.MaximumLength ?? DefaultTextLength;
        var length = new StringInfo(text).LengthInTextElements;
        if (length > most)
            return (text, $"{element.Label}最多 {most} 个字，现在是 {length} 个");
        if (FindOddCharacter(text, element.Type == FieldType.Multiline) is { } odd)
            return (text, $"{element.Label}里有不能用的符号“{odd}”，请删掉");
        return element.Pattern is { } pattern && !Regex.IsMatch(text, pattern, RegexOptions.None, TimeSpan.FromSeconds(2))
            ? (text, element.PatternMessage ?? Missing(new FieldUse { Element = element }))
            : (text, null);
    }

    /// <summary>Emoji, control and private-use characters do not belong in official text; rare Chinese characters do.</summary>
    private static string? FindOddCharacter(string text, bool lines)
    {
        for (var i = 0; i < text.Length; i += char.IsSurrogatePair(text, i) ? 2 : 1)
        {
            var category = CharUnicodeInfo.GetUnicodeCategory(text, i);
            if (category is UnicodeCategory.Control && lines && text[i] is '\n' or '\r')
                continue;
            if (category is UnicodeCategory.Control or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Format)
                return "不可见字符";
            if (category is UnicodeCategory.OtherSymbol && text[i] is not ('℃' or '№' or '㎡' or '°'))
                return text.Substring(i, char.IsSurrogatePair(text, i) ? 2 : 1);
        }

        return null;
    }

    [GeneratedRegex(@"^[\p{Lo}A-Za-z](?:[\p{Lo}A-Za-z·]|[\uD840-\uD888][\uDC00-\uDFFF])*$|^(?:[\uD840-\uD888][\uDC00-\uDFFF]|\p{Lo})(?:[\p{Lo}A-Za-z·]|[\uD840-\uD888][\uDC00-\uDFFF])*$")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^0\d{2,3}-?\d{7,8}(?:-\d{1,5})?$")]
    private static partial Regex LandlinePattern();

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\.[A-Za-z]{2,}$")]
    private static partial Regex EmailPattern();

    [GeneratedRegex(@"^[A-Za-z0-9.\-]{1,20}(?:,[A-Za-z0-9.\-]{1,20}){0,199}$")]
    private static partial Regex ScopePattern();
}
