using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Identity;

/// <summary>
/// Ends one session of the signed-in account, every copy of its cookie with it: at once on this instance, within a minute
/// on the others. One that has ended already is fine; one of somebody else is not found.
/// </summary>
[ForSignedIn]
public sealed record EndSession : ICommand
{
    /// <summary>The session, from <see cref="MySession.Id"/>.</summary>
    public Guid SessionId { get; init; }
}

/// <summary>退出所有设备: ends all sessions of the signed-in account, the one that asks too.</summary>
[ForSignedIn]
public sealed record EndMySessions : ICommand;

internal sealed class EndSessionHandler(PortalDbContext db, OpenSessions sessions, ICurrentUser user)
    : IRequestHandler<EndSession, Unit>, IRequestHandler<EndMySessions, Unit>
{
    public async Task<Unit> Handle(EndSession request, CancellationToken ct)
    {
        if (!await db.Sessions.AnyAsync(s => s.Id == request.SessionId && s.AccountId == user.Id, ct))
            throw new NotFoundException("session");
        await sessions.End(user.Id, request.SessionId, ct);
        return Unit.Value;
    }

    public async Task<Unit> Handle(EndMySessions request, CancellationToken ct)
    {
        await sessions.EndAll(user.Id, ct);
        return Unit.Value;
    }
}
