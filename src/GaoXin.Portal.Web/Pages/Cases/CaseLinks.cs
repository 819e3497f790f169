using System.Security.Claims;
using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Web.Pages.Cases;

/// <summary>The addresses of a case's pages.</summary>
internal static class CaseLinks
{
    public const string Mine = "/cases";
    public const string RealName = "/real-name";

    public static string Track(Guid id) => $"/cases/{id}";

    public static string Help(Guid id) => $"/cases/{id}/help";

    /// <summary>
    /// Where the case stands for who looks at it: the applicant's progress, or the desk of staff who fill in the form. Who sits at a window
    /// and helps too is led to the window, which passes on what is not in its hands to the helper's desk.
    /// </summary>
    public static string Standing(ClaimsPrincipal user, Guid id) =>
        user.IsInRole(Roles.WindowClerk) ? $"/staff/counter/{id}" : user.IsInRole(Roles.Helper) ? Desk(id) : Track(id);

    /// <summary>The helper's desk of a case.</summary>
    public static string Desk(Guid id) => $"/staff/help/{id}";

    public static string Tasks(Guid id) => $"/cases/{id}/tasks";

    public static string Check(Guid id) => $"/cases/{id}/check";

    public static string Withdraw(Guid id) => $"/cases/{id}/withdraw";

    public static string Form(Guid id, string page) => $"/cases/{id}/form/{Uri.EscapeDataString(page)}";

    public static string File(Guid id, Guid file) => $"/cases/{id}/files/{file}";

    public static string ExtraMaterial(Guid id, string code) => $"/cases/{id}/materials/{Uri.EscapeDataString(code)}";

    public static string Later(Guid id, string code) => $"/cases/{id}/later/{Uri.EscapeDataString(code)}";

    public static string Signature(Guid id) => $"/signatures/{id}";

    public static string Start(string code) => $"/cases/start/{Uri.EscapeDataString(code)}";
}
