using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;

namespace GaoXin.Portal.Enterprise;

/// <summary>记走访, by the enterprise's 首席服务官: today or earlier.</summary>
[ForStaff(Roles.ServiceOfficer)]
public sealed record RecordVisit : ICommand<Guid>
{
    /// <summary>The enterprise.</summary>
    public Guid FirmId { get; init; }

    /// <summary>走访日期.</summary>
    public DateOnly? On { get; init; }

    /// <summary>How.</summary>
    public VisitManner? Manner { get; init; }

    /// <summary>了解到的情况.</summary>
    public string? Note { get; init; }

    /// <summary>The name only.</summary>
    public override string ToString() => nameof(RecordVisit);
}

internal sealed class RecordVisitValidator : AbstractValidator<RecordVisit>
{
    public RecordVisitValidator(TimeProvider clock)
    {
        RuleFor(c => c.On).NotNull().WithMessage("请填哪天走访的。").Must(d => d is null || d <= clock.Today()).WithMessage("走访日期不能晚于今天。");
        RuleFor(c => c.Manner).NotNull().WithMessage("请选怎么走访的。").IsInEnum().WithMessage("请选怎么走访的。");
        RuleFor(c => c.Note).Must(t => (t ?? "").Trim().Length >= 5).WithMessage("请写了解到的情况，至少 5 个字。").MaximumLength(1000).WithMessage("最多写 1000 个字。");
    }
}

internal sealed class RecordVisitHandler(PortalDbContext db, ServedFirms firms, PersonalDataCipher cipher, ICurrentUser user, TimeProvider clock) : IRequestHandler<RecordVisit, Guid>
{
    public async Task<Guid> Handle(RecordVisit request, CancellationToken ct)
    {
        var firm = await firms.Own(request.FirmId, ct);
        var visit = new FirmVisit
        {
            FirmId = firm.Id,
            On = request.On!.Value,
            Manner = request.Manner!.Value,
            ProtectedNote = cipher.Protect(request.Note!.Trim(), FirmVisit.NotePurpose),
            OfficerId = user.Id,
            OfficerName = user.DisplayName,
            RecordedAt = clock.GetUtcNow(),
        };
        db.Add(visit);
        return visit.Id;
    }
}
