using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using MediatR;

namespace GaoXin.Portal.Cases.Staff;

/// <summary>
/// Puts on record that an officer opened a file or a document of an applicant. The reason is the case: the one in the
/// officer's hands, or one of the own department.
/// </summary>
internal sealed class OfficerReads(IMediator mediator, ICurrentUser user)
{
    private const int Prefix = 3;
    private const int LongestField = 100;

    public Task Record(Case read, string what, CancellationToken ct)
    {
        var number = CaseNumber.Display(read.Number!);
        return mediator.Send(new RecordPersonalDataRead
        {
            SubjectAccountId = read.ApplicantId,
            CaseId = read.Id,
            Field = $"材料：{what}"[..Math.Min(what.Length + Prefix, LongestField)],
            Reason = read.ClaimedBy == user.Id ? $"办理 {number}" : $"查看本部门的办件 {number}，没有领办",
        }, ct);
    }
}
