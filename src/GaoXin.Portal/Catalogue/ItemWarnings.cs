using System.Text.RegularExpressions;

namespace GaoXin.Portal.Catalogue;

/// <summary>What is unusual in an item without being wrong: shown to editors, never in the way.</summary>
public static partial class ItemWarnings
{
    /// <summary>The warnings of an item, each a sentence.</summary>
    public static IReadOnlyList<string> Of(ServiceDefinition service)
    {
        var warnings = new List<string>();
        if (service.Nature.BasicCode is { } basic && !BasicCode().IsMatch(basic))
            warnings.Add("基本编码通常是 12 位：9 位数字加 3 位数字或字母 Y，请核对。");
        if (service.Nature.ImplementationCode is { } code && !ImplementationCode().IsMatch(code))
            warnings.Add("实施编码通常是 31 位：18 位统一社会信用代码、1 位层级、12 位基本编码，请核对。");
        else if (service.Nature is { BasicCode: { } part, ImplementationCode: { } whole } && !whole.EndsWith(part, StringComparison.Ordinal))
            warnings.Add("实施编码的后 12 位和基本编码不一样，请核对。");
        if (service.Nature.Handling == Handling.Instant && service.Clock.PromisedDays > 1)
            warnings.Add($"即办件一般当天办好，现在承诺 {service.Clock.PromisedDays} 个工作日，请核对办件类型。");
        if (service.Guide.LegalBasis.Count == 0 && service.Nature.Kind != ItemKind.PublicService)
            warnings.Add("还没有写依据。");
        return warnings;
    }

    [GeneratedRegex(@"^\d{9}[0-9Y]{3}$")]
    private static partial Regex BasicCode();

    [GeneratedRegex(@"^[0-9A-Z]{18}[1-6]\d{9}[0-9Y]{3}$")]
    private static partial Regex ImplementationCode();
}
