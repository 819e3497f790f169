using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Forms;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Registration;
using GaoXin.Portal.Web.Components;
using GaoXin.Portal.Web.TagHelpers;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Web.Pages.Cases;

/// <summary>One page of a form, made from the definition. Every button saves what was typed first; nothing is lost.</summary>
[EnableRateLimiting(Hosting.RateLimits.Upload)]
[RequestFormLimits(ValueCountLimit = TypedValues.MostControls, MultipartBodyLengthLimit = Hosting.RequestLimits.LargestUpload)]
public sealed class FormModel(IOptions<PortalOptions> portal, ICurrentUser user) : PortalPage
{
    private const string Material = "material:";
    private const string OnTop = "";

    /// <summary>The case.</summary>
    [FromRoute(Name = "id")]
    public Guid Id { get; set; }

    /// <summary>The page of the form.</summary>
    [FromRoute(Name = "step")]
    public string Step { get; set; } = "";

    /// <summary>What is looked for in the standard phrases.</summary>
    [BindProperty(SupportsGet = true, Name = "find")]
    public string? Find { get; set; }

    /// <summary>The page as stored.</summary>
    public FormPageView Form { get; private set; } = null!;

    /// <summary>一件事: the departments that get what this page asks.</summary>
    public IReadOnlyList<string> Recipients { get; private set; } = [];

    /// <summary>Staff fill it in for the applicant (帮办, 综窗).</summary>
    public bool ForApplicant => user.IsStaff;

    /// <summary>The version the browser holds.</summary>
    public int Version { get; private set; }

    /// <summary>Fields another window saved with other values.</summary>
    public IReadOnlyList<FieldConflict> Conflicts { get; private set; } = [];

    /// <summary>The streets of the zone.</summary>
    public IReadOnlyList<ReferenceEntry> Streets { get; private set; } = [];

    /// <summary>Items of the business scope chosen so far.</summary>
    public IReadOnlyList<ScopeItem> Chosen { get; private set; } = [];

    /// <summary>Items found by the search.</summary>
    public IReadOnlyList<ScopeItem> Found { get; private set; } = [];

    /// <summary>Advice on the name, when asked for.</summary>
    public NameAdvice? Advice { get; private set; }

    /// <summary>The name the page is about, when it is.</summary>
    public NameOnPage? Name { get; private set; }

    /// <summary>The paths of all fields in the order of the page: a group stands before its rows.</summary>
    public IReadOnlyList<string> Paths => [.. Form.Fields.SelectMany(f => f.Rows.SelectMany(r => r.Fields).Prepend(f)).Select(f => f.Path)];

    /// <summary>Fields that can be seen, rows too.</summary>
    public int FieldsShown => Form.Fields.SelectMany(f => f.Use.Element.Type == FieldType.Group ? f.Rows.SelectMany(r => r.Fields) : [f]).Count(f => f.Visible && f.Use.Computed is null);

    private AnswerWords Words => new(Mediator);

    /// <summary>True when the key is on this page, so that the browser knows its value.</summary>
    public bool Has(string key) => Form.Page.Fields.Any(f => f.Key == key || f.Columns.Any(c => c.Key == key));

    /// <summary>Shows the page; a case that is not open for changes is shown as progress.</summary>
    public async Task<IActionResult> OnGetAsync([FromQuery] bool advise = false)
    {
        try
        {
            await LoadAsync();
        }
        catch (RefusedException)
        {
            return Redirect(CaseLinks.Standing(User, Id));
        }

        if (advise && Name is { } name)
            Advice = await Send(name.Ask(Id));
        return Page();
    }

