using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using MediatR;

namespace GaoXin.Portal.Cases.Staff;

/// <summary>
/// Puts on record that staff opened a file or a document of an applicant. The reason is the case: the one in the
/// officer's hands, one of the own department, or one whose form is filled in for the applicant.
/// </summary>
internal sealed class OfficerReads(IMediator mediator, ICurrentUser user)
{
    private const int Prefix = 3;
    private const int LongestField = 100;

    public Task Record(Case read, string what, CancellationToken ct) =>
        mediator.Send(new RecordPersonalDataRead
        {
            SubjectAccountId = read.ApplicantId,
            CaseId = read.Id,
            Field = $"材料：{what}"[..Math.Min(what.Length + Prefix, LongestField)],
            Reason = Reason(read),
        }, ct);

    private string Reason(Case read) => read switch
    {
        { Number: { } number } when read.ClaimedBy == user.Id => $"办理 {CaseNumber.Display(number)}",
        { Number: { } number } when read.Department == user.DepartmentCode => $"查看本部门的办件 {CaseNumber.Display(number)}，没有领办",
        _ => "工作人员替您填表，您同意过",
    };
}
