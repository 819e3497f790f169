using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Identity;

/// <summary>The staff accounts by staff number, 50 a page. For the administrator, and for the auditor to read.</summary>
[ForStaff(Roles.SystemAdministrator, Roles.Auditor)]
public sealed record GetStaffAccounts : IQuery<Page<StaffAccount>>
{
    /// <summary>The cursor of the page before; null for the first.</summary>
    public string? After { get; init; }
}

/// <summary>One staff account with what was done to it, newest 50 first. Not found when there is none.</summary>
[ForStaff(Roles.SystemAdministrator, Roles.Auditor)]
public sealed record GetStaffAccount(Guid AccountId) : IQuery<StaffAccountHistory>;

/// <summary>A staff account.</summary>
public sealed record StaffAccount(
    Guid Id, string AccountName, string StaffNumber, string Name, string DepartmentCode, IReadOnlyList<string> Roles, bool Active, bool HasSecondFactor, DateTimeOffset? LastSignInAt);

/// <summary>A staff account and its changes.</summary>
public sealed record StaffAccountHistory(StaffAccount Account, IReadOnlyList<StaffAccountChanged> Changes);

/// <summary>One change by an administrator.</summary>
public sealed record StaffAccountChanged(StaffAccountChangeKind Kind, string Detail, string By, DateTimeOffset At);

internal sealed class GetStaffAccountsHandler(PortalDbContext db)
    : IRequestHandler<GetStaffAccounts, Page<StaffAccount>>, IRequestHandler<GetStaffAccount, StaffAccountHistory>
{
    private const int Size = 50;

    public async Task<Page<StaffAccount>> Handle(GetStaffAccounts request, CancellationToken ct)
    {
        var members = request.After is { } after ? db.StaffMembers.Where(s => string.Compare(s.StaffNumber, after) > 0) : db.StaffMembers;
        var rows = await Shown(members).Take(Size + 1).ToListAsync(ct);
        return new Page<StaffAccount>([.. rows.Take(Size)], rows.Count > Size ? rows[Size - 1].StaffNumber : null);
    }

    public async Task<StaffAccountHistory> Handle(GetStaffAccount request, CancellationToken ct)
    {
        var account = await Shown(db.StaffMembers.Where(s => s.UserId == request.AccountId)).SingleOrDefaultAsync(ct).OrNotFound("staff account");
        var changes = await db.StaffAccountChanges.Where(c => c.AccountId == request.AccountId).OrderByDescending(c => c.Id).Take(Size)
            .Select(c => new StaffAccountChanged(c.Kind, c.Detail, c.ChangedByName, c.At)).ToListAsync(ct);
        return new StaffAccountHistory(account, changes);
    }

    private IQueryable<StaffAccount> Shown(IQueryable<StaffMember> members)
    {
        var passkeys = db.Passkeys;
        return from member in members
               join account in db.Users on member.UserId equals account.Id
               orderby member.StaffNumber
               select new StaffAccount(member.UserId, account.UserName!, member.StaffNumber, member.Name, member.DepartmentCode, member.Roles, member.Active,
                   member.TotpConfirmedAt != null || passkeys.Any(p => p.UserId == member.UserId), account.LastSignInAt);
    }
}
