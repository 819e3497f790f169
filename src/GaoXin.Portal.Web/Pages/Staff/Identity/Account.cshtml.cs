using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace GaoXin.Portal.Web.Pages.Staff.Identity;

/// <summary>One staff account: duties, deactivation, sign-in, and what was done to it.</summary>
[ResponseCache(NoStore = true)]
public sealed class AccountModel : PortalPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public ChangeStaffDuties Command { get; set; } = new();

    public StaffAccount Account { get; private set; } = null!;

    public IReadOnlyList<StaffAccountChanged> Changes { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Departments { get; private set; } = [];

    /// <summary>Shown on the first view after it was made, and never again.</summary>
    public string? Password { get; private set; }

    public bool MayChange => User.IsInRole(Roles.SystemAdministrator);

    public async Task OnGetAsync()
    {
        await LoadAsync();
        Password = TempData[AccountsModel.PasswordKey] as string;
        Command = new ChangeStaffDuties { DepartmentCode = Account.DepartmentCode, Roles = Account.Roles };
    }

    public Task<IActionResult> OnPostAsync() => Then(() => Send(Command with { AccountId = Id }));

    public Task<IActionResult> OnPostDeactivateAsync() => Instead(() => Send(new SetStaffActive { AccountId = Id, Active = false }));

    public Task<IActionResult> OnPostReactivateAsync() => Instead(() => Send(new SetStaffActive { AccountId = Id, Active = true }));

    public Task<IActionResult> OnPostResetAsync() =>
        Instead(async () => TempData[AccountsModel.PasswordKey] = (await Send(new ResetStaffSignIn { AccountId = Id })).Password);

    protected override async Task LoadAsync()
    {
        (Account, Changes) = await Send(new GetStaffAccount(Id));
        var known = await Send(new GetReference(ReferenceKind.Departments));
        Departments = [.. known.Select(d => new SelectListItem(d.Title, d.Code))];
        // A department that is not on the list any more stays chosen until somebody picks another.
        if (Departments.All(d => d.Value != Account.DepartmentCode))
            Departments = [.. Departments, new SelectListItem(Account.DepartmentCode, Account.DepartmentCode)];
    }

    private Task<IActionResult> Then(Func<Task> act) => Try(async () =>
    {
        await act();
        return RedirectToPage(new { Id });
    });

    /// <summary>The small forms do not fill the big one: it shows what is stored.</summary>
    private async Task<IActionResult> Instead(Func<Task> act)
    {
        ModelState.Clear();
        await LoadAsync();
        Command = new ChangeStaffDuties { DepartmentCode = Account.DepartmentCode, Roles = Account.Roles };
        return await Then(act);
    }
}
