using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Complaints;
using GaoXin.Portal.Complaints.Staff;
using GaoXin.Portal.Kernel;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace GaoXin.Portal.Web.Pages.Staff.Complaints;

/// <summary>
/// A complaint on the desk: what was said and what this member of staff may do now, nothing else. Every action is a plain form; what is
/// refused shows the page again as it stands now and keeps what was typed.
/// </summary>
public sealed class DetailsModel(TimeProvider clock) : PortalPage
{
    private string _tried = "";

    /// <summary>The complaint.</summary>
    [FromRoute]
    public Guid Id { get; set; }

    /// <summary>诉求类型.</summary>
    [BindProperty]
    public ComplaintKind Kind { get; set; }

    /// <summary>主题.</summary>
    [BindProperty]
    public string? Topic { get; set; }

    /// <summary>急不急.</summary>
    [BindProperty]
    public ComplaintUrgency Urgency { get; set; }

    /// <summary>复杂.</summary>
    [BindProperty]
    public bool Complex { get; set; }

    /// <summary>不予受理的原因.</summary>
    [BindProperty]
    public NotAcceptedReason? RefusalReason { get; set; }

    /// <summary>主办单位.</summary>
    [BindProperty]
    public string? Unit { get; set; }

    /// <summary>协办单位.</summary>
    [BindProperty]
    public string? CoUnit { get; set; }

    /// <summary>派单依据.</summary>
    [BindProperty]
    public string? Why { get; set; }

    /// <summary>并到哪一件.</summary>
    [BindProperty]
    public string? MasterNumber { get; set; }

    /// <summary>同意 or not.</summary>
    [BindProperty]
    public bool Grant { get; set; }

    /// <summary>A reason: of a return, or why somebody looks.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>退单依据.</summary>
    [BindProperty]
    public string? Basis { get; set; }

    /// <summary>该归哪个单位.</summary>
    [BindProperty]
    public string? SuggestedUnit { get; set; }

    /// <summary>协办意见.</summary>
    [BindProperty]
    public string? Opinion { get; set; }

    /// <summary>怎么联系的.</summary>
    [BindProperty]
    public ContactManner? Manner { get; set; }

    /// <summary>说了什么.</summary>
    [BindProperty]
    public string? Text { get; set; }

    /// <summary>答复.</summary>
    [BindProperty]
    public string? Reply { get; set; }

    /// <summary>Why the findings do not hold.</summary>
    [BindProperty]
    public string? OverrideReason { get; set; }

    /// <summary>挂起原因.</summary>
    [BindProperty]
    public SuspensionReason? Suspension { get; set; }

    /// <summary>挂起说明.</summary>
    [BindProperty]
    public string? Explanation { get; set; }

    /// <summary>延几天.</summary>
    [BindProperty]
    public int? Days { get; set; }

    /// <summary>为什么延.</summary>
    [BindProperty]
    public string? DelayReason { get; set; }

    /// <summary>A note: what to change, or what the citizen said.</summary>
    [BindProperty]
    public string? Note { get; set; }

    /// <summary>公开的诉求.</summary>
    [BindProperty]
    public string? PublicText { get; set; }

    /// <summary>公开的答复.</summary>
    [BindProperty]
    public string? PublicReply { get; set; }

    /// <summary>接通了没有.</summary>
    [BindProperty]
    public bool? Reached { get; set; }

    /// <summary>解决了没有.</summary>
    [BindProperty]
    public bool? Solved { get; set; }

    /// <summary>满不满意.</summary>
    [BindProperty]
    public bool? Satisfied { get; set; }

    /// <summary>What was just done; shown once.</summary>
    [TempData(Key = "staff-complaint-done")]
    public string? Done { get; set; }

    /// <summary>Name and telephone, on this answer only.</summary>
    public ReporterData? Revealed { get; private set; }

    /// <summary>The complaint as it stands now.</summary>
    public ComplaintForStaff Complaint { get; private set; } = null!;

    /// <summary>Topics to choose from.</summary>
    public IReadOnlyList<SelectListItem> Topics { get; private set; } = [];

    /// <summary>Units to choose from.</summary>
    public IReadOnlyList<SelectListItem> Units { get; private set; } = [];

    /// <summary>Now, in China.</summary>
    public DateTimeOffset Now { get; } = clock.GetUtcNow().Local();

    /// <summary>Approves suspensions and extensions.</summary>
    public bool IsClerk => User.IsInRole(Roles.ComplaintClerk);

    /// <summary>Kinds to choose from.</summary>
    public static IReadOnlyList<SelectListItem> KindItems { get; } = Items<ComplaintKind>();

    /// <summary>Urgencies to choose from.</summary>
    public static IReadOnlyList<SelectListItem> UrgencyItems { get; } = Items<ComplaintUrgency>();

