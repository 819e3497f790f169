using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Identity;

/// <summary>Gives a passkey of the signed-in account another name.</summary>
[ForSignedIn]
public sealed record RenamePasskey : ICommand
{
    /// <summary>The passkey, from <see cref="PasskeyShown.Id"/>.</summary>
    public string Id { get; init; } = "";

    /// <summary>The new name, at most 30 characters.</summary>
    public string Name { get; init; } = "";
}

internal sealed class RenamePasskeyValidator : AbstractValidator<RenamePasskey>
{
    public RenamePasskeyValidator() => RuleFor(r => r.Name).Must(n => !string.IsNullOrWhiteSpace(n)).WithMessage(AddPasskeyValidator.NameMissing)
        .MaximumLength(AddPasskeyValidator.LongestName).WithMessage(AddPasskeyValidator.NameTooLong);
}

internal sealed class RenamePasskeyHandler(PortalDbContext db, ICurrentUser user) : IRequestHandler<RenamePasskey, Unit>
{
    public async Task<Unit> Handle(RenamePasskey request, CancellationToken ct)
    {
        var id = PasskeyIds.Parse(request.Id);
        var passkey = await db.Passkeys.SingleOrDefaultAsync(p => p.UserId == user.Id && p.CredentialId == id, ct).OrNotFound("passkey");
        passkey.Data.Name = request.Name.Trim();
        return Unit.Value;
    }
}
