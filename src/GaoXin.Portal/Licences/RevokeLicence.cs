using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Licences;

/// <summary>
/// Revokes the current version of a licence (撤销), with a reason for the record. Refused when it is revoked already or
/// another version has taken its place.
/// </summary>
[ForStaff(Roles.SeniorOfficer)]
public sealed record RevokeLicence : ICommand
{
    /// <summary>The licence.</summary>
    public Guid LicenceId { get; init; }

    /// <summary>Why, 5 to 500 characters; kept in the record, not shown to the public.</summary>
    public string Reason { get; init; } = "";
}

internal sealed class RevokeLicenceValidator : AbstractValidator<RevokeLicence>
{
    public RevokeLicenceValidator() =>
        RuleFor(r => r.Reason).Must(r => r?.Trim().Length is >= 5 and <= 500).WithMessage("请写明撤销的原因，5 到 500 个字");
}

internal sealed class RevokeLicenceHandler(PortalDbContext db, ICurrentUser user, TimeProvider clock) : IRequestHandler<RevokeLicence, Unit>
{
    public async Task<Unit> Handle(RevokeLicence request, CancellationToken ct)
    {
        var licence = await db.IssuedLicences.FromSql($"SELECT * FROM licences.licences WHERE id = {request.LicenceId} FOR UPDATE")
            .SingleOrDefaultAsync(ct).OrNotFound("licence");
        var now = clock.GetUtcNow();
        licence.Revoke(request.Reason.Trim(), user.Id, now);
        db.Raise(new LicenceRevoked(licence.Id, licence.CaseId, licence.Kind), now);
        return Unit.Value;
    }
}
