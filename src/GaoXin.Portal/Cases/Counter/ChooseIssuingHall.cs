using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;

namespace GaoXin.Portal.Cases.Counter;

/// <summary>
/// 在哪里领结果: the hall that the applicant named, or null when the electronic result is enough. A code that is on its way to submit is
/// void, because its message was about what was chosen before. Refused: the result is there already.
/// </summary>
[ForStaff(Roles.WindowClerk)]
public sealed record ChooseIssuingHall(Guid CaseId, string? Hall) : ICommand;

internal sealed class ChooseIssuingHallHandler(PortalDbContext db, ICurrentUser user, CounterHalls halls, CounterCodes codes, CaseJournal journal) : IRequestHandler<ChooseIssuingHall, Unit>
{
    public async Task<Unit> Handle(ChooseIssuingHall request, CancellationToken ct)
    {
        var (own, filing) = await db.LockCounterFiling(request.CaseId, user, ct);
        if (request.Hall is { } hall && !(await halls.All(ct)).Any(h => h.Code == hall))
            throw new RefusedException(CounterRefusals.UnknownHall());
        if (!CounterAcceptance.IssuingIsOpen(own, filing))
            throw new RefusedException(CounterRefusals.TooLateForIssuing());
        if (filing.IssuingChosen && filing.IssuingHall == request.Hall)
            return Unit.Value;
        filing.IssueAt(request.Hall);
        await codes.Close(db.CounterCodes.Where(c => c.CaseId == own.Id), ct);
        journal.Record(own, CounterEvents.IssuingChosen, new { request.Hall });
        return Unit.Value;
    }
}