    /// <summary>Saves, then does what the pressed button says.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        var action = PageAction.Of(Request.Form);
        if (action.Verb == PageAction.Enter)
            action = IsSearch() ? new(PageAction.Find, "") : new(PageAction.Save, "");
        var typed = TypedValues.Read(Request.Form);
        if (action.Verb == PageAction.MainItem)
            MoveToFront(typed, action.Target);
        try
        {
            await Upload();
            return action.Verb switch
            {
                PageAction.Save => await Save(typed, overwrite: false),
                PageAction.Overwrite => await Save(await Picked(typed), overwrite: true),
                PageAction.AddRow => await AddRow(typed, action.Target),
                PageAction.RemoveRow => await Then(typed, PageAsk.RemoveRow, action.Target, _ => Task.FromResult(Here(action.Target.Split('/')[0]))),
                _ => await Then(typed, PageAsk.Keep, null, _ => After(action)),
            };
        }
        catch (RefusedException refused) when (ClosesForm(refused))
        {
            return Redirect(CaseLinks.Standing(User, Id));
        }
    }

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        Form = await Send(new GetFormPage(Id, Step));
        Version = Form.Version;
        Name = NameOnPage.On(Form);
        if (Form.Recipients.Count > 0)
        {
            var departments = await Mediator.DepartmentTitles(Aborted);
            Recipients = [.. Form.Recipients.Select(r => departments.GetValueOrDefault(r, r))];
        }

        if (Form.Page.Fields.SelectMany(f => f.Columns.Prepend(f)).Any(f => f.Element.Type == FieldType.Division))
            Streets = [.. (await Words.Divisions(Aborted)).Where(d => d.Parent == portal.Value.DivisionCode)];
        if (Form.Fields.FirstOrDefault(f => f.Use.Element.Type == FieldType.BusinessScope) is not { } scope)
            return;
        Chosen = await Words.Items(scope.Value, Aborted);
        if (Find is not null && Find.Length <= 100)
            Found = [.. (await Send(new SearchBusinessScope(Find))).Where(i => Chosen.All(c => c.Code != i.Code))];
    }

    private async Task<IActionResult> Then(Dictionary<string, string?> typed, PageAsk ask, string? target, Func<SavedFormPage, Task<IActionResult>> next, bool overwrite = false)
    {
        var saved = await Send(new SaveFormPage
        {
            CaseId = Id,
            PageId = Step,
            Version = int.TryParse(typed.GetValueOrDefault("version"), out var version) ? version : 0,
            Values = typed,
            Ask = ask,
            Target = target,
            Overwrite = overwrite,
        });
        if (saved.Conflicts.Count == 0)
            return ModelState.ErrorCount > 0 && ask != PageAsk.Save ? await ShowAgain(typed) : await next(saved);
        Conflicts = saved.Conflicts;
        ModelState.AddModelError(OnTop, "另一个窗口或设备刚改过这一页。请在下面选用哪一边的，再保存");
        var shown = await ShowAgain(typed, all: true);
        Version = version;
        return shown;
    }

    private Task<IActionResult> Save(Dictionary<string, string?> typed, bool overwrite) => Then(typed, PageAsk.Save, null, async saved =>
    {
        foreach (var problem in saved.Problems.Where(p => !p.IsWarning && ModelState.GetValueOrDefault(p.Path)?.Errors.Count is null or 0))
            ModelState.AddModelError(problem.Path, problem.Message);
        return ModelState.ErrorCount > 0 ? await ShowAgain(typed) : Redirect(await NextPage());
    }, overwrite);

    private async Task<string> NextPage()
    {
        var form = await Send(new GetFormPage(Id, Step));
        if (ForApplicant && (form.Correcting || form.NextPageId is null))
            return CaseLinks.Tasks(Id);
        if (!form.Correcting)
            return form.NextPageId is { } next ? CaseLinks.Form(Id, next) : CaseLinks.Check(Id);
        var pages = (await Send(new GetCaseTrack(Id))).Remarks.Select(r => r.PageId).OfType<string>().Distinct().ToList();
        var after = pages.SkipWhile(p => p != Step).Skip(1).FirstOrDefault();
        return after is null ? CaseLinks.Check(Id) : CaseLinks.Form(Id, after);
    }

    private async Task<IActionResult> AddRow(Dictionary<string, string?> typed, string group)
    {
        var before = (await Send(new GetFormPage(Id, Step))).Fields.FirstOrDefault(f => f.Path == group);
        if (before is not null && before.Rows.Count >= before.Use.MaximumRows)
            ModelState.AddModelError(group, $"{before.Label}最多 {before.Use.MaximumRows} 个，不能再加");
        return await Then(typed, ModelState.ErrorCount > 0 ? PageAsk.Keep : PageAsk.AddRow, group, async _ =>
        {
            await LoadAsync();
            return Here(Form.Fields.FirstOrDefault(f => f.Path == group)?.Rows.LastOrDefault() is { } row ? $"{group}/{row.Id}" : group);
        });
    }

    /// <summary>What a kept page does next: search, advice, a file less, a dispute, or nothing.</summary>
    private async Task<IActionResult> After(PageAction action)
    {
        switch (action.Verb)
        {
            case PageAction.Find:
                return Redirect($"{CaseLinks.Form(Id, Step)}?find={Uri.EscapeDataString(Cut(Request.Form["find"].ToString()))}#find");
            case PageAction.Advise:
                return Redirect($"{CaseLinks.Form(Id, Step)}?advise=true#name-advice");
            case PageAction.RemoveFile when Guid.TryParse(action.Target, out var file):
                await Send(new RemoveAttachment(Id, file));
                return Here("main");
            case PageAction.Dispute:
                await Send(new DisputeValue(Id, action.Target));
                return Here(action.Target);
            case PageAction.Upload or PageAction.MainItem:
                return Here(action.Verb == PageAction.Upload ? Material + action.Target : "main");
            default:
                return Redirect(CaseLinks.Tasks(Id));
        }
    }

    /// <summary>Takes the files that came along; a refused one is said at its field, the others are kept.</summary>
    private async Task Upload()
    {
        foreach (var file in Request.Form.Files.Where(f => f.Name.StartsWith(Material, StringComparison.Ordinal)))
        {
            using var content = new MemoryStream();
            await file.CopyToAsync(content, Aborted);
            try
            {
                await Send(new UploadAttachment(Id, file.Name[Material.Length..], file.FileName, content.ToArray()));
            }
            catch (RefusedException refused) when (!ClosesForm(refused))
            {
                ModelState.AddModelError(file.Name, $"{Cut(file.FileName)}：{refused.Refusals[0].Message.TrimEnd('。')}");
            }
        }
    }

    /// <summary>The page again with 422; what was typed wins over what is stored, where the two differ.</summary>
    private async Task<IActionResult> ShowAgain(Dictionary<string, string?> typed, bool all = false)
    {
        foreach (var (path, value) in typed.Where(t => all || ModelState.GetValueOrDefault(t.Key)?.Errors.Count > 0))
            ModelState.SetModelValue(path, Request.Form[path] is { Count: > 1 } several ? several.ToArray() : value ?? "", value ?? "");
        return await ShowAgain();
    }

    /// <summary>For each conflict the side the person picked; the other window's value as it is now.</summary>
    private async Task<Dictionary<string, string?>> Picked(Dictionary<string, string?> typed)
    {
        var theirs = (await Send(new GetFormPage(Id, Step))).Fields.SelectMany(f => f.Rows.SelectMany(r => r.Fields).Prepend(f)).ToDictionary(f => f.Path);
        foreach (var path in typed.Keys.Where(k => k.StartsWith("pick:", StringComparison.Ordinal) && typed[k] == "theirs").Select(k => k["pick:".Length..]).ToList())
        {
            if (theirs.TryGetValue(path, out var other))
                typed[path] = other.Value;
        }

        return typed;
    }

    /// <summary>The form is not open any more: submitted, or what the applicant agreed to has ended.</summary>
    private static bool ClosesForm(RefusedException refused) => refused.Refusals[0].Code is "case.already-submitted" or "case.consent-over" or "case.open-form-first";

    private bool IsSearch() => Request.Form["find"].ToString() is { Length: > 0 } text && text != Request.Query["find"].ToString();

    private static void MoveToFront(Dictionary<string, string?> typed, string target)
    {
        var parts = target.Split('|', 2);
        if (parts.Length == 2 && typed.GetValueOrDefault(parts[0]) is { } codes && codes.Split(',').Contains(parts[1]))
            typed[parts[0]] = string.Join(',', codes.Split(',').Where(c => c != parts[1]).Prepend(parts[1]));
    }

    private IActionResult Here(string path) => Redirect($"{CaseLinks.Form(Id, Step)}{Request.QueryString}#{FieldIds.Of(path)}");

    private static string Cut(string text) => text.Length > 60 ? text[..60] : text;
}
