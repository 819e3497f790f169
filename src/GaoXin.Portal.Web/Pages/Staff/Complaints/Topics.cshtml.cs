using GaoXin.Portal.Complaints;
using GaoXin.Portal.Complaints.Staff;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Staff.Complaints;

/// <summary>热点和重复: the topics of a month against the same days of the month before, every number with its rows.</summary>
public sealed class TopicsModel(TimeProvider clock) : PortalPage
{
    /// <summary>The month, yyyy-MM.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Month { get; set; }

    /// <summary>Which topic's rows.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Topic { get; set; }

    /// <summary>Which number's rows.</summary>
    [BindProperty(SupportsGet = true)]
    public TopicPart? Part { get; set; }

    /// <summary>Where the page before ended.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>The first day of the month.</summary>
    public DateOnly FirstDay => Pages.Complaints.OutcomesModel.MonthOf(Month, clock);

    /// <summary>The topics, the most frequent first.</summary>
    public IReadOnlyList<HotTopic> Topics { get; private set; } = [];

    /// <summary>The rows behind a number.</summary>
    public Page<TopicRow>? Rows { get; private set; }

    /// <summary>Auditor and leader see lines, not complaints.</summary>
    public bool MayOpen => User.IsInRole(Roles.ComplaintClerk) || User.IsInRole(Roles.ComplaintSupervisor);

    /// <summary>The address of the rows behind a number.</summary>
    public string Link(string? topic, TopicPart part) => $"/staff/complaints/topics?month={FirstDay:yyyy-MM}{(topic is null ? "" : $"&topic={topic}")}&part={part}#rows";

    /// <summary>Shows the report, and rows when asked for.</summary>
    public async Task OnGetAsync()
    {
        Topics = await Send(new GetTopicReport(FirstDay));
        if (Part is { } part)
            Rows = await Send(new GetTopicRows(FirstDay, Topic, part, After));
    }

    /// <summary>导出表格.</summary>
    public async Task<IActionResult> OnGetTableAsync() => File(await Send(new ExportTopics(FirstDay, Topic, Part)), TableFile.Type, $"topics-{FirstDay:yyyy-MM}.xlsx");
}
