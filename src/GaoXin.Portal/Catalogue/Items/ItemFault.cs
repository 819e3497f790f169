using System.Text.RegularExpressions;
using GaoXin.Portal.Persistence.Seeds;

namespace GaoXin.Portal.Catalogue.Items;

/// <summary>A fault of an item in the words of staff.</summary>
/// <param name="Field">The path, for example <c>materials[0].title</c>.</param>
/// <param name="Label">What people call it.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Fix">What to do.</param>
public sealed record ItemFault(string Field, string Label, string Message, string Fix);

internal static partial class ItemFaultWords
{
    /// <summary>Faults found in documents: their place is the path of the node.</summary>
    public static IEnumerable<ItemFault> Of(IEnumerable<SeedFault> faults) => faults.Select(f =>
    {
        var path = PathOf(f);
        var (message, fix) = Words(f);
        return new ItemFault(path, Label(path), message, fix);
    });

    /// <summary>What only who writes definition files meets (the online form, rules) is told to staff with the file's own words.</summary>
    public static (string Message, string Fix) Words(SeedFault fault) =>
        fault.Chinese is { } words ? (words.Message, words.Fix) : ($"网上表单或规则的定义有错：{fault.Message}", $"请交给技术人员改定义文件：{fault.Fix}");

    /// <summary>The path of the element; of a missing one below its node.</summary>
    public static string PathOf(SeedFault fault) =>
        fault.Chinese?.Missing is not { } missing ? fault.File : fault.File.Length == 0 ? missing : $"{fault.File}.{missing}";

    /// <summary>材料第 2 行：份数, by the path.</summary>
    public static string Label(string path)
    {
        if (Row().Match(path) is { Success: true } row && Element(row.Groups["list"].Value) is { } rows)
        {
            var column = rows.Columns.FirstOrDefault(c => c.Path == row.Groups["column"].Value);
            return $"{rows.Label}第 {int.Parse(row.Groups["index"].Value, System.Globalization.CultureInfo.InvariantCulture) + 1} 行{(column is null ? "" : "：" + column.Label)}";
        }

        var plain = Index().Replace(path, "");
        return (Element(plain) ?? Element(plain.Split('.')[0]))?.Label ?? ItemElements.All.FirstOrDefault(e => e.Path.StartsWith(plain + ".", StringComparison.Ordinal))?.Label ?? plain;
    }

    private static ItemElement? Element(string path) => ItemElements.All.FirstOrDefault(e => e.Path == path);

    [GeneratedRegex(@"^(?<list>[a-z_.]+)\[(?<index>\d+)\](\.(?<column>[a-z_]+))?")]
    private static partial Regex Row();

    [GeneratedRegex(@"\[\d+\].*$")]
    private static partial Regex Index();
}
