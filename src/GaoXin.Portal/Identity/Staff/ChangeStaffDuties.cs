using FluentValidation;
using GaoXin.Portal.Kernel;
using MediatR;

namespace GaoXin.Portal.Identity;

/// <summary>
/// Gives a staff account other roles and another department. Its sessions end at once. Refused:
/// <c>identity.last-administrator</c>.
/// </summary>
[ForStaff(Kernel.Roles.SystemAdministrator)]
public sealed record ChangeStaffDuties : ICommand
{
    /// <summary>The account.</summary>
    public Guid AccountId { get; init; }

    /// <summary>The department's code.</summary>
    public string DepartmentCode { get; init; } = "";

    /// <summary>All roles from now on.</summary>
    public IReadOnlyList<string> Roles { get; init; } = new List<string>(); // A form adds to it: an empty array would stay empty.
}

internal sealed class ChangeStaffDutiesValidator : AbstractValidator<ChangeStaffDuties>
{
    public ChangeStaffDutiesValidator()
    {
        RuleFor(r => r.DepartmentCode).NotEmpty().WithMessage("请选部门。").MaximumLength(60);
        this.AreOfOneKind(r => r.Roles);
    }
}

internal sealed class ChangeStaffDutiesHandler(StaffAccounts accounts) : IRequestHandler<ChangeStaffDuties, Unit>
{
    public async Task<Unit> Handle(ChangeStaffDuties request, CancellationToken ct)
    {
        var (_, member) = await accounts.Take(request.AccountId, ct);
        if (!request.Roles.Contains(Kernel.Roles.SystemAdministrator))
            await accounts.KeepAnAdministrator(member, ct);
        member.Roles = [.. request.Roles.Distinct()];
        member.DepartmentCode = request.DepartmentCode;
        accounts.Record(member.UserId, StaffAccountChangeKind.DutiesChanged, $"{request.DepartmentCode}: {string.Join(' ', member.Roles)}");
        return Unit.Value;
    }
}
