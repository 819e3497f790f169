using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Identity;

/// <summary>
/// The agent accepts an authorisation on his own account. Phone and verified ID number must both be the ones the legal
/// representative named; anybody else does not find it.
/// </summary>
[ForCitizens]
public sealed record AcceptAuthorisation : ICommand
{
    /// <summary>The authorisation.</summary>
    public Guid AuthorisationId { get; init; }
}

internal sealed class AcceptAuthorisationHandler(PortalDbContext db, ICurrentUser user, TimeProvider clock)
    : IRequestHandler<AcceptAuthorisation, Unit>
{
    public async Task<Unit> Handle(AcceptAuthorisation request, CancellationToken ct)
    {
        var today = clock.Today();
        var agent = await db.EnterpriseAgents
            .Where(a => a.Id == request.AuthorisationId && a.RevokedAt == null && a.ValidTo >= today
                && db.Users.Any(u => u.Id == user.Id && u.PhoneHash == a.PhoneHash && u.IdNumberHash == a.IdNumberHash))
            .SingleOrDefaultAsync(ct).OrNotFound("authorisation");
        if (agent.AcceptedAt is null)
            agent.Accept(user.Id, clock.GetUtcNow());
        return Unit.Value;
    }
}
