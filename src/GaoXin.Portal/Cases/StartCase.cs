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

internal sealed class StartCaseHandler(ICurrentUser user, Drafts drafts) : IRequestHandler<StartCase, Guid>
{
    public Task<Guid> Handle(StartCase request, CancellationToken ct) => drafts.Open(user.Id, user.ActingForEnterpriseId, request.ServiceCode, ct);
}

/// <summary>Opens drafts for a person, whoever asks for it: the person, or a clerk with the person's consent.</summary>
internal sealed class Drafts(
    PortalDbContext db, ICurrentUser user, IMediator mediator, IPeople people, Prefiller prefiller, PersonalDataCipher cipher, CaseJournal journal, TimeProvider clock)
{
    private const int DraftDays = 30;

    /// <summary>The open draft of the service and subject, or a new one.</summary>
    public async Task<Guid> Open(Guid applicant, Guid? enterprise, string serviceCode, CancellationToken ct)
    {
        var service = await MayBeFiled(serviceCode, ct);
        if (enterprise is { } actedFor && !await people.MayActFor(applicant, actedFor, service.Code, ct))
            throw new RefusedException(CaseRefusals.NotAuthorised());
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({$"draft:{applicant}:{serviceCode}"}, 0))", ct);
        var open = await db.Cases.Where(c => c.ApplicantId == applicant && c.EnterpriseId == enterprise && c.ServiceCode == serviceCode && c.State == CaseState.Draft)
            .Select(c => (Guid?)c.Id).SingleOrDefaultAsync(ct);
        return open ?? await Start(service, applicant, enterprise, ct);
    }

    /// <summary>The service in force. Refused: it is cancelled or not online.</summary>
    public async Task<ServiceDefinition> MayBeFiled(string serviceCode, CancellationToken ct)
    {
        var service = await mediator.Send(new GetServiceDefinition(serviceCode), ct) ?? throw new NotFoundException("service");
        if (service.Cancelled is { } cancelled)
            throw new RefusedException(CaseRefusals.ItemCancelled(cancelled.Reason));
        return service.Online ? service : throw new RefusedException(CaseRefusals.NotOnline());
    }

    private async Task<Guid> Start(ServiceDefinition service, Guid applicant, Guid? enterprise, CancellationToken ct)
    {
        if (await people.Find(applicant, ct) is not { Name: { } name, IdNumber: { } number, Phone: { } phone })
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
            ApplicantId = applicant,
            EnterpriseId = enterprise,
            CreatedAt = now,
            DraftKeptUntil = now.Day().AddDays(DraftDays),
        };
        var subject = new PrefillSubject(applicant, name, number, phone, enterprise);
        var (answers, origins) = await prefiller.Fill(service, Answers.Empty, subject, ct);
        var revision = new CaseRevision { CaseId = draft.Id, Ordinal = 1, Kind = RevisionKind.Draft, AuthorId = user.Id, CreatedAt = now, Origins = origins };
        revision.Write(answers, cipher, now);
        db.Add(draft);
        db.Add(revision);
        db.Add(new CasePerson { CaseId = draft.Id, PersonHash = cipher.Hash(number, CasePeopleHash.Kind), Role = CasePerson.Applicant });
        journal.Record(draft, "Started", new { service.Code, service.Version, Prefilled = origins.Count });
        return draft.Id;
    }
}

/// <summary>The hash space of ID numbers in case look-ups.</summary>
internal static class CasePeopleHash
{
    public const string Kind = "case-person";
}
