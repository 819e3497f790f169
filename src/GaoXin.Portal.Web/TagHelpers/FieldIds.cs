using Microsoft.AspNetCore.Mvc.Rendering;

namespace GaoXin.Portal.Web.TagHelpers;

/// <summary>The ids that controls get from their names, so that labels, hints and the error summary find them.</summary>
public static class FieldIds
{
    /// <summary>The id of the control with this name: Command.Name becomes Command_Name.</summary>
    public static string Of(string name) => TagBuilder.CreateSanitizedId(name, "_");

    /// <summary>The id of the hint under the label.</summary>
    public static string Hint(string id) => id + "-hint";

    /// <summary>The id of the message beside the control.</summary>
    public static string Error(string id) => id + "-error";

    /// <summary>The id of the note that says where the value came from.</summary>
    public static string Source(string id) => id + "-source";
}
