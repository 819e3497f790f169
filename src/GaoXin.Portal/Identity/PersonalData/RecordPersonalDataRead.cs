using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;

namespace GaoXin.Portal.Identity;

/// <summary>
/// Records that the signed-in member of staff is about to see a full value of personal data. Send it before the value
/// is read, in the same command: no record, no value. The person sees the record on 我的数据 （个人信息保护法 44, 55）.
/// </summary>
[ForStaff]
public sealed record RecordPersonalDataRead : ICommand
{
    /// <summary>Whose data; null only when the person has no account.</summary>
    public Guid? SubjectAccountId { get; init; }

    /// <summary>The case it belongs to, if any.</summary>
    public Guid? CaseId { get; init; }

    /// <summary>What was shown, in words for the person, for example 身份证号.</summary>
    public string Field { get; init; } = "";

    /// <summary>Why, at least 5 characters.</summary>
    public string Reason { get; init; } = "";
}

internal sealed class RecordPersonalDataReadValidator : AbstractValidator<RecordPersonalDataRead>
{
    public RecordPersonalDataReadValidator()
    {
        RuleFor(r => r.Field).NotEmpty().MaximumLength(100);
        RuleFor(r => r.Reason).Must(t => t?.Trim().Length >= 5).WithMessage("请写明查看原因，至少 5 个字，当事人会看到。")
            .MaximumLength(200).WithMessage("查看原因最多 200 个字。");
        RuleFor(r => r).Must(r => r.SubjectAccountId is not null || r.CaseId is not null);
    }
}

internal sealed class RecordPersonalDataReadHandler(PortalDbContext db, ICurrentUser user, TimeProvider clock)
    : IRequestHandler<RecordPersonalDataRead, Unit>
{
    public Task<Unit> Handle(RecordPersonalDataRead request, CancellationToken ct)
    {
        db.Add(new PersonalDataRead
        {
            StaffUserId = user.Id,
            StaffName = user.DisplayName,
            DepartmentCode = user.DepartmentCode,
            SubjectAccountId = request.SubjectAccountId,
            CaseId = request.CaseId,
            Field = request.Field,
            Reason = request.Reason.Trim(),
            At = clock.GetUtcNow(),
        });
        return Unit.Task;
    }
}
