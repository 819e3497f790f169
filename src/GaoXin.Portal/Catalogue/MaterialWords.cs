namespace GaoXin.Portal.Catalogue;

/// <summary>Materials in the words of guides, on pages and on paper.</summary>
public static class MaterialWords
{
    /// <summary>In what form it is brought: 原件 1 份.</summary>
    public static string Form(MaterialDefinition material) => material.Kind switch
    {
        MaterialKind.Original => $"原件 {material.Copies} 份",
        MaterialKind.Copy => $"复印件 {material.Copies} 份",
        MaterialKind.Form => $"表 {material.Copies} 份",
        _ => "拍照或扫描件",
    };

    /// <summary>Why it need not be brought.</summary>
    public static string Waived(MaterialDefinition material) => material.Waiver switch
    {
        Waiver.ELicence => "调电子证照，免交",
        Waiver.Shared => "系统调取，免交",
        Waiver.Generated => "系统生成，免交",
        _ => "告知承诺，免交",
    };

    /// <summary>In brackets, when it is wanted in some cases only; else empty.</summary>
    public static string When(MaterialDefinition material) => material is { Required: true, RequiredIf: null } ? "" : "（有的情况才要）";
}
