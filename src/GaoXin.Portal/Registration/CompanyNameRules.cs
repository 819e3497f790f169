namespace GaoXin.Portal.Registration;

/// <summary>Which part of a name a problem belongs to.</summary>
internal enum NamePart
{
    Region,
    TradeName,
    Industry,
    Form,
}

/// <summary>A problem of one part, with what to do about it.</summary>
internal sealed record NameProblem(NamePart Part, string Message);

/// <summary>The form rules of names: parts, characters and matching organisation form. Words and sameness are other policies.</summary>
internal static class CompanyNameRules
{
    public const int LongestTradeName = 12;
    public const int LongestIndustry = 20;

    public static IReadOnlyList<NameProblem> Check(CompanyName name, EntityKind kind, NameVocabulary words) =>
        [.. Region(name, words), .. TradeName(name, words), .. Industry(name), .. Form(name, kind, words)];

    private static IEnumerable<NameProblem> Region(CompanyName name, NameVocabulary words)
    {
        if (words.Zones.Contains(name.Region))
            yield return new(NamePart.Region, $"开发区名称不能单独使用，请改成“郑州{name.Region}”或“郑州”");
        else if (words.Districts.Contains(name.Region))
            yield return new(NamePart.Region, $"区名前面要加上市名，请改成“郑州市{name.Region}”或“郑州”");
        else if (!words.Regions.Contains(name.Region))
            yield return new(NamePart.Region, "请从列表里选择行政区划，比如“郑州”");
    }

    private static IEnumerable<NameProblem> TradeName(CompanyName name, NameVocabulary words)
    {
        var text = name.TradeName;
        var length = ChineseText.Length(text);
        if (length < 2)
            yield return new(NamePart.TradeName, "字号至少要两个汉字，比如“星河云图”");
        else if (length > LongestTradeName)
            yield return new(NamePart.TradeName, $"字号最多 {LongestTradeName} 个汉字，现在有 {length} 个，请缩短");
        else if (!ChineseText.IsHan(text))
            yield return new(NamePart.TradeName, "字号只能用规范汉字，不能有字母、数字、空格、符号或表情，请改掉");
        else if (words.IsDivision(text))
            yield return new(NamePart.TradeName, "行政区划的名称不能作字号，请换一个，或者在前后加字");
        else if (words.IndustryWords.Contains(text))
            yield return new(NamePart.TradeName, $"“{text}”是行业用语，不能单独作字号，请换一个，或者在前后加字");
    }

    private static IEnumerable<NameProblem> Industry(CompanyName name)
    {
        var text = name.Industry;
        if (text.Length == 0)
            yield return new(NamePart.Industry, "请填写行业或者经营特点，比如“网络科技”");
        else if (ChineseText.Length(text) > LongestIndustry)
            yield return new(NamePart.Industry, $"行业用语最多 {LongestIndustry} 个汉字，请缩短");
        else if (!ChineseText.IsHan(text))
            yield return new(NamePart.Industry, "行业用语只能用规范汉字，不能有字母、数字、空格、符号或表情，请改掉");
    }

    private static IEnumerable<NameProblem> Form(CompanyName name, EntityKind kind, NameVocabulary words)
    {
        if (words.Forms(kind).Contains(name.Form))
            yield break;
        yield return kind == EntityKind.IndividualBusiness
            ? new(NamePart.Form, "个体工商户的名称不能用“公司”“有限”，请选“店”“馆”“部”“行”“中心”等")
            : new(NamePart.Form, "有限责任公司的名称要以“有限公司”或“有限责任公司”结尾，请重新选择");
    }
}
