namespace GaoXin.Portal.Catalogue;

/// <summary>How remarks and problems name a place in a form: <c>key</c>, <c>group/rowId/key</c> or <c>material:code</c>.</summary>
public static class AnswerPath
{
    private const string MaterialPrefix = "material:";

    /// <summary>The path of a material.</summary>
    public static string OfMaterial(string code) => MaterialPrefix + code;

    /// <summary>The code of the material that is meant, or null when the path means a field.</summary>
    public static string? Material(string path) => path.StartsWith(MaterialPrefix, StringComparison.Ordinal) ? path[MaterialPrefix.Length..] : null;

    /// <summary>True when a path is the other one or lies in it: a field in its group, a column in its row.</summary>
    public static bool IsIn(string path, string whole) => path == whole || path.StartsWith(whole + "/", StringComparison.Ordinal);
}
