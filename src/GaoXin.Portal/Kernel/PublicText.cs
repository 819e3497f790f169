using System.Text.RegularExpressions;

namespace GaoXin.Portal.Kernel;

/// <summary>
/// Makes a text fit to be public: telephone and ID numbers, plates, mail addresses, room numbers and names of persons go. It is a
/// proposal for a person to look at, and the last check before anything is published. Pure.
/// </summary>
internal static partial class PublicText
{
    private const string Gone = "（略）";

    /// <summary>The text without what tells who; <paramref name="names"/> are known names, for example the author's.</summary>
    public static string Of(string text, params string?[] names)
    {
        foreach (var name in names.Where(n => n is { Length: > 1 }))
            text = text.Replace(name!, Gone, StringComparison.Ordinal);
        text = LongNumber().Replace(text, Gone);
        text = Landline().Replace(text, Gone);
        text = Mail().Replace(text, Gone);
        text = Plate().Replace(text, Gone);
        text = Room().Replace(text, Gone);
        return Introduced().Replace(text, m => m.Groups["before"].Value + Gone);
    }

    /// <summary>True when something personal is still in it.</summary>
    public static bool IsPersonal(string text, params string?[] names) => Of(text, names) != text || PersonalNumbers.AreIn(text);

    // ID numbers, bank cards, mobile numbers: nine digits and more, however they are grouped.
    [GeneratedRegex(@"(?:\+?86[ -]?)?(?:\d[ -]?){8,}[\dXx]")]
    private static partial Regex LongNumber();

    [GeneratedRegex(@"0\d{2,3}[- ]?\d{7,8}(?:-\d{1,5})?")]
    private static partial Regex Landline();

    [GeneratedRegex(@"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")]
    private static partial Regex Mail();

    [GeneratedRegex(@"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·・ -]?[A-HJ-NP-Z0-9]{5,6}")]
    private static partial Regex Plate();

    [GeneratedRegex(@"(?:[A-Za-z]?\d{1,3}|[一二三四五六七八九十]{1,3})\s*(?:号楼|栋|幢|座|单元)(?:[^，。；\s]{0,6}?\d{1,5}\s*(?:室|号|户))?|\d{2,5}\s*(?:室|房|号房)")]
    private static partial Regex Room();

    // 我叫…, 姓名：…, 联系人…: the two to four characters behind it.
    [GeneratedRegex(@"(?<before>我叫|我是叫|本人|姓名[:：]?\s*|联系人[:：]?\s*|我名字是|户主[:：]?\s*|投诉人[:：]?\s*)(?!的|在|是|于|因|要|想|住|家|对|和|有|已|为|去|到|到|多|今|昨|前|从|向|认|希|请|曾|也|名|购|办)[\u4e00-\u9fff·]{2,4}?(?=[，,。；;、\s（(]|$)")]
    private static partial Regex Introduced();
}
