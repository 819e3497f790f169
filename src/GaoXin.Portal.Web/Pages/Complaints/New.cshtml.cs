using GaoXin.Portal.Cases;
using GaoXin.Portal.Complaints;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.RateLimiting;

namespace GaoXin.Portal.Web.Pages.Complaints;

/// <summary>
/// 反映问题, in two steps that work without scripts: say what happened; then see who answers, how it would be published and what is
/// alike, add photos and submit.
/// </summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Upload)]
public sealed class NewModel : PortalPage
{
    private const int MostCases = 20;

    /// <summary>The complaint.</summary>
    [BindProperty]
    public FileComplaint Command { get; set; } = new();

    /// <summary>Photos, in the second step.</summary>
    [BindProperty]
    public List<IFormFile> Photos { get; set; } = [];

    /// <summary>Came by a QR code in the hall.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Qr { get; set; }

    /// <summary>The advice of the second step; null in the first.</summary>
    public IntakeAdvice? Advice { get; private set; }

    /// <summary>Topics of the second level, grouped by their parent.</summary>
    public IReadOnlyList<SelectListItem> Topics { get; private set; } = [];

    /// <summary>The citizen's own cases.</summary>
    public IReadOnlyList<SelectListItem> Cases { get; private set; } = [];

    /// <summary>The account's telephone, masked.</summary>
    public string? OwnPhone { get; private set; }

    /// <summary>The chosen topic in words.</summary>
    public string? TopicTitle => Topics.FirstOrDefault(t => t.Value == Command.Topic)?.Text;

    /// <summary>What the second step carries over from the first.</summary>
    public IEnumerable<(string Name, string? Value)> Carried =>
    [
        ("Command.Kind", Command.Kind?.ToString()), ("Command.Topic", Command.Topic), ("Command.Text", Command.Text), ("Command.Place", Command.Place), ("Command.Identity", Command.Identity?.ToString()),
        ("Command.Name", Command.Name), ("Command.Phone", Command.Phone), ("Command.RelatedCaseId", Command.RelatedCaseId?.ToString()), ("Command.MayPublish", Command.MayPublish ? "true" : "false"),
    ];

    /// <summary>The first step.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <summary>To the second step, when the first is complete.</summary>
    public Task<IActionResult> OnPostCheckAsync() => Try(async () =>
    {
        await Advise();
        return Page();
    });

    /// <summary>Back to the first step with what was typed.</summary>
    public async Task<IActionResult> OnPostEditAsync()
    {
        ModelState.Remove(nameof(Photos));
        await LoadAsync();
        return Page();
    }

    /// <summary>Submits.</summary>
    public async Task<IActionResult> OnPostFileAsync()
    {
        var answer = await Try(async () =>
        {
            var filed = await Send(Command with { ByQrCode = Qr, Photos = await Read() });
            ComplaintPass.Keep(HttpContext, filed.Pass);
            TempData[TrackModel.CodeKey] = filed.Code;
            return Redirect(ComplaintLinks.Track(filed.Number));
        });
        // A refused file is mended in the second step, everything else in the first.
        if (!ModelState.IsValid && ModelState.All(s => s.Value!.Errors.Count == 0 || s.Key is nameof(Photos) or ""))
            await Advise();
        return answer;
    }

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        var tree = await Send(new GetComplaintTopics());
        Topics = [.. tree.Select(t => new SelectListItem($"{t.Group}：{t.Title}", t.Code))];
        if (User.Identity?.IsAuthenticated != true || User.HasClaim(PortalClaims.Kind, PortalClaims.Staff))
            return;
        OwnPhone = (await Send(new GetMyProfile())).MaskedPhone;
        Cases = [.. (await Send(new GetMyCases())).Items.Where(c => c.Number is not null).Take(MostCases)
            .Select(c => new SelectListItem($"{CaseNumber.Display(c.Number)} {c.ServiceTitle}（{c.StateText}）", c.Id.ToString()))];
    }

    /// <inheritdoc />
    protected override string FieldName(string? property) => property is null or nameof(FileComplaint.Photos) ? nameof(Photos)
        : base.FieldName(property.Replace("Complaint.", "", StringComparison.Ordinal));

    private async Task Advise()
    {
        Advice = await Send(new GetIntakeAdvice(Command));
        await LoadAsync();
    }

    private async Task<IReadOnlyList<ComplaintUpload>> Read()
    {
        var files = new List<ComplaintUpload>();
        foreach (var photo in Photos.Where(p => p.Length > 0))
        {
            await using var stream = photo.OpenReadStream();
            using var memory = new MemoryStream();
            await stream.CopyToAsync(memory, Aborted);
            files.Add(new ComplaintUpload(photo.FileName, memory.ToArray()));
        }

        return files;
    }
}
