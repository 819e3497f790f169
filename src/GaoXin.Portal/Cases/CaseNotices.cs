using System.Globalization;
using GaoXin.Portal.Cases.Counter;
using GaoXin.Portal.Cases.Helping;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Notifications;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases;

/// <summary>Tells the people of a case what happened: one notice for one fact, in the inbox and by short message.</summary>
internal sealed class CaseNotices(PortalDbContext db, IMediator mediator, IPeople people, CounterHalls halls, PersonalDataCipher cipher)
    : IEventHandler<CaseSubmitted>, IEventHandler<CasePreChecked>, IEventHandler<CorrectionRequested>, IEventHandler<CaseClosed>, IEventHandler<DecisionRevoked>, IEventHandler<SignatureRequested>,
        IEventHandler<MaterialReminded>, IEventHandler<CommitmentBroken>, IEventHandler<HelperAssigned>
{
    /// <summary>What is told of a member of a bundle: that somebody has to come, and its results as they come. Receipt and corrections are told once, for the whole.</summary>
    private static readonly string[] OfMembers = [NoticeTemplate.CasePreChecked, NoticeTemplate.CaseApproved, NoticeTemplate.CaseRefused, NoticeTemplate.DecisionRevoked, NoticeTemplate.MaterialReminder, NoticeTemplate.CommitmentBroken];

    public Task Handle(CaseSubmitted fact, CancellationToken ct) => TellApplicant(fact.CaseId, NoticeTemplate.CaseSubmitted, $"submitted:{fact.Number}", null, ct);

    public Task Handle(CasePreChecked fact, CancellationToken ct) => TellApplicant(fact.CaseId, NoticeTemplate.CasePreChecked, $"pre-checked:{fact.Number}:{fact.Round}", null, ct);

    /// <summary>Who came to a window is told that it can be mended at one too, and at which.</summary>
    public async Task Handle(CorrectionRequested fact, CancellationToken ct)
    {
        var atCounter = await db.CounterFilings.AnyAsync(f => f.CaseId == fact.CaseId, ct);
        await TellApplicant(fact.CaseId, atCounter ? NoticeTemplate.CorrectionAtCounter : NoticeTemplate.CorrectionRequested, $"correction:{fact.Number}:{fact.Round}", fact.AnswerBy, ct);
    }

    public Task Handle(CaseClosed fact, CancellationToken ct) => fact.Ending switch
    {
        nameof(CaseOutcome.Approved) => TellApplicant(fact.CaseId, NoticeTemplate.CaseApproved, $"approved:{fact.Number}", null, ct),
        nameof(CaseOutcome.Withdrawn) => TellApplicant(fact.CaseId, NoticeTemplate.CaseWithdrawn, $"withdrawn:{fact.Number}", null, ct),
        _ => TellApplicant(fact.CaseId, NoticeTemplate.CaseRefused, $"refused:{fact.Number}", null, ct),
    };

    public Task Handle(DecisionRevoked fact, CancellationToken ct) =>
        TellApplicant(fact.CaseId, NoticeTemplate.DecisionRevoked, $"revoked:{fact.Number}:{fact.RevocationId}", null, ct);

    public Task Handle(MaterialReminded fact, CancellationToken ct) =>
        TellApplicant(fact.CaseId, NoticeTemplate.MaterialReminder, $"promise:{fact.PromiseId:N}:{(fact.Last ? "last" : "soon")}", fact.DueOn, ct);

    public Task Handle(CommitmentBroken fact, CancellationToken ct) => TellApplicant(fact.CaseId, NoticeTemplate.CommitmentBroken, $"commitment:{fact.PromiseId:N}", null, ct);

    public Task Handle(HelperAssigned fact, CancellationToken ct) => TellApplicant(fact.CaseId, NoticeTemplate.HelperAssigned, $"helper:{fact.HelpId:N}", null, ct);

    /// <summary>To the account of the signatory, when there is one; the applicant passes the request on to who has none.</summary>
    public async Task Handle(SignatureRequested fact, CancellationToken ct)
    {
        var signature = await db.Signatures.AsNoTracking().SingleOrDefaultAsync(s => s.Id == fact.SignatureId, ct);
        if (signature is null)
            return;
        var found = await db.Cases.AsNoTracking().SingleAsync(c => c.Id == fact.CaseId, ct);
        if (await people.FindAccountByIdNumber(cipher.Unprotect(signature.ProtectedIdNumber, Signing.IdNumberPurpose), ct) is not { } account)
            return;
        await Tell(account, NoticeTemplate.SignatureRequested, found, $"/signatures/{found.Id}", $"sign:{signature.Id}:{signature.AskedHash[..12]}", null, ct);
    }

    private async Task TellApplicant(Guid caseId, string template, string key, DateOnly? deadline, CancellationToken ct)
    {
        var found = await db.Cases.AsNoTracking().SingleAsync(c => c.Id == caseId, ct);
        if (found.BundleId is not null && !OfMembers.Contains(template))
            return;
        await Tell(found.ApplicantId, template, found, $"/cases/{found.Id}", key, deadline, ct);
    }

    private async Task Tell(Guid account, string template, Case about, string link, string key, DateOnly? deadline, CancellationToken ct)
    {
        var values = new Dictionary<string, string> { [NoticeToken.Service] = about.ServiceTitle };
        if (about.Number is { } number)
            values[NoticeToken.Number] = CaseNumber.Display(number);
        if (template == NoticeTemplate.CorrectionAtCounter)
            values[NoticeToken.Halls] = string.Join("、", (await halls.All(ct)).Select(h => h.Title));
        if (deadline is { } day)
            values[NoticeToken.Deadline] = day.ToString("yyyy年M月d日", CultureInfo.InvariantCulture);
        await mediator.Send(new SendNotice { RecipientId = account, Template = template, Values = values, Link = link, Key = key }, ct);
    }
}
