namespace GaoXin.Portal.Web.Pages.Cases;

/// <summary>The pressed button of a form page: <c>verb</c> or <c>verb:target</c>.</summary>
internal sealed record PageAction(string Verb, string Target)
{
    public const string Control = "ask";
    public const string Enter = "enter";
    public const string Save = "save";
    public const string Overwrite = "overwrite";
    public const string Keep = "keep";
    public const string AddRow = "add";
    public const string RemoveRow = "remove";
    public const string Upload = "upload";
    public const string RemoveFile = "unfile";
    public const string Dispute = "dispute";
    public const string Find = "find";
    public const string MainItem = "main";
    public const string Advise = "advise";

    public static PageAction Of(IFormCollection form)
    {
        var text = form[Control].ToString();
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return text.Length == 0 ? new(Save, "") : colon < 0 ? new(text, "") : new(text[..colon], text[(colon + 1)..]);
    }
}
