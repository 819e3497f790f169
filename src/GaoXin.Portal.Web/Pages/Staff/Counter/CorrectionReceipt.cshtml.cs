using GaoXin.Portal.Cases.Counter;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Staff.Counter;

/// <summary>补正收件凭证, to print.</summary>
public sealed class CorrectionReceiptModel : CounterPage
{
    /// <summary>The case.</summary>
    [FromRoute(Name = "id")]
    public Guid Id { get; set; }

    /// <summary>What it says.</summary>
    public CorrectionReceipt Receipt { get; private set; } = null!;

    /// <summary>Shows it.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        Receipt = await Send(new GetCorrectionReceipt(Id));
        await base.LoadAsync();
    }
}
