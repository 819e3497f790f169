namespace GaoXin.Portal.Registration;

/// <summary>How an item of the business scope (经营范围) is treated.</summary>
public enum ScopeItemKind
{
    /// <summary>一般项目: free.</summary>
    General,

    /// <summary>许可项目（后置）: a licence after registration (先照后证).</summary>
    PostLicence,

    /// <summary>许可项目（前置）: an approval before registration.</summary>
    PreLicence,

    /// <summary>禁止: never registered.</summary>
    Forbidden,
}

/// <summary>A standard phrase (规范条目) of the business scope. The code is the portal's own, not a national one.</summary>
public sealed record ScopeItem
{
    /// <summary>The portal's own code, for example <c>YB1001</c>.</summary>
    public required string Code { get; init; }

    /// <summary>The wording on the licence.</summary>
    public required string Name { get; init; }

    /// <summary>General, licensed or forbidden.</summary>
    public required ScopeItemKind Kind { get; init; }

    /// <summary>Class of GB/T 4754-2017 with its section letter, for example <c>I6513</c>.</summary>
    public required string Industry { get; init; }

    /// <summary>Everyday words for search.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];
}

/// <summary>A chosen scope: items in order, the main one (主营项目) first.</summary>
internal sealed record BusinessScope(IReadOnlyList<ScopeItem> Items, IReadOnlyList<string> UnknownCodes)
{
    public const int MostItems = 50;
    private const string LicensedNote = "（依法须经批准的项目，经相关部门批准后方可开展经营活动，具体经营项目以相关部门批准文件或许可证件为准）";
    private const string GeneralNote = "（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）";

    public IReadOnlyList<ScopeItem> General => [.. Items.Where(i => i.Kind == ScopeItemKind.General)];

    public IReadOnlyList<ScopeItem> Licensed => [.. Items.Where(i => i.Kind is ScopeItemKind.PostLicence or ScopeItemKind.PreLicence)];

    /// <summary>The main item fixes the industry.</summary>
    public string? IndustryCode => Items.Count == 0 ? null : Items[0].Industry;

    /// <summary>The text of the licence in the statutory wording.</summary>
    public string LicenceText => Section("许可项目", Licensed, LicensedNote) + Section("一般项目", General, GeneralNote);

    /// <summary>Reads codes separated by commas, the main one first; a repeated code counts once.</summary>
    public static BusinessScope Of(string? codes, IReadOnlyDictionary<string, ScopeItem> catalogue)
    {
        var list = (codes ?? "").Split([',', '，'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().ToList();
        return new BusinessScope(
            [.. list.Where(catalogue.ContainsKey).Select(c => catalogue[c])],
            [.. list.Where(c => !catalogue.ContainsKey(c))]);
    }

    /// <summary>What stands in the way, in words.</summary>
    public IEnumerable<string> Problems()
    {
        if (Items.Count == 0 && UnknownCodes.Count == 0)
            yield return "请至少选择一个经营范围条目，第一个是主营项目";
        if (UnknownCodes.Count > 0)
            yield return $"有 {UnknownCodes.Count} 个条目不在规范目录里，请删除后从列表里重新选择";
        if (Items.Count > MostItems)
            yield return $"经营范围最多选 {MostItems} 个条目，现在有 {Items.Count} 个，请删掉一些";
        foreach (var item in Items.Where(i => i.Kind == ScopeItemKind.Forbidden))
            yield return $"“{item.Name}”是禁止经营的项目，请删除";
    }

    private static string Section(string title, IReadOnlyList<ScopeItem> items, string note) =>
        items.Count == 0 ? "" : $"{title}：{string.Join('；', items.Select(i => i.Name))}{note}";
}
