using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Identity;

/// <summary>
/// Opens an account for a member of staff. The authenticator is set up at the first sign-in. Refused:
/// <c>identity.account-name-taken</c>.
/// </summary>
[ForStaff(Kernel.Roles.SystemAdministrator)]
public sealed record CreateStaffAccount : ICommand<Guid>
{
    /// <summary>The name typed at sign-in: letters, digits, dot and hyphen.</summary>
    public string AccountName { get; init; } = "";

    /// <summary>At least 10 characters with lower case, upper case and digits.</summary>
    public string Password { get; init; } = "";

    /// <summary>工号.</summary>
    public string StaffNumber { get; init; } = "";

    /// <summary>The name shown with decisions.</summary>
    public string Name { get; init; } = "";

    /// <summary>The department's code.</summary>
    public string DepartmentCode { get; init; } = "";

    /// <summary>Any of <see cref="Kernel.Roles"/>.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Without the password.</summary>
    public override string ToString() => $"{nameof(CreateStaffAccount)} {StaffNumber}";
}

internal sealed class CreateStaffAccountValidator : AbstractValidator<CreateStaffAccount>
{
    public CreateStaffAccountValidator()
    {
        RuleFor(r => r.AccountName).Matches("^[A-Za-z0-9.-]{3,40}$").WithMessage("账号用 3 到 40 个字母、数字、点或短横。");
        RuleFor(r => r.Password).Must(IsStrong).WithMessage("密码至少 10 位，要有大写字母、小写字母和数字。");
        RuleFor(r => r.StaffNumber).NotEmpty().WithMessage("请填工号。").MaximumLength(20).WithMessage("工号最多 20 位。");
        RuleFor(r => r.Name).NotEmpty().WithMessage("请填姓名。").MaximumLength(50).WithMessage("姓名最多 50 个字。");
        RuleFor(r => r.DepartmentCode).NotEmpty().WithMessage("请选部门。").MaximumLength(60);
        RuleFor(r => r.Roles).NotEmpty().WithMessage("请至少选一个角色。");
        RuleForEach(r => r.Roles).Must(r => Kernel.Roles.All.Contains(r)).WithMessage("没有这个角色，请重新选。");
        // 三员分立: whoever sets up accounts neither audits nor handles cases.
        RuleFor(r => r.Roles).Must(r => r.Count <= 1 || !r.Any(x => x is Kernel.Roles.SystemAdministrator or Kernel.Roles.Auditor))
            .WithMessage("系统管理员、安全审计员不能兼任其他角色，请分开设账号。");
    }

    private static bool IsStrong(string password) =>
        password.Length is >= 10 and <= 200 && password.Any(char.IsUpper) && password.Any(char.IsLower) && password.Any(char.IsDigit);
}

internal sealed class CreateStaffAccountHandler(PortalDbContext db, IPasswordHasher<PortalUser> hasher, TimeProvider clock)
    : IRequestHandler<CreateStaffAccount, Guid>
{
    public async Task<Guid> Handle(CreateStaffAccount request, CancellationToken ct)
    {
        var name = request.AccountName.ToUpperInvariant();
        if (await db.Users.AnyAsync(u => u.NormalizedUserName == name, ct)
            || await db.StaffMembers.AnyAsync(s => s.StaffNumber == request.StaffNumber, ct))
            throw new RefusedException(IdentityRefusals.AccountNameTaken());
        var user = PortalUser.ForStaff(request.AccountName, clock.GetUtcNow());
        user.PasswordHash = hasher.HashPassword(user, request.Password);
        db.Add(user);
        db.Add(new StaffMember
        {
            UserId = user.Id,
            StaffNumber = request.StaffNumber,
            Name = request.Name,
            DepartmentCode = request.DepartmentCode,
            Roles = [.. request.Roles.Distinct()],
        });
        return user.Id;
    }
}
