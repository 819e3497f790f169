namespace GaoXin.Portal.Web.Pages.Staff.Catalogue;

/// <summary>The addresses of the editors' pages.</summary>
public static class CatalogueLinks
{
    /// <summary>All items.</summary>
    public const string Items = "/staff/catalogue";

    /// <summary>批量导入.</summary>
    public const string Imports = "/staff/catalogue/imports";

    /// <summary>One item with its versions.</summary>
    public static string Item(string code) => $"/staff/catalogue/items/{code}";

    /// <summary>版本对比.</summary>
    public static string Compare(string code, int from, int to) => $"/staff/catalogue/items/{code}/compare?from={from}&to={to}";

    /// <summary>One draft.</summary>
    public static string Draft(Guid id) => $"/staff/catalogue/drafts/{id}";

    /// <summary>One group of a draft's elements.</summary>
    public static string Edit(Guid id, string group) => $"/staff/catalogue/drafts/{id}/edit/{group}";

    /// <summary>One import.</summary>
    public static string Import(Guid id) => $"/staff/catalogue/imports/{id}";
}
