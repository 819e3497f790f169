using GaoXin.Portal.Cases.Helping;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases.Counter;

/// <summary>A filing in the hands of the clerk who asks, or its correction: what is missing, or what the applicant is to confirm, masked as for officers.</summary>
[ForStaff(Roles.WindowClerk)]
public sealed record GetCounterFiling(Guid CaseId) : IQuery<CounterFilingView>;

/// <summary>The counter's page of a case.</summary>
public sealed record CounterFilingView
{
    /// <summary>As in the list.</summary>
    public required CounterLine Line { get; init; }

    /// <summary>办件的部门在哪个大厅.</summary>
    public required string DecidingHall { get; init; }

    /// <summary>What the submit will look at; null once it was submitted, and of a correction before the applicant agreed.</summary>
    public CaseCheck? Check { get; init; }

    /// <summary>What is to be mended; null when nothing is.</summary>
    public CounterMend? Mend { get; init; }

    /// <summary>When this clerk submitted the newest correction.</summary>
    public DateTimeOffset? MendedAt { get; init; }

    /// <summary>Why the correction that this clerk had in hand is over without him; null when it is not.</summary>
    public string? MendingOver { get; init; }

    /// <summary>The applicant's consent to fill in holds.</summary>
    public required bool MayFill { get; init; }

    /// <summary>A code to submit is on its way and good for the content as it is.</summary>
    public DateTimeOffset? CodeUntil { get; init; }

    /// <summary>The rules decide, or the result is being made: seconds.</summary>
    public required bool AtWork { get; init; }

    /// <summary>May be accepted here and now.</summary>
    public required bool MayAccept { get; init; }

    /// <summary>The issuing hall may still be chosen.</summary>
    public required bool MayChooseIssuing { get; init; }

    /// <summary>最晚办好.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>办好了可以取, and when it was fetched.</summary>
    public DateTimeOffset? ReadyAt { get; init; }

    /// <summary>When it was fetched.</summary>
    public DateTimeOffset? HandedOverAt { get; init; }
}

/// <summary>A correction (补正) at a window.</summary>
/// <param name="AnswerBy">The last day.</param>
/// <param name="Overdue">It has passed.</param>
/// <param name="Remarks">What to mend.</param>
/// <param name="FormOpen">The form can be opened by its links: a look is on record.</param>
/// <param name="CodeUntil">A code to agree is on its way.</param>
/// <param name="AgreementOver">The applicant agreed here, and it holds no more: the day ended, it was taken back, or another window has it.</param>
public sealed record CounterMend(DateOnly AnswerBy, bool Overdue, IReadOnlyList<TrackRemark> Remarks, bool FormOpen, DateTimeOffset? CodeUntil, bool AgreementOver)
{
    /// <summary>Files that came since it was asked, by the path of the material.</summary>
    public IReadOnlyDictionary<string, int> Brought { get; init; } = new Dictionary<string, int>();
}

