using FluentValidation;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases.Staff;

/// <summary>
/// 一件事预警: parts of bundles that a department has not decided and that are overdue or due within some working days, the first due
/// first; keyset-paged. The hall manager and the auditor see all departments, a senior officer the own one.
/// </summary>
[ForStaff(Roles.HallManager, Roles.Auditor, Roles.SeniorOfficer)]
public sealed record GetMemberWarnings : IQuery<Page<MemberWarning>>
{
    /// <summary>How many working days ahead, 0 to 10; 0 is today and what is overdue.</summary>
    public int Within { get; init; } = 2;

    /// <summary>Code of a department; null for all that may be seen.</summary>
    public string? Department { get; init; }

    /// <summary>Where the page before ended.</summary>
    public string? After { get; init; }
}

/// <summary>One part that is due.</summary>
/// <param name="Id">The member case.</param>
/// <param name="Number">Its number.</param>
/// <param name="Title">The service.</param>
/// <param name="Department">Code of the department.</param>
/// <param name="State">Where it stands.</param>
/// <param name="DueOn">The due day.</param>
/// <param name="Claimed">Somebody has it in hand.</param>
/// <param name="BundleNumber">The number of the whole.</param>
/// <param name="BundleTitle">The 一件事.</param>
/// <param name="Join">What its lateness means for the whole.</param>
public sealed record MemberWarning(Guid Id, string Number, string Title, string Department, CaseState State, DateOnly DueOn, bool Claimed, string BundleNumber, string BundleTitle, JoinPolicy Join);

internal sealed class GetMemberWarningsValidator : AbstractValidator<GetMemberWarnings>
{
    public GetMemberWarningsValidator() => RuleFor(q => q.Within).InclusiveBetween(0, 10).WithMessage("最多看 10 个工作日以内的。");
}

internal sealed class GetMemberWarningsHandler(PortalDbContext db, ICurrentUser user, CaseFiles files, IMediator mediator, TimeProvider clock) : IRequestHandler<GetMemberWarnings, Page<MemberWarning>>
{
    private const int PageSize = 50;

    public async Task<Page<MemberWarning>> Handle(GetMemberWarnings request, CancellationToken ct)
    {
        var horizon = (await mediator.Send(new GetWorkingCalendar(), ct)).AddWorkingDays(clock.Today(), request.Within);
        var department = user.IsInRole(Roles.HallManager) || user.IsInRole(Roles.Auditor) ? request.Department : user.DepartmentCode;
        var rows = await (
            from c in Due(db, horizon, department, Cursors.Read(request.After))
            join b in db.Cases on c.BundleId equals b.Id
            orderby c.DueOn, c.Id
            select new { Case = c, b.Number, b.ServiceTitle, b.ServiceCode, b.ServiceVersion }).ToListAsync(ct);
        var warnings = new List<MemberWarning>();
        foreach (var row in rows.Take(PageSize))
        {
            // Definitions are cached, and there are few bundles.
            var member = (await files.Definition(row.ServiceCode, row.ServiceVersion, ct)).Bundle?.Members.FirstOrDefault(m => m.Code == row.Case.MemberCode);
            warnings.Add(new MemberWarning(row.Case.Id, row.Case.Number!, row.Case.ServiceTitle, row.Case.Department, row.Case.State, row.Case.DueOn!.Value, row.Case.ClaimedBy is not null,
                row.Number!, row.ServiceTitle, member?.Join ?? JoinPolicy.Required));
        }

        return new Page<MemberWarning>(warnings, rows.Count > PageSize ? Cursors.Write(warnings[^1].DueOn, warnings[^1].Id) : null);
    }

    /// <summary>One page and one more, after the last line of the page before.</summary>
    internal static IQueryable<Case> Due(PortalDbContext db, DateOnly horizon, string? department, (DateOnly? Day, Guid Id)? after)
    {
        var open = db.Cases.AsNoTracking().Where(c => c.BundleId != null && (c.State == CaseState.Submitted || c.State == CaseState.Accepted || c.State == CaseState.InReview) && c.DueOn <= horizon);
        if (!string.IsNullOrEmpty(department))
            open = open.Where(c => c.Department == department);
        if (after is ({ } day, var id))
            open = open.Where(c => c.DueOn >= day && (c.DueOn > day || c.Id > id));
        return open.OrderBy(c => c.DueOn).ThenBy(c => c.Id).Take(PageSize + 1);
    }
}
