using GaoXin.Portal.Registration.Procedures;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Deregistration;

/// <summary>提异议: the reasons of somebody with a real name.</summary>
public sealed class ObjectModel : PortalPage
{
    /// <summary>The notice.</summary>
    [FromRoute(Name = "id")]
    public Guid Id { get; set; }

    /// <summary>The objection.</summary>
    [BindProperty]
    public ObjectToDeregistration Command { get; set; } = new();

    /// <summary>The notice it is about.</summary>
    public DeregistrationNoticeView View { get; private set; } = null!;

    /// <summary>Asks.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <summary>Objects.</summary>
    public Task<IActionResult> OnPostAsync() => Try(async () =>
    {
        await Send(Command with { NoticeId = Id });
        return Redirect($"{NoticeWords.One(Id)}?sent=true");
    });

    /// <inheritdoc />
    protected override async Task LoadAsync() => View = await Send(new GetDeregistrationNotice(Id));
}
