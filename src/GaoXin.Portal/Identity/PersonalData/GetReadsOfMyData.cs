using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Identity;

/// <summary>Which staff saw full values of the signed-in person's data, and why, newest first （个人信息保护法 44）.</summary>
[ForCitizens]
public sealed record GetReadsOfMyData : IQuery<Page<ReadOfMyData>>
{
    /// <summary>The cursor of the page before; null for the first.</summary>
    public string? After { get; init; }
}

/// <summary>One look at the data.</summary>
/// <param name="StaffName">The member of staff; the surname only.</param>
/// <param name="DepartmentCode">The department.</param>
/// <param name="Field">What was shown.</param>
/// <param name="Reason">Why, in the reader's words.</param>
/// <param name="At">When.</param>
public sealed record ReadOfMyData(string StaffName, string? DepartmentCode, string Field, string Reason, DateTimeOffset At);

internal sealed class GetReadsOfMyDataHandler(PortalDbContext db, ICurrentUser user) : IRequestHandler<GetReadsOfMyData, Page<ReadOfMyData>>
{
    private const int Size = 20;

    public async Task<Page<ReadOfMyData>> Handle(GetReadsOfMyData request, CancellationToken ct)
    {
        var reads = db.PersonalDataReads.AsNoTracking().Where(r => r.SubjectAccountId == user.Id);
        // Version 7 ids grow with time, so the id alone is the key of the page.
        if (Guid.TryParse(request.After, out var after))
            reads = reads.Where(r => r.Id < after);
        var rows = await reads.OrderByDescending(r => r.Id).Take(Size + 1).ToListAsync(ct);
        var shown = rows.Take(Size).ToList();
        return new Page<ReadOfMyData>(
            [.. shown.Select(r => new ReadOfMyData(Masking.Name(r.StaffName), r.DepartmentCode, r.Field, r.Reason, r.At))],
            rows.Count > Size ? shown[^1].Id.ToString("N") : null);
    }
}
