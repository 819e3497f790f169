using GaoXin.Portal.Cases;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Cases;

/// <summary>指南以外的材料: what an officer asked for beyond the guide, why, and where to upload it.</summary>
public sealed class ExtraMaterialModel : PortalPage
{
    private const long Largest = 10 * 1024 * 1024;

    /// <summary>The case.</summary>
    [FromRoute(Name = "id")]
    public Guid Id { get; set; }

    /// <summary>Its code.</summary>
    [FromRoute(Name = "code")]
    public string Code { get; set; } = "";

    /// <summary>A file.</summary>
    [BindProperty]
    public IFormFile? Upload { get; set; }

    /// <summary>The material.</summary>
    public ExtraMaterial Material { get; private set; } = null!;

    /// <summary>Shows it.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <summary>Adds the file.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (Upload is not { Length: > 0 and <= Largest })
            ModelState.AddModelError(nameof(Upload), Upload is not { Length: > 0 } ? "请选择文件。" : "文件超过 10 MB，请压缩或重新拍照。");
        return await Try(async () =>
        {
            var content = new byte[Upload!.Length];
            await using (var stream = Upload.OpenReadStream())
                await stream.ReadExactlyAsync(content, Aborted);
            await Send(new UploadAttachment(Id, Code, Upload.FileName, content));
            return Redirect(CaseLinks.ExtraMaterial(Id, Code));
        });
    }

    /// <summary>Takes a file away.</summary>
    public Task<IActionResult> OnPostRemoveAsync([FromForm] Guid attachment) => Try(async () =>
    {
        await Send(new RemoveAttachment(Id, attachment));
        return Redirect(CaseLinks.ExtraMaterial(Id, Code));
    });

    /// <inheritdoc />
    protected override async Task LoadAsync() => Material = await Send(new GetExtraMaterial(Id, Code));

    /// <inheritdoc />
    protected override string FieldName(string? property) => nameof(Upload);
}
