using GaoXin.Portal.Catalogue.Exchange;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Staff.Catalogue;

/// <summary>批量导入、导出: all items as a file, an empty table, a dry run of a file, and the imports so far.</summary>
public sealed class ImportsModel : PortalPage
{
    /// <summary>As much as an import may have, and one byte, so that a larger file is told from one that fits.</summary>
    private const int Most = CheckImport.Largest + 1;

    /// <summary>Where the page before ended.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>The file.</summary>
    [BindProperty(Name = nameof(CheckImport.File))]
    public IFormFile? Upload { get; set; }

    /// <summary>取消原因 of items that the file leaves out.</summary>
    [BindProperty]
    public string? MissingReason { get; set; }

    /// <summary>取消依据.</summary>
    [BindProperty]
    public string? MissingBasis { get; set; }

    /// <summary>The imports, newest first.</summary>
    public Page<ImportLine> List { get; private set; } = null!;

    /// <summary>The auditor only reads.</summary>
    public bool MayEdit => User.IsInRole(Roles.CatalogueEditor);

    /// <summary>Shows the list.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <summary>试导入: nothing is written.</summary>
    public Task<IActionResult> OnPostAsync() => Try(async () => Redirect(CatalogueLinks.Import(await Send(new CheckImport
    {
        FileName = Path.GetFileName(Upload?.FileName ?? ""),
        File = await Content(),
        MissingReason = MissingReason,
        MissingBasis = MissingBasis,
    }))));

    /// <inheritdoc />
    protected override async Task LoadAsync() => List = await Send(new GetImports { After = After });

    /// <inheritdoc />
    protected override string FieldName(string? property) => property == nameof(CheckImport.FileName) ? nameof(CheckImport.File) : property ?? "";

    private async Task<byte[]> Content()
    {
        if (Upload is null)
            return [];
        await using var stream = Upload.OpenReadStream();
        var content = new byte[Math.Min(Upload.Length, Most)];
        await stream.ReadExactlyAsync(content, Aborted);
        return content;
    }
}
