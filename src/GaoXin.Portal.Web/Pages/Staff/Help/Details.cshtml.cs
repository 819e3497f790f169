using GaoXin.Portal.Cases.Helping;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Web.Components;
using GaoXin.Portal.Web.Pages.Cases;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Staff.Help;

/// <summary>One case on its helper's desk: where it stands, ring the applicant, fill in the form, hand it over.</summary>
public sealed class DetailsModel : PortalPage
{
    /// <summary>The case.</summary>
    [FromRoute(Name = "id")]
    public Guid Id { get; set; }

    /// <summary>Where it stands.</summary>
    public HelpedCase Helped { get; private set; } = null!;

    /// <summary>The applicant, after a recorded read.</summary>
    public HelpedPerson? Person { get; private set; }

    /// <summary>The names of departments by code.</summary>
    public IReadOnlyDictionary<string, string> Departments { get; private set; } = new Dictionary<string, string>();

    /// <summary>Shows it.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <summary>看申请人电话.</summary>
    public Task<IActionResult> OnPostRevealAsync() => Try(async () =>
    {
        Person = await Send(new RevealHelpedPerson(Id));
        await LoadAsync();
        return Page();
    });

    /// <summary>打开申请表.</summary>
    public Task<IActionResult> OnPostOpenAsync() => Try(async () =>
    {
        await Send(new OpenForApplicant(Id));
        return Redirect(CaseLinks.Tasks(Id));
    });

    /// <summary>转给同事.</summary>
    public Task<IActionResult> OnPostHandOverAsync() => Try(async () =>
    {
        await Send(new HandOverHelp(Id));
        return RedirectToPage("Index");
    });

    /// <summary>The messages stand in the summary: there is no control of that name on this page.</summary>
    protected override string FieldName(string? property) => "";

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        Helped = await Send(new GetHelpedCase(Id));
        if (Helped.Members.Count > 0)
            Departments = await Mediator.DepartmentTitles(Aborted);
    }
}