    /// <summary>Reasons of a suspension.</summary>
    public static IReadOnlyList<SelectListItem> SuspensionItems { get; } = Items<SuspensionReason>();

    /// <summary>Reasons not to accept, each with the right way.</summary>
    public static IReadOnlyList<SelectListItem> RefusalItems { get; } =
        [.. Enum.GetValues<NotAcceptedReason>().Select(r => new SelectListItem(Pages.Complaints.ComplaintWords.WhereInstead(r.ToString()), r.ToString()))];

    /// <summary>Ways of contact: who is not to be known is not called.</summary>
    public static IReadOnlyList<SelectListItem> MannerItems(IdentityMode identity) =>
        [.. Enum.GetValues<ContactManner>().Where(m => identity == IdentityMode.Named || m == ContactManner.Message).Select(m => new SelectListItem(m.Chinese(), m.ToString()))];

    /// <summary>An entry of the record that the citizen does not see.</summary>
    public static string WordsOf(string kind) => Enum.TryParse<ComplaintAction>(kind, out var action) ? action.Chinese() : kind switch
    {
        "Taken" => "领办",
        "Answered" => "诉求人补充",
        "ContactedAgain" => "又联系了诉求人",
        "CoHandled" => "协办单位填了意见",
        "SuspensionAsked" => "申请挂起",
        "SuspensionRefused" => "挂起没有同意",
        "ExtensionAsked" => "申请延期",
        "ExtensionRefused" => "延期没有同意",
        "Escalated" => "到期提醒或催办",
        "Revealed" => "查看了诉求人的姓名和电话",
        "CalendarChanged" => "放假安排变了，时限重新算过",
        _ => kind,
    };

    /// <summary>The form of this action was refused just now: it stays open.</summary>
    public bool Failed(string action) => _tried == action && !ModelState.IsValid;

    /// <summary>Shows the complaint.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <summary>受理.</summary>
    public Task<IActionResult> OnPostAcceptAsync() => Act("Accept", new AcceptComplaint { Id = Id, Kind = Kind, Topic = Topic, Urgency = Urgency, Complex = Complex }, "已受理，诉求人收到了最晚答复的日期。请接着派单。");

    /// <summary>不予受理.</summary>
    public Task<IActionResult> OnPostRefuseAsync() => Act("Refuse", new RefuseComplaint(Id, RefusalReason), "已决定不予受理，诉求人看得到原因和该找谁。");

    /// <summary>派单.</summary>
    public Task<IActionResult> OnPostDispatchAsync() =>
        Act("Dispatch", new DispatchComplaint { Id = Id, Unit = Unit, CoUnits = string.IsNullOrEmpty(CoUnit) ? [] : [CoUnit], Why = Why }, "已派单，等办理单位签收。");

    /// <summary>并单.</summary>
    public Task<IActionResult> OnPostMergeAsync() => Act("Merge", new MergeComplaint(Id, MasterNumber), "已并单，诉求人会知道和哪件一起办。");

    /// <summary>解除并单.</summary>
    public Task<IActionResult> OnPostUnmergeAsync() => Act("Unmerge", new UnmergeComplaint(Id), "已解除并单，时限照旧。");

    /// <summary>退单裁定.</summary>
    public Task<IActionResult> OnPostRuleReturnAsync() => Act("RuleReturn", new RuleReturn(Id, Grant), Grant ? "退单成立，请重新派单。" : "退单不成立，由原单位负责。");

    /// <summary>挂起审批.</summary>
    public Task<IActionResult> OnPostRuleSuspensionAsync() => Act("RuleSuspension", new RuleSuspension(Id, Grant), Grant ? "已同意挂起，诉求人看得到原因。" : "没有同意挂起，时限照走。");

    /// <summary>延期审批.</summary>
    public Task<IActionResult> OnPostRuleExtensionAsync() => Act("RuleExtension", new RuleExtension(Id, Grant), Grant ? "已同意延期，诉求人看得到原因。" : "没有同意延期，时限照走。");

    /// <summary>恢复办理.</summary>
    public Task<IActionResult> OnPostResumeAsync() => Act("Resume", new ResumeComplaint(Id), "已恢复办理，时限接着走。");

    /// <summary>签收.</summary>
    public Task<IActionResult> OnPostSignAsync() => Act("Sign", new SignComplaint(Id), "已签收。请联系诉求人，再办理。");

    /// <summary>领办.</summary>
    public Task<IActionResult> OnPostTakeAsync() => Act("Take", new TakeComplaint(Id), "已领办，这一件由您办。请先联系诉求人。");

    /// <summary>申请退单.</summary>
    public Task<IActionResult> OnPostAskReturnAsync() => Act("AskReturn", new AskReturn { Id = Id, Reason = Reason, Basis = Basis, SuggestedUnit = SuggestedUnit }, "已申请退单，等裁定。");

