using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Identity;

/// <summary>
/// Opens an account for a member of staff. The answer holds a one-time password, good for 72 hours: at the first sign-in
/// the person replaces it and sets up the authenticator. Refused: <c>identity.account-name-taken</c>.
/// </summary>
[ForStaff(Kernel.Roles.SystemAdministrator)]
public sealed record CreateStaffAccount : ICommand<OneTimePassword>
{
    /// <summary>The name typed at sign-in: letters, digits, dot and hyphen.</summary>
    public string AccountName { get; init; } = "";

    /// <summary>工号.</summary>
    public string StaffNumber { get; init; } = "";

    /// <summary>The name shown with decisions.</summary>
    public string Name { get; init; } = "";

    /// <summary>The department's code.</summary>
    public string DepartmentCode { get; init; } = "";

    /// <summary>Any of <see cref="Kernel.Roles"/>.</summary>
    public IReadOnlyList<string> Roles { get; init; } = new List<string>(); // A form adds to it: an empty array would stay empty.
}

/// <summary>A password to hand over once. Never log it, never store it readable.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Password">The password.</param>
public sealed record OneTimePassword(Guid AccountId, string Password)
{
    /// <summary>Without the password.</summary>
    public override string ToString() => $"One-time password of {AccountId}";
}

internal sealed class CreateStaffAccountValidator : AbstractValidator<CreateStaffAccount>
{
    public CreateStaffAccountValidator()
    {
        RuleFor(r => r.AccountName).Matches("^[A-Za-z0-9.-]{3,40}$").WithMessage("账号用 3 到 40 个字母、数字、点或短横。");
        RuleFor(r => r.StaffNumber).NotEmpty().WithMessage("请填工号。").MaximumLength(20).WithMessage("工号最多 20 位。");
        RuleFor(r => r.Name).NotEmpty().WithMessage("请填姓名。").MaximumLength(50).WithMessage("姓名最多 50 个字。");
        RuleFor(r => r.DepartmentCode).NotEmpty().WithMessage("请选部门。").MaximumLength(60);
        this.AreOfOneKind(r => r.Roles);
    }
}

internal sealed class CreateStaffAccountHandler(PortalDbContext db, StaffAccounts accounts, TimeProvider clock)
    : IRequestHandler<CreateStaffAccount, OneTimePassword>
{
    public async Task<OneTimePassword> Handle(CreateStaffAccount request, CancellationToken ct)
    {
        var name = request.AccountName.ToUpperInvariant();
        if (await db.Users.AnyAsync(u => u.NormalizedUserName == name, ct)
            || await db.StaffMembers.AnyAsync(s => s.StaffNumber == request.StaffNumber, ct))
            throw new RefusedException(IdentityRefusals.AccountNameTaken());
        var account = PortalUser.ForStaff(request.AccountName, clock.GetUtcNow());
        var member = new StaffMember
        {
            UserId = account.Id,
            StaffNumber = request.StaffNumber,
            Name = request.Name,
            DepartmentCode = request.DepartmentCode,
            Roles = [.. request.Roles.Distinct()],
        };
        var password = await accounts.GiveOneTimePassword(account, member, ct);
        db.AddRange(account, member);
        accounts.Record(account.Id, StaffAccountChangeKind.Opened, string.Join(' ', member.Roles));
        return new OneTimePassword(account.Id, password);
    }
}
