using GaoXin.Portal.Cases;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Cases;

/// <summary>A page that takes the files of one material after the submit: what was asked for beyond the guide, or promised for later.</summary>
public abstract class MaterialPage : PortalPage
{
    private const long Largest = 10 * 1024 * 1024;

    /// <summary>The case.</summary>
    [FromRoute(Name = "id")]
    public Guid Id { get; set; }

    /// <summary>The material's code.</summary>
    [FromRoute(Name = "code")]
    public string Code { get; set; } = "";

    /// <summary>A file.</summary>
    [BindProperty]
    public IFormFile? Upload { get; set; }

    /// <summary>The address of this page.</summary>
    protected abstract string Address { get; }

    /// <summary>Shows it.</summary>
    public Task<IActionResult> OnGetAsync() => WhileOpen(async () =>
    {
        await LoadAsync();
        return Page();
    });

    /// <summary>Adds the file.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (Upload is not { Length: > 0 and <= Largest })
            ModelState.AddModelError(nameof(Upload), Upload is not { Length: > 0 } ? "请选择文件。" : "文件超过 10 MB，请压缩或重新拍照。");
        return await WhileOpen(() => Try(async () =>
        {
            var content = new byte[Upload!.Length];
            await using (var stream = Upload.OpenReadStream())
                await stream.ReadExactlyAsync(content, Aborted);
            await Send(new UploadAttachment(Id, Code, Upload.FileName, content));
            return Redirect(Address);
        }));
    }

    /// <summary>Takes a file away.</summary>
    public Task<IActionResult> OnPostRemoveAsync([FromForm] Guid attachment) => WhileOpen(() => Try(async () =>
    {
        await Send(new RemoveAttachment(Id, attachment));
        return Redirect(Address);
    }));

    /// <summary>What the applicant agreed to has ended: back to where the case stands for who looks.</summary>
    private async Task<IActionResult> WhileOpen(Func<Task<IActionResult>> act)
    {
        try
        {
            return await act();
        }
        catch (RefusedException)
        {
            return Redirect(CaseLinks.Standing(User, Id));
        }
    }

    /// <inheritdoc />
    protected override string FieldName(string? property) => nameof(Upload);
}
