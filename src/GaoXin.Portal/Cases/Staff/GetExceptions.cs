using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases.Staff;

/// <summary>
/// 清单外要求 for supervision, newest first: who wanted what outside the published version, and why. The auditor sees all
/// departments, a senior officer the own one.
/// </summary>
[ForStaff(Roles.SeniorOfficer, Roles.Auditor)]
public sealed record GetExceptions : IQuery<Page<SupervisedException>>
{
    /// <summary>Code of a department; for the auditor only.</summary>
    public string? Department { get; init; }

    /// <summary>The cursor of the page before; null for the first.</summary>
    public string? After { get; init; }
}

/// <summary>One exception with its case.</summary>
public sealed record SupervisedException(
    Guid Id, Guid CaseId, string CaseNumber, string ServiceTitle, int ServiceVersion, string Department, ExceptionKind Kind, string What, string Reason, string By, DateTimeOffset At);

internal sealed class GetExceptionsHandler(PortalDbContext db, ICurrentUser user, PersonalDataCipher cipher) : IRequestHandler<GetExceptions, Page<SupervisedException>>
{
    private const int Size = 30;

    public async Task<Page<SupervisedException>> Handle(GetExceptions request, CancellationToken ct)
    {
        var department = user.IsInRole(Roles.Auditor) ? request.Department : user.DepartmentCode;
        var after = Guid.TryParse(request.After, out var id) ? id : (Guid?)null;
        var rows = await (
            from e in db.CaseExceptions.AsNoTracking()
            join c in db.Cases on e.CaseId equals c.Id
            where (string.IsNullOrEmpty(department) || e.Department == department) && (after == null || e.Id < after)
            orderby e.Id descending
            select new { Exception = e, c.Number, c.ServiceTitle, c.ServiceVersion }).Take(Size + 1).ToListAsync(ct);
        return new Page<SupervisedException>(
            [.. rows.Take(Size).Select(r => new SupervisedException(r.Exception.Id, r.Exception.CaseId, r.Number!, r.ServiceTitle, r.ServiceVersion, r.Exception.Department,
                r.Exception.Kind, r.Exception.What(cipher), r.Exception.Reason(cipher), r.Exception.ByName, r.Exception.At))],
            rows.Count > Size ? rows[Size - 1].Exception.Id.ToString() : null);
    }
}
