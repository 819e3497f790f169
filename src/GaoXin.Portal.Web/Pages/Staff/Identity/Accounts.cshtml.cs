using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace GaoXin.Portal.Web.Pages.Staff.Identity;

/// <summary>工作人员账号: the list, and a new account. The auditor reads it without the form.</summary>
public sealed class AccountsModel : PortalPage
{
    internal const string PasswordKey = "staff.one-time-password";

    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    [BindProperty]
    public CreateStaffAccount Command { get; set; } = new();

    public Page<StaffAccount> Accounts { get; private set; } = null!;

    public IReadOnlyList<ReferenceEntry> Departments { get; private set; } = [];

    public bool MayChange => User.IsInRole(Roles.SystemAdministrator);

    public IEnumerable<SelectListItem> DepartmentChoices => Departments.Select(d => new SelectListItem(d.Title, d.Code));

    public string Department(string code) => Departments.FirstOrDefault(d => d.Code == code)?.Title ?? code;

    public Task OnGetAsync() => LoadAsync();

    public Task<IActionResult> OnPostAsync() => Try(async () =>
    {
        var opened = await Send(Command);
        TempData[PasswordKey] = opened.Password;
        return RedirectToPage("Account", new { id = opened.AccountId });
    });

    protected override async Task LoadAsync()
    {
        Accounts = await Send(new GetStaffAccounts { After = After });
        Departments = await Send(new GetReference(ReferenceKind.Departments));
    }
}
