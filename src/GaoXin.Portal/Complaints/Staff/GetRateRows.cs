using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using MiniExcelLibs;

namespace GaoXin.Portal.Complaints.Staff;

/// <summary>The complaints behind a number of a rate (点开看明细).</summary>
[ForStaff(Roles.ComplaintClerk, Roles.ComplaintSupervisor, Roles.Auditor)]
public sealed record GetRateRows(DateOnly Month, ComplaintRate Rate, string? Unit, RatePart? Part, string? Cursor = null) : IQuery<Page<RateLine>>;

/// <summary>One complaint behind a number.</summary>
public sealed record RateLine(Guid Id, string Number, string? Unit, int Round, RatePart Part, string State);

/// <summary>The same rows as a table file (XLSX), as shown: no personal data.</summary>
[ForStaff(Roles.ComplaintClerk, Roles.ComplaintSupervisor, Roles.Auditor)]
public sealed record ExportRateRows(DateOnly Month, ComplaintRate Rate, string? Unit, RatePart? Part) : IQuery<byte[]>;

internal sealed class GetRateRowsHandler(RateTable table) : IRequestHandler<GetRateRows, Page<RateLine>>
{
    private const int PageSize = 50;

    public async Task<Page<RateLine>> Handle(GetRateRows request, CancellationToken ct)
    {
        var rows = await table.Read(request.Month, request.Rate, request.Unit, request.Part, request.Cursor, PageSize + 1, ct);
        return new Page<RateLine>([.. rows.Take(PageSize)], rows.Count > PageSize ? $"{rows[PageSize - 1].Id:N}" : null);
    }
}

internal sealed class ExportRateRowsHandler(RateTable table) : IRequestHandler<ExportRateRows, byte[]>
{
    private const int Most = 20_000;

    public async Task<byte[]> Handle(ExportRateRows request, CancellationToken ct)
    {
        var rows = await table.Read(request.Month, request.Rate, request.Unit, request.Part, null, Most, ct);
        using var file = new MemoryStream();
        await file.SaveAsAsync(rows.Select(r => new Dictionary<string, object?>
        {
            ["诉求编号"] = ComplaintNumber.Display(r.Number),
            ["主办单位"] = r.Unit,
            ["第几次办理"] = r.Round,
            ["计入"] = Catalogue.ChineseWords.Chinese(r.Part),
            ["环节"] = r.State,
        }), cancellationToken: ct);
        return file.ToArray();
    }
}

/// <summary>The rows of a rate, from the definition that also gives the counts.</summary>
internal sealed class RateTable(PortalDbContext db, IMediator mediator, TimeProvider clock)
{
    public async Task<IReadOnlyList<RateLine>> Read(DateOnly month, ComplaintRate rate, string? unit, RatePart? part, string? cursor, int most, CancellationToken ct)
    {
        var (rateName, partName) = (rate.ToString(), part?.ToString());
        var rows = RateRows.Of(db, month, clock.GetUtcNow()).Where(r => r.Rate == rateName);
        if (unit is not null)
            rows = rows.Where(r => r.Unit == unit);
        if (partName is not null)
            rows = rows.Where(r => r.Part == partName);
        if (Guid.TryParseExact(cursor, "N", out var after))
            rows = rows.Where(r => r.ComplaintId > after);
        var titles = (await mediator.Send(new Catalogue.GetDepartments(), ct)).ToDictionary(d => d.Code, d => d.Title);
        var found = await rows.OrderBy(r => r.ComplaintId).ThenBy(r => r.Round).Take(most).ToListAsync(ct);
        var ids = found.Select(f => f.ComplaintId).Distinct().ToList();
        var complaints = await db.Complaints.Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.Number, c.State }).ToDictionaryAsync(c => c.Id, ct);
        return [.. found.Select(f => new RateLine(f.ComplaintId, complaints[f.ComplaintId].Number, titles.GetValueOrDefault(f.Unit ?? ""), f.Round, Enum.Parse<RatePart>(f.Part),
            Catalogue.ChineseWords.Chinese(complaints[f.ComplaintId].State)))];
    }
}
