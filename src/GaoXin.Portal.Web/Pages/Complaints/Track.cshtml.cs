using GaoXin.Portal.Complaints;
using GaoXin.Portal.Evaluation;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Complaints;

/// <summary>
/// 诉求进度 for the owner: signed in, or with the pass of the look-up. Everybody else is led to the look-up, whether the number is
/// there or not.
/// </summary>
[AllowAnonymous]
public sealed class TrackModel : PortalPage
{
    /// <summary>Where the withdrawal code waits to be shown once.</summary>
    public const string CodeKey = "complaint-code";

    /// <summary>诉求编号.</summary>
    [FromRoute]
    public string Number { get; set; } = "";

    /// <summary>What to add.</summary>
    [BindProperty]
    public string? Text { get; set; }

    /// <summary>Why it is not solved.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>The withdrawal code, right after the filing only.</summary>
    public string? Code { get; private set; }

    /// <summary>What was just done; shown once.</summary>
    [TempData(Key = "complaint-done")]
    public string? Done { get; set; }

    /// <summary>The form of the 重办 stays open.</summary>
    public bool Reopening { get; private set; }

    /// <summary>The progress.</summary>
    public ComplaintTrack Track { get; private set; } = null!;

    /// <summary>The reply waits for a rating.</summary>
    public bool ToRate { get; private set; }

    /// <summary>Shows the progress.</summary>
    public Task<IActionResult> OnGetAsync() => Own(async () =>
    {
        await LoadAsync();
        Code = TempData[CodeKey] as string;
        Response.Headers.CacheControl = "no-store";
        return Page();
    });

    /// <summary>补充.</summary>
    public Task<IActionResult> OnPostAnswerAsync() => Own(() => Try(async () =>
    {
        await Send(new AnswerComplaint { Number = Number, Pass = ComplaintPass.Read(HttpContext), Text = Text });
        return Again("已补充，办理的人看得到。");
    }));

    /// <summary>要求重办.</summary>
    public Task<IActionResult> OnPostReopenAsync() => Own(() =>
    {
        Reopening = true;
        return Try(async () =>
        {
            var redone = await Send(new ReopenComplaint { Number = Number, Pass = ComplaintPass.Read(HttpContext), Reason = Reason });
            return Again(redone ? "开始重办，换一位承办人。" : "已经重办过两次。现在转督办，由督办员盯着解决。");
        });
    });

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        Track = await Send(new GetComplaintTrack(Number, ComplaintPass.Read(HttpContext)));
        ToRate = await Send(new GetWaitingRating(ServiceEventKind.Complaint, Track.Id)) is not null;
    }

    private RedirectResult Again(string done)
    {
        Done = done;
        return Redirect(ComplaintLinks.Track(ComplaintNumber.Normalise(Number)!));
    }

    private async Task<IActionResult> Own(Func<Task<IActionResult>> act)
    {
        try
        {
            return await act();
        }
        catch (NotFoundException)
        {
            return RedirectToPage("LookUp", new { number = ComplaintNumber.Normalise(Number) });
        }
    }
}
