using GaoXin.Portal.Kernel;
using MediatR;

namespace GaoXin.Portal.Identity;

/// <summary>
/// For a lost phone or a forgotten password: forgets authenticator and passkeys and gives a one-time password, good for 72
/// hours. The person then sets everything up again. Open sessions end at once.
/// </summary>
[ForStaff(Roles.SystemAdministrator)]
public sealed record ResetStaffSignIn : ICommand<OneTimePassword>
{
    /// <summary>The account.</summary>
    public Guid AccountId { get; init; }
}

internal sealed class ResetStaffSignInHandler(StaffAccounts accounts) : IRequestHandler<ResetStaffSignIn, OneTimePassword>
{
    public async Task<OneTimePassword> Handle(ResetStaffSignIn request, CancellationToken ct)
    {
        var (account, member) = await accounts.Take(request.AccountId, ct);
        var password = await accounts.GiveOneTimePassword(account, member, ct);
        accounts.Record(member.UserId, StaffAccountChangeKind.SignInReset);
        return new OneTimePassword(account.Id, password);
    }
}
