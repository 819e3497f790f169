using GaoXin.Portal.Cases.Prefill;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases;

/// <summary>
/// Opens a draft (草稿) of a service for the signed-in person, or for the enterprise acted for, with shared data already
/// filled in. There is one open draft per service and subject: a second start answers the first one's id.
/// Refused: the service is cancelled or not online; the person has no real name yet; the authorisation does not include the service.
/// </summary>
[ForCitizens]
public sealed record StartCase(string ServiceCode) : ICommand<Guid>;

internal sealed class StartCaseHandler(
    PortalDbContext db, ICurrentUser user, IMediator mediator, IPeople people, Prefiller prefiller, PersonalDataCipher cipher,
    CaseJournal journal, TimeProvider clock) : IRequestHandler<StartCase, Guid>
{
    private const int DraftDays = 30;

    public async Task<Guid> Handle(StartCase request, CancellationToken ct)
    {
        var service = await mediator.Send(new GetServiceDefinition(request.ServiceCode), ct) ?? throw new NotFoundException("service");
        if (service.Cancelled is { } cancelled)
            throw new RefusedException(CaseRefusals.ItemCancelled(cancelled.Reason));
        if (!service.Online)
            throw new RefusedException(CaseRefusals.NotOnline());
        if (user.ActingForEnterpriseId is { } enterprise && !await people.MayActFor(user.Id, enterprise, service.Code, ct))
            throw new RefusedException(CaseRefusals.NotAuthorised());
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({$"draft:{user.Id}:{request.ServiceCode}"}, 0))", ct);
        var open = await db.Cases.Where(c => c.ApplicantId == user.Id && c.EnterpriseId == user.ActingForEnterpriseId
                && c.ServiceCode == request.ServiceCode && c.State == CaseState.Draft)
            .Select(c => (Guid?)c.Id).SingleOrDefaultAsync(ct);
        return open ?? await Open(service, ct);
    }

    private async Task<Guid> Open(ServiceDefinition service, CancellationToken ct)
    {
        if (await people.Find(user.Id, ct) is not { Name: { } name, IdNumber: { } number, Phone: { } phone })
            throw new RefusedException(CaseRefusals.RealNameFirst());
        var now = clock.GetUtcNow();
        var draft = new Case
        {
            ServiceCode = service.Code,
            ServiceVersion = service.Version,
            ServiceTitle = service.Title,
            Handler = service.Handler,
            Department = service.Department,
            GreenChannel = service.GreenChannel,
            ApplicantId = user.Id,
            EnterpriseId = user.ActingForEnterpriseId,
            CreatedAt = now,
            DraftKeptUntil = now.Day().AddDays(DraftDays),
        };
        var subject = new PrefillSubject(user.Id, name, number, phone, user.ActingForEnterpriseId);
        var (answers, origins) = await prefiller.Fill(service, Answers.Empty, subject, ct);
        var revision = new CaseRevision { CaseId = draft.Id, Ordinal = 1, Kind = RevisionKind.Draft, AuthorId = user.Id, CreatedAt = now, Origins = origins };
        revision.Write(answers, cipher, now);
        db.Add(draft);
        db.Add(revision);
        db.Add(new CasePerson { CaseId = draft.Id, PersonHash = cipher.Hash(number, CasePeopleHash.Kind), Role = "applicant" });
        journal.Record(draft, "Started", new { service.Code, service.Version, Prefilled = origins.Count });
        return draft.Id;
    }
}

/// <summary>The hash space of ID numbers in case look-ups.</summary>
internal static class CasePeopleHash
{
    public const string Kind = "case-person";
}
