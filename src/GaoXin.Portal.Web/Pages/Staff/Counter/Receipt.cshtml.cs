using GaoXin.Portal.Cases.Counter;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Staff.Counter;

/// <summary>受理回执, to print.</summary>
public sealed class ReceiptModel : CounterPage
{
    /// <summary>The case.</summary>
    [FromRoute(Name = "id")]
    public Guid Id { get; set; }

    /// <summary>What it says.</summary>
    public CounterReceipt Receipt { get; private set; } = null!;

    /// <summary>Shows it.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        Receipt = await Send(new GetCounterReceipt(Id));
        await base.LoadAsync();
    }
}
