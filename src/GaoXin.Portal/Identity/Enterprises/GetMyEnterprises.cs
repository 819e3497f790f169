using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Identity;

/// <summary>The enterprises the signed-in person may act for, the agents of those he leads, and authorisations waiting for him.</summary>
[ForCitizens]
public sealed record GetMyEnterprises : IQuery<MyEnterprises>;

/// <summary>What <see cref="GetMyEnterprises"/> answers.</summary>
/// <param name="Enterprises">May act for now, by name.</param>
/// <param name="Waiting">Authorisations to accept.</param>
public sealed record MyEnterprises(IReadOnlyList<MyEnterprise> Enterprises, IReadOnlyList<WaitingAuthorisation> Waiting);

/// <summary>One enterprise.</summary>
/// <param name="Id">Its id.</param>
/// <param name="CreditCode">统一社会信用代码.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsLegalRepresentative">True when this person leads it.</param>
/// <param name="Agents">Its live authorisations; empty for an agent.</param>
public sealed record MyEnterprise(Guid Id, string CreditCode, string Name, bool IsLegalRepresentative, IReadOnlyList<AgentShown> Agents);

/// <summary>One authorisation as the legal representative sees it; the name is masked.</summary>
public sealed record AgentShown(Guid Id, string Name, IReadOnlyList<string>? Services, DateOnly ValidTo, bool Accepted);

/// <summary>An authorisation this person has not accepted yet.</summary>
public sealed record WaitingAuthorisation(Guid Id, string EnterpriseName, IReadOnlyList<string>? Services, DateOnly ValidTo);

internal sealed class GetMyEnterprisesHandler(PortalDbContext db, PersonalDataCipher cipher, ICurrentUser user, TimeProvider clock)
    : IRequestHandler<GetMyEnterprises, MyEnterprises>
{
    private const int Most = 200;

    public async Task<MyEnterprises> Handle(GetMyEnterprises request, CancellationToken ct)
    {
        var today = clock.Today();
        var mine = await db.EnterprisesOf(user.Id, today).OrderBy(e => e.Name).ThenBy(e => e.Id).Take(Most)
            .Select(e => new { e.Id, e.CreditCode, e.Name, Led = db.Users.Any(u => u.Id == user.Id && u.IdNumberHash == e.LegalRepresentativeHash) })
            .ToListAsync(ct);
        var led = mine.Where(e => e.Led).Select(e => e.Id).ToList();
        var agents = await db.EnterpriseAgents.AsNoTracking()
            .Where(a => led.Contains(a.EnterpriseId) && a.RevokedAt == null && a.ValidTo >= today)
            .OrderBy(a => a.GrantedAt).ThenBy(a => a.Id).Take(Most).ToListAsync(ct);
        return new MyEnterprises(
            [.. mine.Select(e => new MyEnterprise(e.Id, e.CreditCode, e.Name, e.Led, [.. agents.Where(a => a.EnterpriseId == e.Id).Select(Show)]))],
            await Waiting(today, ct));
    }

    private AgentShown Show(EnterpriseAgent agent) =>
        new(agent.Id, Masking.Name(cipher.Unprotect(agent.NameSecret, EnterpriseAgent.NamePurpose)), agent.Services, agent.ValidTo, agent.AcceptedAt is not null);

    private async Task<IReadOnlyList<WaitingAuthorisation>> Waiting(DateOnly today, CancellationToken ct)
    {
        var waiting = db.EnterpriseAgents
            .Where(a => a.AcceptedAt == null && a.RevokedAt == null && a.ValidTo >= today
                && db.Users.Any(u => u.Id == user.Id && u.PhoneHash == a.PhoneHash && u.IdNumberHash == a.IdNumberHash));
        return await waiting.Join(db.Enterprises, a => a.EnterpriseId, e => e.Id, (a, e) => new { a, e.Name })
            .OrderBy(x => x.a.GrantedAt).ThenBy(x => x.a.Id).Take(Most)
            .Select(x => new WaitingAuthorisation(x.a.Id, x.Name, x.a.Services, x.a.ValidTo))
            .ToListAsync(ct);
    }
}
