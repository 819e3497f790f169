using GaoXin.Portal.Cases.Counter;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Staff.Counter;

/// <summary>Two steps: who it is, then the code that the applicant reads out. Nothing about the person stands in an address.</summary>
public sealed class NewModel : CounterPage
{
    /// <summary>The applicant.</summary>
    [BindProperty]
    public RequestFillingCode Command { get; set; } = new();

    /// <summary>What the applicant reads out.</summary>
    [BindProperty]
    public string? Code { get; set; }

    /// <summary>The service.</summary>
    [BindProperty(SupportsGet = true, Name = "service")]
    public string Service { get; set; } = "";

    /// <summary>The code that was sent.</summary>
    [BindProperty(SupportsGet = true, Name = "sent")]
    public Guid? Sent { get; set; }

    /// <summary>The title of the service.</summary>
    public string ServiceTitle { get; private set; } = "";

    /// <summary>The code on its way; null in the first step.</summary>
    public FillingCode? OnItsWay { get; private set; }

    /// <summary>Shows the step.</summary>
    public Task<IActionResult> OnGetAsync() => Try(async () =>
    {
        await LoadAsync();
        return Page();
    });

    /// <summary>核对，发验证码.</summary>
    public Task<IActionResult> OnPostAsync() => Try(async () =>
    {
        var sent = await Send(Command with { ServiceCode = Service });
        return Redirect($"/staff/counter/new?service={Uri.EscapeDataString(Service)}&sent={sent}");
    });

    /// <summary>申请人同意.</summary>
    public Task<IActionResult> OnPostOpenAsync() => Try(async () =>
        await Finish(await Send(new OpenCounterFiling(Sent ?? Guid.Empty, Code)), id => Redirect($"/staff/counter/{id}")));

    /// <inheritdoc />
    protected override string FieldName(string? property) => property == nameof(Code) ? nameof(Code) : base.FieldName(property);

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        ServiceTitle = await Send(new GetFilableService(Service));
        if (Sent is { } sent)
            OnItsWay = await Send(new GetFillingCode(sent));
    }
}
