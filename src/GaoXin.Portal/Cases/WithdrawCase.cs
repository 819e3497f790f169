using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases;

/// <summary>Withdraws the applicant's own case before it is decided (撤回), or drops a draft. What was reserved is given back.</summary>
[ForCitizens]
public sealed record WithdrawCase(Guid CaseId) : ICommand;

/// <summary>
/// Says that a shared value is wrong (这不对): the field opens, the value stays marked, and an officer looks at it instead of
/// the automatic decision.
/// </summary>
[ForCitizens]
public sealed record DisputeValue(Guid CaseId, string Path) : ICommand;

internal sealed class DisputeValueValidator : AbstractValidator<DisputeValue>
{
    public DisputeValueValidator() => RuleFor(c => c.Path).NotEmpty().MaximumLength(200);
}

internal sealed class WithdrawCaseHandler(PortalDbContext db, ICurrentUser user, CaseFiles files, CaseJournal journal, CaseClock caseClock, TimeProvider clock)
    : IRequestHandler<WithdrawCase, Unit>
{
    public async Task<Unit> Handle(WithdrawCase request, CancellationToken ct)
    {
        var own = await db.LockOwnCase(request.CaseId, user, ct);
        var submitted = own.Number is not null;
        journal.Move(own, CaseAction.Withdraw);
        if (!submitted)
        {
            await db.RemoveTyped(own.Id, ct);
            return Unit.Value;
        }

        var file = await files.Open(own, ct);
        await file.Handler.OnDropped(file.Context(), ct);
        await caseClock.Stop(own, ct);
        db.Raise(new CaseClosed(own.Id, own.Number!, own.ServiceCode, nameof(CaseOutcome.Withdrawn)), clock.GetUtcNow());
        return Unit.Value;
    }
}

internal sealed class DisputeValueHandler(PortalDbContext db, ICurrentUser user, CaseFiles files, CaseJournal journal) : IRequestHandler<DisputeValue, Unit>
{
    public async Task<Unit> Handle(DisputeValue request, CancellationToken ct)
    {
        var own = await db.LockOwnCase(request.CaseId, user, ct);
        if (own.State != CaseState.Draft)
            throw new RefusedException(CaseRefusals.AlreadySubmitted());
        var file = await files.Open(own, ct);
        if (!file.Revision.Origins.TryGetValue(request.Path, out var origin))
            throw new NotFoundException("value");
        file.Revision.Origins = new Dictionary<string, ValueOrigin>(file.Revision.Origins) { [request.Path] = origin with { Disputed = true } };
        journal.Record(own, "Disputed", new { request.Path, origin.Source });
        return Unit.Value;
    }
}
