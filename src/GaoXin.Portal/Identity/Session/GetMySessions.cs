using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Identity;

/// <summary>The open sessions of the signed-in account, the one seen last first; 50 at most.</summary>
[ForSignedIn]
public sealed record GetMySessions : IQuery<IReadOnlyList<MySession>>;

/// <summary>One sign-in on one device.</summary>
/// <param name="Id">To end it.</param>
/// <param name="Device">Browser and system, for example <c>Chrome，Windows</c>.</param>
/// <param name="StartedAt">When it was signed in.</param>
/// <param name="SeenAt">When it was used last, exact to a minute.</param>
/// <param name="IsThis">True for the session that asks.</param>
public sealed record MySession(Guid Id, string Device, DateTimeOffset StartedAt, DateTimeOffset SeenAt, bool IsThis);

internal sealed class GetMySessionsHandler(PortalDbContext db, OpenSessions sessions, ICurrentUser user, IOptions<SessionOptions> options, TimeProvider clock)
    : IRequestHandler<GetMySessions, IReadOnlyList<MySession>>
{
    private const int Most = 50;

    public async Task<IReadOnlyList<MySession>> Handle(GetMySessions request, CancellationToken ct)
    {
        var (now, current) = (clock.GetUtcNow(), sessions.Current);
        var lastSeen = now - options.Value.Idle(user.IsStaff);
        return await db.Sessions.Where(s => s.AccountId == user.Id && s.EndedAt == null && s.ExpiresAt > now && s.SeenAt > lastSeen)
            .OrderByDescending(s => s.SeenAt).ThenByDescending(s => s.Id).Take(Most)
            .Select(s => new MySession(s.Id, s.Device, s.StartedAt, s.SeenAt, s.Id == current)).ToListAsync(ct);
    }
}
