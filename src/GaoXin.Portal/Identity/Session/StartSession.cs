using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Identity;

/// <summary>Opens the session of an account that has just shown all its factors.</summary>
[ForAnyone]
internal sealed record StartSession(Guid AccountId, bool IsStaff, string? UserAgent) : ICommand<StartedSession>;

internal sealed record StartedSession(Guid Id, DateTimeOffset ExpiresAt);

internal sealed class StartSessionHandler(PortalDbContext db, IOptions<SessionOptions> options, TimeProvider clock) : IRequestHandler<StartSession, StartedSession>
{
    public Task<StartedSession> Handle(StartSession request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var session = new StoredSession
        {
            AccountId = request.AccountId,
            Device = DeviceName.Of(request.UserAgent),
            StartedAt = now,
            SeenAt = now,
            ExpiresAt = now + options.Value.Longest(request.IsStaff),
        };
        db.Add(session);
        return Task.FromResult(new StartedSession(session.Id, session.ExpiresAt));
    }
}
