using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Identity;

/// <summary>
/// Asks to act for an enterprise （代企业办理） in this session. The page then puts the answer into the session; the right is
/// checked again at every request. Refused: <c>identity.not-authorised</c>.
/// </summary>
[ForCitizens]
public sealed record ActFor : IQuery<ActingFor>
{
    /// <summary>The enterprise.</summary>
    public Guid EnterpriseId { get; init; }
}

/// <summary>The enterprise acted for.</summary>
public sealed record ActingFor(Guid EnterpriseId, string Name);

internal sealed class ActForHandler(PortalDbContext db, ICurrentUser user, TimeProvider clock) : IRequestHandler<ActFor, ActingFor>
{
    public async Task<ActingFor> Handle(ActFor request, CancellationToken ct) =>
        await db.EnterprisesOf(user.Id, clock.Today()).Where(e => e.Id == request.EnterpriseId)
            .Select(e => new ActingFor(e.Id, e.Name)).SingleOrDefaultAsync(ct)
        ?? throw new RefusedException(IdentityRefusals.NotAuthorised());
}
