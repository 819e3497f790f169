using GaoXin.Portal.Cases.Helping;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases.Counter;

/// <summary>A filing in the hands of the clerk who asks: what is missing, or what the applicant is to confirm, masked as for officers.</summary>
[ForStaff(Roles.WindowClerk)]
public sealed record GetCounterFiling(Guid CaseId) : IQuery<CounterFilingView>;

/// <summary>The counter's page of a case.</summary>
public sealed record CounterFilingView
{
    /// <summary>As in the list.</summary>
    public required CounterLine Line { get; init; }

    /// <summary>办件的部门在哪个大厅.</summary>
    public required string DecidingHall { get; init; }

    /// <summary>What the submit will look at; null once it was submitted.</summary>
    public CaseCheck? Check { get; init; }

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

internal sealed class GetCounterFilingHandler(PortalDbContext db, ICurrentUser user, CaseFiles files, CaseChecks checks, PersonalDataCipher cipher, TimeProvider clock)
    : IRequestHandler<GetCounterFiling, CounterFilingView>
{
    public async Task<CounterFilingView> Handle(GetCounterFiling request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (consents, codes) = (db.ConsentsHolding(now), db.CounterCodes);
        var found = await (
            from f in db.CounterFilings.AsNoTracking()
            join c in db.Cases.AsNoTracking() on f.CaseId equals c.Id
            where f.CaseId == request.CaseId && f.ClerkId == user.Id && c.State != CaseState.Withdrawn
            select new
            {
                Filing = f,
                Case = c,
                Consent = consents.Any(x => x.CaseId == c.Id && x.StaffId == user.Id),
                Code = codes.Where(x => x.CaseId == c.Id && x.ClerkId == user.Id && x.ClosedAt == null && x.ExpiresAt > now && x.TriesLeft > 0).OrderByDescending(x => x.CreatedAt).FirstOrDefault(),
            }).SingleOrDefaultAsync(ct).OrNotFound("counter filing");
        var (filing, own) = (found.Filing, found.Case);
        var check = own.State == CaseState.Draft ? await checks.Of(await files.Open(own, ct), mask: true, ct) : null;
        return new CounterFilingView
        {
            Line = new CounterLine(own.Id, own.Number, own.ServiceTitle, Masking.Name(cipher.Unprotect(filing.ProtectedApplicant, CounterFiling.ApplicantPurpose)), own.State, own.Outcome, own.Department, filing.IssuingHall)
            {
                IssuingChosen = filing.IssuingChosen,
                Mine = true,
                Clerk = Masking.Name(filing.ClerkName),
                AcceptedAt = filing.AcceptedAt,
                OpenedAt = filing.OpenedAt,
            },
            DecidingHall = filing.DecidingHall,
            Check = check,
            MayFill = found.Consent && check is not null,
            CodeUntil = found.Code is { } code && check is not null && code.ContentHash == check.ContentHash ? code.ExpiresAt : null,
            AtWork = own is { State: CaseState.Submitted, Referred: false, Handler: not ServiceDefinition.OneThing } or { State: CaseState.Decided or CaseState.Issued },
            MayAccept = CounterAcceptance.Allows(own, await files.Definition(own.ServiceCode, own.ServiceVersion, ct)) && own.ClaimedBy is null,
            MayChooseIssuing = CounterAcceptance.IssuingIsOpen(own, filing),
            DueOn = own.DueOn,
            ReadyAt = filing.ReadyAt,
            HandedOverAt = filing.HandedOverAt,
        };
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
