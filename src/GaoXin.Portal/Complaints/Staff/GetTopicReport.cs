using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Complaints.Staff;

/// <summary>Which number of a topic.</summary>
public enum TopicPart
{
    /// <summary>本月.</summary>
    [Chinese("本月")]
    Filed,

    /// <summary>The same days of the month before.</summary>
    [Chinese("上月同期")]
    Before,

    /// <summary>重复诉求.</summary>
    [Chinese("重复")]
    Repeated,
}

/// <summary>热点和重复: every topic of a month, compared with the same days of the month before.</summary>
[ForStaff(Roles.ComplaintClerk, Roles.ComplaintSupervisor, Roles.ZoneLeader, Roles.Auditor)]
public sealed record GetTopicReport(DateOnly Month) : IQuery<IReadOnlyList<HotTopic>>;

/// <summary>The complaints behind a number of the report, newest first; without a topic, of all topics.</summary>
[ForStaff(Roles.ComplaintClerk, Roles.ComplaintSupervisor, Roles.ZoneLeader, Roles.Auditor)]
public sealed record GetTopicRows(DateOnly Month, string? Topic, TopicPart Part, string? Cursor = null) : IQuery<Page<TopicRow>>;

/// <summary>One complaint.</summary>
public sealed record TopicRow(Guid Id, string Number, string Topic, ComplaintKind Kind, string? Unit, ComplaintState State, DateTimeOffset SubmittedAt);

/// <summary>导出 (XLSX) as shown: the report, or the rows behind a number.</summary>
[ForStaff(Roles.ComplaintClerk, Roles.ComplaintSupervisor, Roles.ZoneLeader, Roles.Auditor)]
public sealed record ExportTopics(DateOnly Month, string? Topic, TopicPart? Part) : IQuery<byte[]>;

internal sealed class GetTopicReportHandler(TopicTable table) : IRequestHandler<GetTopicReport, IReadOnlyList<HotTopic>>
{
    public Task<IReadOnlyList<HotTopic>> Handle(GetTopicReport request, CancellationToken ct) => table.Count(request.Month, ct);
}

internal sealed class GetTopicRowsHandler(TopicRows rows) : IRequestHandler<GetTopicRows, Page<TopicRow>>
{
    private const int PageSize = 50;

    public async Task<Page<TopicRow>> Handle(GetTopicRows request, CancellationToken ct)
    {
        var found = await rows.Read(request.Month, request.Topic, request.Part, request.Cursor, PageSize + 1, ct);
        return new Page<TopicRow>([.. found.Take(PageSize)], found.Count > PageSize ? DeskCursor.Write(found[PageSize - 1].SubmittedAt, found[PageSize - 1].Id) : null);
    }
}

internal sealed class ExportTopicsHandler(TopicTable table, TopicRows rows) : IRequestHandler<ExportTopics, byte[]>
{
    private const int Most = 20_000;

    public async Task<byte[]> Handle(ExportTopics request, CancellationToken ct)
    {
        if (request.Part is { } part)
        {
            return await Sheet.Of((await rows.Read(request.Month, request.Topic, part, null, Most, ct)).Select(r => new Dictionary<string, object?>
            {
                ["诉求编号"] = ComplaintNumber.Display(r.Number),
                ["主题"] = r.Topic,
                ["类型"] = r.Kind.Chinese(),
                ["主办单位"] = r.Unit,
                ["环节"] = r.State.Chinese(),
                ["提交日期"] = r.SubmittedAt.Day().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            }), ct);
        }

        return await Sheet.Of((await table.Count(request.Month, ct)).Select(t => new Dictionary<string, object?>
        {
            ["主题"] = t.Title,
            [TopicPart.Filed.Chinese()] = t.Count,
            [TopicPart.Before.Chinese()] = t.Before,
            ["增减"] = t.Change,
            [TopicPart.Repeated.Chinese()] = t.Repeated,
        }), ct);
    }
}

/// <summary>The rows of the report with names instead of codes.</summary>
internal sealed class TopicRows(TopicTable table, Rulebooks rulebooks, IMediator mediator)
{
    public async Task<IReadOnlyList<TopicRow>> Read(DateOnly month, string? topic, TopicPart part, string? cursor, int most, CancellationToken ct)
    {
        var rows = table.Rows(month, topic, part);
        if (DeskCursor.Read(cursor) is ({ } at, var id))
            rows = rows.Where(c => c.SubmittedAt <= at && (c.SubmittedAt < at || c.Id < id));
        var found = await rows.OrderByDescending(c => c.SubmittedAt).ThenByDescending(c => c.Id).Take(most)
            .Select(c => new TopicRow(c.Id, c.Number, c.Topic!, c.Kind, c.Unit, c.State, c.SubmittedAt)).ToListAsync(ct);
        var topics = (await rulebooks.Topics(ct)).ToDictionary(t => t.Code, t => t.Title);
        var units = (await mediator.Send(new GetDepartments(), ct)).ToDictionary(d => d.Code, d => d.Title);
        return [.. found.Select(r => r with { Topic = topics.GetValueOrDefault(r.Topic, r.Topic), Unit = r.Unit is { } code ? units.GetValueOrDefault(code, code) : null })];
    }
}
