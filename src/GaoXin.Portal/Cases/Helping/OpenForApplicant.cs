using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;

namespace GaoXin.Portal.Cases.Helping;

/// <summary>
/// Opens the form of an applicant who agreed (同意代填), for half an hour from the last save. The look is put on record before
/// anything is shown; the applicant sees it on 我的数据 (个人信息保护法 44, 55). Refused: the consent has ended, the form is not open.
/// </summary>
[ForStaff(Roles.Helper, Roles.WindowClerk)]
public sealed record OpenForApplicant(Guid CaseId) : ICommand;

internal sealed class OpenForApplicantHandler(PortalDbContext db, ICurrentUser user, IMediator mediator, TimeProvider clock) : IRequestHandler<OpenForApplicant, Unit>
{
    public async Task<Unit> Handle(OpenForApplicant request, CancellationToken ct)
    {
        var opened = await db.LockCase(request.CaseId, ct).OrNotFound("case");
        var consent = await db.NewestConsent(opened.Id, user, ct);
        if (opened.State is not (CaseState.Draft or CaseState.CorrectionRequested))
            throw new RefusedException(CaseRefusals.AlreadySubmitted());
        await mediator.Send(new RecordPersonalDataRead
        {
            SubjectAccountId = opened.ApplicantId,
            CaseId = opened.Id,
            Field = $"申请表：{opened.ServiceTitle}"[..Math.Min(opened.ServiceTitle.Length + 4, 100)],
            Reason = consent.Kind == ConsentKind.Counter ? "综合窗口替您填表，您报过验证码" : "帮办员替您填表，您同意过",
        }, ct);
        consent.Open(clock.GetUtcNow());
        return Unit.Value;
    }
}
