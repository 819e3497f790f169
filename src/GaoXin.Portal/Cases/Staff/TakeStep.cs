using FluentValidation;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;

namespace GaoXin.Portal.Cases.Staff;

/// <summary>
/// Records a step beside those that the state table holds: a 特别程序 or 环节 of the published version, or, with a reason, one
/// outside it (流程之外无环节). During a 特别程序 of the guide (听证, 检验, 专家评审 …; 行政许可法 45) the clock of a case under review stands
/// still until <see cref="EndSpecialProcedure"/>; else it goes on: a step the guide does not name never costs the applicant time. Refused:
/// a step outside without a reason of at least 10 characters.
/// </summary>
[ForStaff(Roles.Officer, Roles.SeniorOfficer)]
public sealed record TakeStep : ICommand
{
    /// <summary>The case.</summary>
    public required Guid CaseId { get; init; }

    /// <summary>What is done, for example 现场核查.</summary>
    public required string Step { get; init; }

    /// <summary>Why, when the published version does not have the step.</summary>
    public string? Reason { get; init; }
}

internal sealed class TakeStepValidator : AbstractValidator<TakeStep>
{
    public TakeStepValidator()
    {
        RuleFor(c => c.Step).Must(s => s?.Trim().Length is >= 2 and <= 60).WithMessage("请写做什么，2 到 60 个字，比如“现场核查”。");
        RuleFor(c => c.Reason).MaximumLength(300).WithMessage("理由最多 300 个字。");
    }
}

internal sealed class TakeStepHandler(PortalDbContext db, ICurrentUser user, CaseFiles files, CaseJournal journal, CaseClock caseClock, CaseExceptions exceptions) : IRequestHandler<TakeStep, Unit>
{
    public async Task<Unit> Handle(TakeStep request, CancellationToken ct)
    {
        var worked = await db.LockClaimed(request.CaseId, user, ct);
        if (!CaseTransitions.Workable(worked.State))
            throw new RefusedException(CaseRefusals.AlreadyOver());
        var service = await files.Definition(worked.ServiceCode, worked.ServiceVersion, ct);
        var step = request.Step.Trim();
        if (PublishedSteps.Of(service).Contains(step))
        {
            journal.Record(worked, PublishedSteps.Taken, new { Step = step });
            if (worked is { State: CaseState.InReview, DueOn: not null } && service.Clock.SpecialProcedures.Any(p => p.Name == step))
                await caseClock.Pause(worked, SpecialProcedures.PauseOf(step), service, ct);
        }
        else
            await exceptions.Record(worked, service, ExceptionKind.Step, step, request.Reason, ct);
        return Unit.Value;
    }
}

/// <summary>The steps of a version that an officer records by hand; receipt, decision and the like are the state table's.</summary>
internal static class PublishedSteps
{
    /// <summary>The kind of the event.</summary>
    public const string Taken = "StepTaken";

    public static IReadOnlyList<string> Of(ServiceDefinition service) =>
        [.. service.Clock.SpecialProcedures.Select(p => p.Name).Concat(service.Process.Select(p => p.Stage.Chinese())).Distinct()];
}
