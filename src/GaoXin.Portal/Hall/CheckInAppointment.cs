using FluentValidation;
using GaoXin.Portal.Appointments;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using MediatR;

namespace GaoXin.Portal.Hall;

/// <summary>
/// 预约签到: the person of an appointment has come, with the identity card it was booked for, and joins the line; due when the
/// booked time begins. A phone on which nobody signed in asks for the number of the appointment too: an ID number alone is no
/// secret. Refused: <c>hall.presence-first</c>, <c>hall.appointment-number-first</c>, <c>hall.no-appointment</c>, and what the
/// appointment itself refuses (too early, too late, taken up already).
/// </summary>
[ForAnyone]
public sealed record CheckInAppointment : ICommand<TakenTicket>
{
    /// <summary>身份证号; empty for somebody who signed in with a real name.</summary>
    public string? IdNumber { get; init; }

    /// <summary>预约号; the next appointment of today when it is left out.</summary>
    public string? AppointmentNumber { get; init; }

    /// <summary>The code on the screen of the hall.</summary>
    public string? PresenceCode { get; init; }

    /// <summary>On a phone, as its page knows; false on a kiosk, where the card lies before the machine.</summary>
    public bool OnPhone { get; init; }

    /// <summary>Without personal data, so that a log line never holds it.</summary>
    public override string ToString() => nameof(CheckInAppointment);
}

internal sealed class CheckInAppointmentValidator : AbstractValidator<CheckInAppointment>
{
    public CheckInAppointmentValidator(ICurrentUser user) =>
        RuleFor(c => c.IdNumber).Must(n => ResidentId.TryParse(n, out _)).WithMessage(c => ResidentId.Explain(c.IdNumber))
            .When(c => !string.IsNullOrWhiteSpace(c.IdNumber) || !user.IsSignedIn);
}

internal sealed class CheckInAppointmentHandler(
    IAppointmentDesk appointments, TicketOffice office, PresenceCodes codes, IPeople people, ICurrentUser user, IMediator mediator, TimeProvider clock)
    : IRequestHandler<CheckInAppointment, TakenTicket>
{
    public async Task<TakenTicket> Handle(CheckInAppointment request, CancellationToken ct)
    {
        codes.MustBeFresh(request.PresenceCode);
        var person = await TicketOffice.Person(request.IdNumber, people, user, ct);
        var taken = await appointments.TakeUp(await NumberOf(request, person, ct), ct);
        var plan = await mediator.Send(new GetZones(), ct);
        var (zone, group) = Line(plan, taken);
        var hash = office.HashOf(person);
        await office.MustHaveNone(group.Code, hash, null, NumberUse.OfDesk, ct);
        var now = clock.GetUtcNow();
        var due = (taken.StartsAt > now ? taken.StartsAt : now).AddMinutes(plan.Rules.Booked);
        return await office.Queue(Ticket.ForAppointment(await office.New(zone, group.Code, hash, due, NumberUse.OfDesk, ct), taken.AppointmentId), ct);
    }

    private async Task<string> NumberOf(CheckInAppointment request, ResidentId person, CancellationToken ct)
    {
        var number = request.AppointmentNumber;
        if (string.IsNullOrWhiteSpace(number) && request.OnPhone && !string.IsNullOrWhiteSpace(request.IdNumber))
            throw new RefusedException(HallRefusals.AppointmentNumberFirst());
        if (string.IsNullOrWhiteSpace(number))
            return (await appointments.FindToday(person.Number, ct)).FirstOrDefault()?.Number ?? throw new RefusedException(HallRefusals.NoAppointment());
        return await appointments.IsFor(number, person.Number, ct) ? number : throw new RefusedException(HallRefusals.NoAppointment());
    }

    /// <summary>The group that names the service, else the one of the zone that takes all the rest.</summary>
    private static (Zone Zone, ServiceGroup Group) Line(HallPlan plan, TakenUpAppointment taken)
    {
        var named = plan.Groups.FirstOrDefault(g => g.Group.Services.Contains(taken.Service));
        if (named.Zone is not null)
            return named;
        var zone = plan.Zones.FirstOrDefault(z => z.Code == taken.Zone) ?? throw new RefusedException(HallRefusals.UnknownGroup("AppointmentNumber"));
        return (zone, zone.Groups.FirstOrDefault(g => g.Departments.Count > 0) ?? zone.Groups[0]);
    }
}
