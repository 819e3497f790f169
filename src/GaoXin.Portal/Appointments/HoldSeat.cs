using FluentValidation;
using GaoXin.Portal.Appointments.Schedules;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;

namespace GaoXin.Portal.Appointments;

/// <summary>
/// Keeps one place (号) in a slot for some minutes, for the signed-in person or for somebody he books for with that person's
/// consent (代他人预约). The same <see cref="Key"/> again answers the same place. Refused: <c>appointment.full</c>,
/// <c>.already-active</c>, <c>.property-taken</c>, <c>.cooling</c> and the other codes of this capability.
/// </summary>
[ForCitizens]
public sealed record HoldSeat : ICommand<HeldSeat>, IRepeatable
{
    /// <summary>The slot chosen.</summary>
    public Guid SlotId { get; init; }

    /// <summary>The code of the service.</summary>
    public string Service { get; init; } = "";

    /// <summary>The pre-checked case, where the service needs one: its property is booked, whatever else is sent.</summary>
    public Guid? CaseId { get; init; }

    /// <summary>不动产单元号, 28 characters, where the service asks for it.</summary>
    public string? PropertyUnit { get; init; }

    /// <summary>Somebody else comes.</summary>
    public bool ForAnother { get; init; }

    /// <summary>His name, when somebody else comes.</summary>
    public string? Name { get; init; }

    /// <summary>His resident ID number.</summary>
    public string? IdNumber { get; init; }

    /// <summary>His mobile number.</summary>
    public string? Phone { get; init; }

    /// <summary>He has agreed (电子授权): the person who books declares it.</summary>
    public bool Authorised { get; init; }

    /// <summary>Names this request, so that it can be sent again.</summary>
    public string Key { get; init; } = "";

    /// <summary>Sent by the app, for the statistics.</summary>
    public bool FromApp { get; init; }

    /// <summary>Without personal data, so that a log line never holds it.</summary>
    public override string ToString() => $"HoldSeat {SlotId}";
}

/// <summary>A place kept.</summary>
/// <param name="AppointmentId">The appointment.</param>
/// <param name="HoldUntil">Until when it has to be confirmed; null when that is done.</param>
public sealed record HeldSeat(Guid AppointmentId, DateTimeOffset? HoldUntil);

internal sealed class HoldSeatValidator : AbstractValidator<HoldSeat>
{
    public HoldSeatValidator(TimeProvider clock)
    {
        RuleFor(r => r.SlotId).NotEmpty().WithMessage("请选一个时段。");
        RuleFor(r => r.Service).NotEmpty().MaximumLength(60).WithMessage("请选要办的事。");
        RuleFor(r => r.Key).NotEmpty().MaximumLength(80).WithMessage("页面不完整，请回到选时间，重新选。");
        RuleFor(r => r.PropertyUnit).Must(u => string.IsNullOrEmpty(u) || PropertyUnitNumber.TryParse(u, out _)).WithMessage(r => PropertyUnitNumber.Explain(r.PropertyUnit) + "。");
        When(r => r.ForAnother, () =>
        {
            RuleFor(r => r.Name).Cascade(CascadeMode.Stop)
                .Must(n => !string.IsNullOrWhiteSpace(n)).WithMessage("请填来办的人的姓名，和身份证上一样。")
                .MaximumLength(50).WithMessage("姓名最多 50 个字，请和身份证上一样。");
            RuleFor(r => r.IdNumber).Cascade(CascadeMode.Stop)
                .Must(n => ResidentId.TryParse(n, out _)).WithMessage(r => ResidentId.Explain(r.IdNumber) + "。")
                .Must(n => ResidentId.TryParse(n, out var id) && id.IsPlausibleOn(clock.Today())).WithMessage("身份证号里的出生日期不对，请对照证件再看一遍。");
            RuleFor(r => r.Phone).Must(p => MobileNumber.TryParse(p, out _)).WithMessage("请填来办的人的手机号，11 位，比如 138 0000 0000。");
            RuleFor(r => r.Authorised).Equal(true).WithMessage("请先得到他本人同意，再打勾。");
        });
    }
}

internal sealed class HoldSeatHandler(PortalDbContext db, BookingPlans plans, VisitorCards cards, BookedMatters matters, Seating seating, IPeople people, ICurrentUser user)
    : IRequestHandler<HoldSeat, HeldSeat>
{
    public async Task<HeldSeat> Handle(HoldSeat request, CancellationToken ct)
    {
        var plan = await plans.Current(db, ct);
        var (group, service) = plan.Find(request.Service) ?? throw new NotFoundException("bookable service");
        var own = await cards.OwnOf(user.Id, people, ct);
        var visitor = request.ForAnother ? cards.Of(Other(request)) : own;
        var matter = await matters.Of(group, service, request.CaseId, request.PropertyUnit, user.Id, ct);
        var (id, until) = await seating.Hold(new SeatRequest(request.SlotId, group, service.Code, visitor, matter, request.Key,
            request.FromApp ? BookingChannel.App : BookingChannel.Web)
        {
            BookedBy = user.Id,
            ForAnother = request.ForAnother && !visitor.Key.AsSpan().SequenceEqual(own.Key),
        }, ct);
        return new HeldSeat(id, until);
    }

    private static Visitor Other(HoldSeat request)
    {
        ResidentId.TryParse(request.IdNumber, out var id);
        MobileNumber.TryParse(request.Phone, out var phone);
        return new Visitor(request.Name!.Trim(), id.Number, phone.Digits);
    }
}
