using System.Text.Json;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.OneThing.Connectors;

/// <summary>
/// 回执: what a party decided, signed with HMAC-SHA256 over time, path and body. Sent twice it is one answer. Refused: an unknown party,
/// a wrong signature or a time more than five minutes off (<c>signature</c>), an order that is not the party's (<c>content</c>).
/// </summary>
[ForAnyone]
public sealed record ReceiveAnswer(string Party, string Time, string Path, string Body, string Signature) : ICommand<string?>
{
    /// <summary>The party only.</summary>
    public override string ToString() => $"ReceiveAnswer {Party}";
}

/// <summary>A party decided. The opinion is for the applicant.</summary>
public sealed record PartyAnswered(Guid CaseId, bool Approved, string Opinion) : IPublicEvent
{
    /// <summary>The case only: an opinion may name a person.</summary>
    public override string ToString() => $"PartyAnswered {CaseId}";
}

internal sealed class ReceiveAnswerHandler(PortalDbContext db, IEnumerable<IPartyConnector> connectors, TimeProvider clock) : IRequestHandler<ReceiveAnswer, string?>
{
    private const int LongestOpinion = 300;

    public async Task<string?> Handle(ReceiveAnswer request, CancellationToken ct)
    {
        var connector = connectors.SingleOrDefault(c => c.Code == request.Party);
        if (connector is null || !connector.IsSigned(request.Time, request.Path, request.Body, request.Signature))
            return "signature";
        PartyAnswer? answer;
        try
        {
            answer = JsonSerializer.Deserialize<PartyAnswer>(request.Body, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return "content";
        }

        if (answer is not { Opinion.Length: > 0 and <= LongestOpinion } || await db.LockOrder(answer.Order, ct) is not { } order || order.Party != request.Party)
            return "content";
        var now = clock.GetUtcNow();
        if (order.Answer(answer.Approved, now))
            db.Raise(new PartyAnswered(order.CaseId, answer.Approved, answer.Opinion), now);
        return null;
    }
}

/// <summary>The party's word decides the case, unless somebody decided it meanwhile or the applicant took it back.</summary>
internal sealed class DecideByAnswer(IMemberCases cases) : IEventHandler<PartyAnswered>
{
    public Task Handle(PartyAnswered fact, CancellationToken ct) => cases.Decide(fact.CaseId, fact.Approved, fact.Opinion, ct);
}
