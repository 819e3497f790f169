using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Identity;

/// <summary>
/// Begins to add a passkey （通行密钥） to the signed-in account. The answer is the options for the browser as JSON. They
/// carry the account's random id and a neutral name: nothing personal leaves for the device or its cloud.
/// </summary>
[ForSignedIn]
public sealed record OfferPasskey : ICommand<string>;

internal sealed class OfferPasskeyHandler(PasskeyCeremony ceremony, ICurrentUser user) : IRequestHandler<OfferPasskey, string>
{
    public Task<string> Handle(OfferPasskey request, CancellationToken ct)
    {
        var name = $"{(user.IsStaff ? "工作人员账号" : "个人账号")} {user.Id.ToString("N")[^4..].ToUpperInvariant()}";
        return ceremony.OfferCreation(new PasskeyUserEntity { Id = user.Id.ToString(), Name = name, DisplayName = name });
    }
}

/// <summary>
/// Adds the passkey the browser made after <see cref="OfferPasskey"/>; at most 10 an account. Refused:
/// <c>identity.passkey-not-made</c>, <c>identity.too-many-passkeys</c>.
/// </summary>
[ForSignedIn]
public sealed record AddPasskey : ICommand
{
    /// <summary>What the browser made, as JSON.</summary>
    public string Credential { get; init; } = "";

    /// <summary>What the person calls the device, for example 我的手机.</summary>
    public string Name { get; init; } = "";

    /// <summary>Without the credential.</summary>
    public override string ToString() => nameof(AddPasskey);
}

internal sealed class AddPasskeyValidator : AbstractValidator<AddPasskey>
{
    public const int LongestName = 30;
    public const string NameMissing = "请给这台设备起个名字，比如“我的手机”。";
    public const string NameTooLong = "名字最多 30 个字。";
    private const int LongestCredential = 20_000;

    public AddPasskeyValidator()
    {
        RuleFor(r => r.Name).Must(n => !string.IsNullOrWhiteSpace(n)).WithMessage(NameMissing).MaximumLength(LongestName).WithMessage(NameTooLong);
        RuleFor(r => r.Credential).MaximumLength(LongestCredential);
    }
}

internal sealed class AddPasskeyHandler(PortalDbContext db, UserManager<PortalUser> users, PasskeyCeremony ceremony, ICurrentUser user)
    : IRequestHandler<AddPasskey, Unit>
{
    private const int Most = 10;

    public async Task<Unit> Handle(AddPasskey request, CancellationToken ct)
    {
        var made = await ceremony.Attest(request.Credential);
        if (!made.Succeeded || made.UserEntity.Id != user.Id.ToString())
            throw new RefusedException(IdentityRefusals.PasskeyNotMade());
        await db.LockAccount(user.Id, ct);
        if (await db.Passkeys.CountAsync(p => p.UserId == user.Id, ct) >= Most)
            throw new RefusedException(IdentityRefusals.TooManyPasskeys());
        var account = await users.FindByIdAsync(user.Id.ToString()).OrNotFound("account");
        made.Passkey.Name = request.Name.Trim();
        var added = await users.AddOrUpdatePasskeyAsync(account, made.Passkey);
        return added.Succeeded ? Unit.Value : throw new RefusedException(IdentityRefusals.PasskeyNotMade());
    }
}
