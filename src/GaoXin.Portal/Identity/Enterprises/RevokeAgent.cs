using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Identity;

/// <summary>
/// Ends an authorisation at once: by the legal representative, or by the agent himself. A session that acts for the
/// enterprise loses the right at its next request.
/// </summary>
[ForCitizens]
public sealed record RevokeAgent : ICommand
{
    /// <summary>The authorisation.</summary>
    public Guid AuthorisationId { get; init; }
}

internal sealed class RevokeAgentHandler(PortalDbContext db, ICurrentUser user, TimeProvider clock) : IRequestHandler<RevokeAgent, Unit>
{
    public async Task<Unit> Handle(RevokeAgent request, CancellationToken ct)
    {
        var led = db.LedBy(user.Id).Select(e => e.Id);
        var agent = await db.EnterpriseAgents
            .SingleOrDefaultAsync(a => a.Id == request.AuthorisationId && (a.AcceptedBy == user.Id || led.Contains(a.EnterpriseId)), ct)
            .OrNotFound("authorisation");
        agent.Revoke(clock.GetUtcNow());
        return Unit.Value;
    }
}
