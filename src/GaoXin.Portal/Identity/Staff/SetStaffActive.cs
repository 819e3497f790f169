using GaoXin.Portal.Kernel;
using MediatR;

namespace GaoXin.Portal.Identity;

/// <summary>
/// Deactivates （停用） or reactivates a staff account. Its sessions end at once. Refused:
/// <c>identity.last-administrator</c>.
/// </summary>
[ForStaff(Roles.SystemAdministrator)]
public sealed record SetStaffActive : ICommand
{
    /// <summary>The account.</summary>
    public Guid AccountId { get; init; }

    /// <summary>True to reactivate.</summary>
    public bool Active { get; init; }
}

internal sealed class SetStaffActiveHandler(StaffAccounts accounts) : IRequestHandler<SetStaffActive, Unit>
{
    public async Task<Unit> Handle(SetStaffActive request, CancellationToken ct)
    {
        var (_, member) = await accounts.Take(request.AccountId, ct);
        if (!request.Active)
            await accounts.KeepAnAdministrator(member, ct);
        member.Active = request.Active;
        accounts.Record(member.UserId, request.Active ? StaffAccountChangeKind.Reactivated : StaffAccountChangeKind.Deactivated);
        return Unit.Value;
    }
}
