using FluentValidation;
using GaoXin.Portal.Appointments.Schedules;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Appointments.Staff;

/// <summary>
/// Books for a caller or somebody at the counter (电话、窗口代约), from the places kept for that. Held and confirmed at once. The
/// answer is the number to read out.
/// </summary>
[ForStaff(Roles.WindowClerk, Roles.HallManager)]
public sealed record BookAtDesk : ICommand<string>, IRepeatable
{
    /// <summary>The slot.</summary>
    public Guid? SlotId { get; init; }

    /// <summary>The code of the service.</summary>
    public string Service { get; init; } = "";

    /// <summary>Who comes.</summary>
    public string Name { get; init; } = "";

    /// <summary>His resident ID number.</summary>
    public string IdNumber { get; init; } = "";

    /// <summary>His mobile number.</summary>
    public string Phone { get; init; } = "";

    /// <summary>办件编号, where the service needs a pre-checked case: the case of the person who comes.</summary>
    public string? CaseNumber { get; init; }

    /// <summary>不动产单元号, where the service asks for it.</summary>
    public string? PropertyUnit { get; init; }

    /// <summary>Names this request, so that it can be sent again.</summary>
    public string Key { get; init; } = "";

    /// <summary>Without personal data, so that a log line never holds it.</summary>
    public override string ToString() => $"BookAtDesk {SlotId}";
}

internal sealed class BookAtDeskValidator : AbstractValidator<BookAtDesk>
{
    public BookAtDeskValidator(TimeProvider clock)
    {
        RuleFor(r => r.SlotId).NotEmpty().WithMessage("请选一个时段。");
        RuleFor(r => r.Key).NotEmpty().MaximumLength(80).WithMessage("页面不完整，请重新打开。");
        RuleFor(r => r.Name).Must(DeskVisitors.IsName).WithMessage(DeskVisitors.NameWords);
        RuleFor(r => r.IdNumber).Must(n => DeskVisitors.IsIdNumber(n, clock)).WithMessage(r => DeskVisitors.IdNumberWords(r.IdNumber));
        RuleFor(r => r.Phone).Must(p => MobileNumber.TryParse(p, out _)).WithMessage(DeskVisitors.PhoneWords);
        RuleFor(r => r.PropertyUnit).Must(u => string.IsNullOrEmpty(u) || PropertyUnitNumber.TryParse(u, out _)).WithMessage(r => PropertyUnitNumber.Explain(r.PropertyUnit) + "。");
    }
}

internal sealed class BookAtDeskHandler(PortalDbContext db, BookingPlans plans, VisitorCards cards, BookedMatters matters, Seating seating, ICurrentUser user, TimeProvider clock) : IRequestHandler<BookAtDesk, string>
{
    public async Task<string> Handle(BookAtDesk request, CancellationToken ct)
    {
        var (group, service) = (await plans.Current(db, ct)).Find(request.Service) ?? throw new NotFoundException("bookable service");
        var card = cards.Of(DeskVisitors.Of(request.Name, request.IdNumber, request.Phone));
        var matter = await matters.AtDesk(group, service, request.CaseNumber, request.PropertyUnit, card.Key, ct);
        var (booking, _) = await seating.Hold(new SeatRequest(request.SlotId!.Value, group, service.Code, card, matter, request.Key, BookingChannel.Desk)
        {
            BookedBy = user.Id,
            ForAnother = true,
        }, ct);
        var now = clock.GetUtcNow();
        await db.Appointments.Where(a => a.Id == booking && a.State == AppointmentState.Held)
            .ExecuteUpdateAsync(a => a.SetProperty(x => x.State, AppointmentState.Confirmed).SetProperty(x => x.ConfirmedAt, now).SetProperty(x => x.HoldUntil, (DateTimeOffset?)null), ct);
        return await db.Appointments.Where(a => a.Id == booking).Select(a => a.Number).SingleAsync(ct);
    }
}