    /// <summary>协办意见.</summary>
    public Task<IActionResult> OnPostCoHandleAsync() => Act("CoHandle", new FinishCoHandling(Id, Opinion), "协办意见已交给主办单位。");

    /// <summary>超期说明.</summary>
    public Task<IActionResult> OnPostExplainAsync() => Act("Explain", new ExplainDelay(Id, Explanation), "已写说明，诉求人看得到。");

    /// <summary>下督办单.</summary>
    public Task<IActionResult> OnPostSuperviseAsync() => Act("Supervise", new SuperviseComplaint(Id, Why), "已下督办单。");

    /// <summary>督办结论.</summary>
    public Task<IActionResult> OnPostCloseSupervisionAsync() => Act("CloseSupervision", new CloseSupervision(Id, Note), "督办已结束。");

    /// <summary>申请挂起.</summary>
    public Task<IActionResult> OnPostAskSuspensionAsync() => Act("AskSuspension", new AskSuspension(Id, Suspension, Explanation), "已申请挂起，批准以前时限照走。");

    /// <summary>申请延期.</summary>
    public Task<IActionResult> OnPostAskExtensionAsync() => Act("AskExtension", new AskExtension(Id, Days, DelayReason), "已申请延期，批准以前时限照走。");

    /// <summary>联系.</summary>
    public Task<IActionResult> OnPostContactAsync() => Act("Contact", new LogContact(Id, Manner, Text), "已记下联系情况。");

    /// <summary>答复.</summary>
    public Task<IActionResult> OnPostReplyAsync() => Act("Reply", new WriteReply(Id, Reply, OverrideReason), "答复已提交，由另一个人审核。");

    /// <summary>审核通过.</summary>
    public Task<IActionResult> OnPostApproveAsync() => Act("Approve", new ReviewReply { Id = Id, Approve = true, PublicText = PublicText, PublicReply = PublicReply }, "已发给诉求人，等回访。");

    /// <summary>退回修改.</summary>
    public Task<IActionResult> OnPostSendBackAsync() => Act("SendBack", new ReviewReply { Id = Id, Approve = false, Note = Note }, "已退回承办人修改。");

    /// <summary>回访.</summary>
    public Task<IActionResult> OnPostCallAsync() => Act("Call", new RecordCall { Id = Id, Reached = Reached, Solved = Solved, Satisfied = Satisfied, Note = Note }, "已记下这次回访。");

    /// <summary>办结.</summary>
    public Task<IActionResult> OnPostCloseAsync() => Act("Close", new CloseComplaint(Id), "已办结。");

    /// <summary>重办.</summary>
    public Task<IActionResult> OnPostRedoAsync() => Try(async () =>
    {
        Done = await Send(new RedoComplaint(Id)) ? "开始重办，由另一位承办人办。" : "已经重办过两次，现在转督办。";
        return RedirectToPage(new { id = Id });
    });

    /// <summary>查看完整: on this one answer; nothing of it stands in an address.</summary>
    public Task<IActionResult> OnPostRevealAsync()
    {
        _tried = "Reveal";
        return Try(async () =>
        {
            Revealed = await Send(new RevealReporter(Id, Reason));
            await LoadAsync();
            return Page();
        });
    }

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        Complaint = await Send(new GetComplaintForStaff(Id));
        Topics = [.. (await Send(new GetComplaintTopics())).Select(t => new SelectListItem($"{t.Group}：{t.Title}", t.Code))];
        Units = [.. (await Send(new GetDepartments())).Select(d => new SelectListItem(d.Title, d.Code))];
    }

    /// <inheritdoc />
    protected override string FieldName(string? property) => (_tried, property) switch
    {
        (_, null) => "",
        ("Refuse", nameof(RefuseComplaint.Reason)) => nameof(RefusalReason),
        ("Reply", nameof(WriteReply.Text)) => nameof(Reply),
        ("AskSuspension", nameof(AskSuspension.Reason)) => nameof(Suspension),
        ("AskExtension", nameof(AskExtension.Reason)) => nameof(DelayReason),
        ("Explain", nameof(ExplainDelay.Text)) => nameof(Explanation),
        ("CloseSupervision", nameof(CloseSupervision.Finding)) => nameof(Note),
        (_, var name) => name,
    };

    private static IReadOnlyList<SelectListItem> Items<T>()
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(v => new SelectListItem(((Enum)(object)v).Chinese(), v.ToString()))];

    private Task<IActionResult> Act(string tried, IRequest<Unit> command, string done)
    {
        _tried = tried;
        return Try(async () =>
        {
            await Send(command);
            Done = done;
            return RedirectToPage(new { id = Id });
        });
    }
}
