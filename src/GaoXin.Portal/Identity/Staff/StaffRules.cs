using FluentValidation;

namespace GaoXin.Portal.Identity;

/// <summary>Rules of staff accounts that several requests share.</summary>
internal static class StaffRules
{
    public static bool IsStrong(string? password) =>
        password is { Length: >= 10 and <= 200 } && password.Any(char.IsUpper) && password.Any(char.IsLower) && password.Any(char.IsDigit);

    public static void AreOfOneKind<T>(this AbstractValidator<T> validator, System.Linq.Expressions.Expression<Func<T, IReadOnlyList<string>>> roles)
    {
        validator.RuleFor(roles).NotEmpty().WithMessage("请至少选一个角色。");
        validator.RuleFor(roles).Must(all => all.All(Kernel.Roles.All.Contains)).WithMessage("没有这个角色，请重新选。");
        // 三员分立: whoever sets up accounts neither audits nor handles cases.
        validator.RuleFor(roles).Must(all => all.Count <= 1 || !all.Any(r => r is Kernel.Roles.SystemAdministrator or Kernel.Roles.Auditor))
            .WithMessage("系统管理员、安全审计员不能兼任其他角色，请分开设账号。");
    }
}
