using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Counter;
using GaoXin.Portal.Web.TagHelpers;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Staff.Counter;

/// <summary>发件: who came, what was checked.</summary>
public sealed class HandOverModel : CounterPage
{
    /// <summary>The case.</summary>
    [FromRoute(Name = "id")]
    public Guid Id { get; set; }

    /// <summary>The hand-over.</summary>
    [BindProperty]
    public HandOver Command { get; set; } = new();

    /// <summary>Shown once, on the list.</summary>
    [TempData(Key = "handed-over")]
    public string? Done { get; set; }

    /// <summary>What waits; null when a colleague was quicker.</summary>
    public HandOutLine? Result { get; private set; }

    /// <summary>Who can come.</summary>
    public static IReadOnlyList<Choice> Recipients { get; } = [new(nameof(Recipient.Applicant), "申请人本人"), new(nameof(Recipient.Agent), "代领的人", "要出示取件码")];

    /// <summary>What can be checked.</summary>
    public static IReadOnlyList<Choice> Ways { get; } = [new(nameof(HandOverProof.IdNumber), "身份证原件", "填号码的后六位"), new(nameof(HandOverProof.PickUpCode), "取件码", "在申请人的短信和进度里")];

    /// <summary>Shows the form.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <summary>发出去.</summary>
    public Task<IActionResult> OnPostAsync() => Try(async () => await Finish(await Send(Command with { CaseId = Id }), _ =>
    {
        Done = "已发出，申请人的进度里看得到领取时间。";
        return Redirect("/staff/counter/hand-out");
    }));

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        try
        {
            Result = await Send(new GetHandOut(Id));
        }
        catch (GaoXin.Portal.Kernel.NotFoundException) when (!ModelState.IsValid)
        {
            // The refusal says that it is gone.
        }

        await base.LoadAsync();
    }
}
