using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Complaints.Staff;

/// <summary>The complaints behind a number of a rate (点开看明细).</summary>
[ForStaff(Roles.ComplaintClerk, Roles.ComplaintSupervisor, Roles.ZoneLeader, Roles.Auditor)]
public sealed record GetRateRows(DateOnly Month, ComplaintRate Rate, string? Unit, RatePart? Part, string? Cursor = null) : IQuery<Page<RateLine>>;

/// <summary>One complaint behind a number.</summary>
public sealed record RateLine(Guid Id, string Number, string? Unit, int Round, RatePart Part, string State);

/// <summary>The same rows as a table file (XLSX), as shown: no personal data.</summary>
[ForStaff(Roles.ComplaintClerk, Roles.ComplaintSupervisor, Roles.ZoneLeader, Roles.Auditor)]
public sealed record ExportRateRows(DateOnly Month, ComplaintRate Rate, string? Unit, RatePart? Part) : IQuery<byte[]>;

/// <summary>The rates of a month as a table file (XLSX), as shown: with numerator, denominator, excluded and the month before.</summary>
[ForStaff(Roles.ComplaintClerk, Roles.ComplaintSupervisor, Roles.ZoneLeader, Roles.Auditor)]
public sealed record ExportRates(DateOnly Month) : IQuery<byte[]>;

internal sealed class GetRateRowsHandler(RateTable table) : IRequestHandler<GetRateRows, Page<RateLine>>
{
    private const int PageSize = 50;

    public async Task<Page<RateLine>> Handle(GetRateRows request, CancellationToken ct)
    {
        var rows = await table.Read(request.Month, request.Rate, request.Unit, request.Part, request.Cursor, PageSize + 1, ct);
        return new Page<RateLine>([.. rows.Take(PageSize)], rows.Count > PageSize ? RateCursor.Write(rows[PageSize - 1]) : null);
    }
}

internal sealed class ExportRateRowsHandler(RateTable table) : IRequestHandler<ExportRateRows, byte[]>
{
    private const int Most = 20_000;

    public async Task<byte[]> Handle(ExportRateRows request, CancellationToken ct)
    {
        var rows = await table.Read(request.Month, request.Rate, request.Unit, request.Part, null, Most, ct);
        return await Sheet.Of(rows.Select(r => new Dictionary<string, object?>
        {
            ["诉求编号"] = ComplaintNumber.Display(r.Number),
            ["主办单位"] = r.Unit,
            ["第几次办理"] = r.Round,
            ["计入"] = Catalogue.ChineseWords.Chinese(r.Part),
            ["环节"] = r.State,
        }), ct);
    }
}

internal sealed class ExportRatesHandler(IMediator mediator) : IRequestHandler<ExportRates, byte[]>
{
    public async Task<byte[]> Handle(ExportRates request, CancellationToken ct)
    {
        var before = (await mediator.Send(new GetComplaintRates(request.Month.AddMonths(-1)), ct)).ToDictionary(u => u.Unit ?? "");
        return await Sheet.Of((await mediator.Send(new GetComplaintRates(request.Month), ct)).Select(u =>
        {
            var row = new Dictionary<string, object?> { ["单位"] = u.Title };
            foreach (var (rate, counts) in u.Rates)
            {
                var name = Catalogue.ChineseWords.Chinese(rate);
                (row[$"{name}（%）"], row[$"{name}分子"], row[$"{name}分母"], row[$"{name}不计入"]) = (counts.Percent, counts.Numerator, counts.Denominator, counts.Excluded);
                row[$"{name}上月（%）"] = before.GetValueOrDefault(u.Unit ?? "")?.Rates[rate].Percent;
            }

            return row;
        }), ct);
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
        if (RateCursor.Read(cursor) is var (after, round))
            rows = rows.Where(r => r.ComplaintId > after || (r.ComplaintId == after && r.Round > round));
        var titles = (await mediator.Send(new Catalogue.GetDepartments(), ct)).ToDictionary(d => d.Code, d => d.Title);
        var found = await rows.OrderBy(r => r.ComplaintId).ThenBy(r => r.Round).Take(most).ToListAsync(ct);
        var ids = found.Select(f => f.ComplaintId).Distinct().ToList();
        var complaints = await db.Complaints.Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.Number, c.State }).ToDictionaryAsync(c => c.Id, ct);
        return [.. found.Select(f => new RateLine(f.ComplaintId, complaints[f.ComplaintId].Number, titles.GetValueOrDefault(f.Unit ?? ""), f.Round, Enum.Parse<RatePart>(f.Part),
            Catalogue.ChineseWords.Chinese(complaints[f.ComplaintId].State)))];
    }
}

/// <summary>A complaint stands once a round in a rate: the cursor names both.</summary>
internal static class RateCursor
{
    public static string Write(RateLine last) => $"{last.Id:N}.{last.Round.ToString(System.Globalization.CultureInfo.InvariantCulture)}";

    public static (Guid Id, int Round)? Read(string? cursor)
    {
        var parts = cursor?.Split('.') ?? [];
        return parts.Length == 2 && Guid.TryParseExact(parts[0], "N", out var id) && int.TryParse(parts[1], System.Globalization.CultureInfo.InvariantCulture, out var round) ? (id, round) : null;
    }
}