internal sealed class GetCounterFilingHandler(
    PortalDbContext db, ICurrentUser user, CaseFiles files, CaseChecks checks, CounterCodes codes, OpenCorrections corrections, PersonalDataCipher cipher, TimeProvider clock)
    : IRequestHandler<GetCounterFiling, CounterFilingView>
{
    public async Task<CounterFilingView> Handle(GetCounterFiling request, CancellationToken ct)
    {
        var found = await Find(request.CaseId, clock.GetUtcNow()).SingleOrDefaultAsync(ct).OrNotFound("counter filing");
        var (filing, own, correction) = (found.Filing, found.Case, found.Correction);
        var service = await files.Definition(own.ServiceCode, own.ServiceVersion, ct);
        var open = await corrections.Of(own, service, ct);
        var agreed = found.Consent is not null && correction?.OpenedAt is not null;
        var file = own.State == CaseState.Draft || (open is not null && agreed) ? await files.Open(own, ct) : null;
        var check = file is null ? null : await checks.Of(file, mask: true, ct);
        var mine = filing.ClerkId == user.Id;
        return new CounterFilingView
        {
            Line = new CounterLine(own.Id, own.Number, own.ServiceTitle, Masking.Name(cipher.Unprotect(filing.ProtectedApplicant, CounterFiling.ApplicantPurpose)), own.State, own.Outcome, own.Department, filing.IssuingHall)
            {
                IssuingChosen = filing.IssuingChosen,
                Mine = mine,
                Clerk = Masking.Name(filing.ClerkName),
                AcceptedAt = filing.AcceptedAt,
                OpenedAt = filing.OpenedAt,
            },
            DecidingHall = filing.DecidingHall,
            Check = check,
            Mend = open is null ? null : await Mend(found, open, service, ct),
            MendedAt = correction?.ConfirmedAt,
            MendingOver = open is null && correction is { ConfirmedAt: null } ? CounterMending.NotWaiting(own).Message : null,
            MayFill = found.Consent is not null && check is not null,
            CodeUntil = file is not null && found.Submit is { } code && code.ContentHash == await codes.ContentOf(file, ct) ? code.ExpiresAt : null,
            AtWork = own is { State: CaseState.Submitted, Referred: false, Handler: not ServiceDefinition.OneThing } or { State: CaseState.Decided or CaseState.Issued },
            MayAccept = mine && CounterAcceptance.Allows(own, service) && own.ClaimedBy is null,
            MayChooseIssuing = mine && CounterAcceptance.IssuingIsOpen(own, filing),
            DueOn = own.DueOn,
            ReadyAt = filing.ReadyAt,
            HandedOverAt = filing.HandedOverAt,
        };
    }

    private IQueryable<Found> Find(Guid caseId, DateTimeOffset now)
    {
        var today = now.Day();
        var (consents, corrections) = (db.ConsentsHolding(now), db.CounterCorrections.Where(x => x.ClerkId == user.Id));
        var sent = db.CounterCodes.Where(x => x.ClerkId == user.Id && x.ClosedAt == null && x.ExpiresAt > now && x.TriesLeft > 0);
        return from f in db.CounterFilings.AsNoTracking()
               join c in db.Cases.AsNoTracking() on f.CaseId equals c.Id
               where f.CaseId == caseId && c.State != CaseState.Withdrawn
                   && (f.ClerkId == user.Id || corrections.Any(x => x.CaseId == c.Id && x.Round == c.CorrectionRounds && (x.Day == today || x.ConfirmedAt != null)))
               select new Found
               {
                   Filing = f,
                   Case = c,
                   Correction = corrections.FirstOrDefault(x => x.CaseId == c.Id && x.Round == c.CorrectionRounds),
                   Consent = consents.FirstOrDefault(x => x.CaseId == c.Id && x.StaffId == user.Id),
                   Mend = sent.Where(x => x.CaseId == c.Id && x.For == CounterPurpose.Mend).OrderByDescending(x => x.CreatedAt).FirstOrDefault(),
                   Submit = sent.Where(x => x.CaseId == c.Id && (x.For == CounterPurpose.Submit || x.For == CounterPurpose.Resubmit)).OrderByDescending(x => x.CreatedAt).FirstOrDefault(),
               };
    }

    private async Task<CounterMend> Mend(Found found, OpenCorrection open, ServiceDefinition service, CancellationToken ct)
    {
        var outside = open.Items.Any(i => i.ExceptionId is not null) ? await db.OutsideRequests(found.Case.Id, cipher, ct) : [];
        return new CounterMend(open.AnswerBy, corrections.IsOverdue(open), corrections.Remarks(open, service, outside), found.Consent?.IsOpen(clock.GetUtcNow()) ?? false,
            found.Mend is { } code && code.ContentHash == codes.ContentOf(found.Case, open) ? code.ExpiresAt : null,
            found.Consent is null && found.Correction?.OpenedAt is not null)
        {
            Brought = await Brought(found.Case, open, ct),
        };
    }

    private async Task<Dictionary<string, int>> Brought(Case of, OpenCorrection open, CancellationToken ct)
    {
        var (codes, asked) = (open.Items.Select(i => AnswerPath.Material(i.Path)).OfType<string>().ToList(), open.Items.Min(i => i.RequestedAt));
        if (codes.Count == 0)
            return [];
        var brought = db.Attachments.Where(a => a.CaseId == of.Id && a.RemovedAt == null && a.UploadedAt >= asked && codes.Contains(a.MaterialCode));
        return await brought.CountByMaterial(ct);
    }

    private sealed class Found
    {
        public required CounterFiling Filing { get; init; }

        public required Case Case { get; init; }

        public CounterCorrection? Correction { get; init; }

        public FilingConsent? Consent { get; init; }

        public CounterCode? Mend { get; init; }

        public CounterCode? Submit { get; init; }
    }
}

/// <summary>What the 综窗 may do in the name of a department (pure).</summary>
internal static class CounterAcceptance
{
    /// <summary>Submitted, for an officer to decide, not waiting for a pre-check, not a part or the whole of a bundle.</summary>
    public static bool Allows(Case filed, ServiceDefinition service) =>
        filed is { State: CaseState.Submitted, Referred: true, BundleId: null } && filed.Handler != ServiceDefinition.OneThing && !service.Clock.FromSigning;

    /// <summary>Nothing lies in a hall yet, and the case can still end well.</summary>
    public static bool IssuingIsOpen(Case filed, CounterFiling filing) =>
        filing.ReadyAt is null && (filed.State == CaseState.Draft || CaseTransitions.Open.Contains(filed.State));
}
