using GaoXin.Portal.Hall.Forecasts;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Hall;

/// <summary>A ticket and its place in line, by the unguessable code of its page, on its day. Read only.</summary>
[ForAnyone]
public sealed record GetTicket(string? Code) : IQuery<TicketView>;

/// <summary>My ticket of an appointment, today's; null when there is none.</summary>
[ForCitizens]
public sealed record GetTicketOfAppointment(Guid AppointmentId) : IQuery<TakenTicket?>;

/// <summary>排队号 as its holder sees it.</summary>
public sealed record TicketView
{
    /// <summary>The code of its page.</summary>
    public required string Code { get; init; }

    /// <summary>For example C037.</summary>
    public required string Number { get; init; }

    /// <summary>业务.</summary>
    public required string Group { get; init; }

    /// <summary>区块, its number and title.</summary>
    public required int ZoneNumber { get; init; }

    /// <summary>区块.</summary>
    public required string Zone { get; init; }

    /// <summary>Where it stands.</summary>
    public required TicketState State { get; init; }

    /// <summary>Why it is due when it is.</summary>
    public required TicketClass Class { get; init; }

    /// <summary>The window that called it.</summary>
    public int? Window { get; init; }

    /// <summary>How often it was called.</summary>
    public int Calls { get; init; }

    /// <summary>People of the same group who will be called before.</summary>
    public int Ahead { get; init; }

    /// <summary>How long it takes; null while no window of the group is open.</summary>
    public WaitRange? Wait { get; init; }

    /// <summary>When it was taken.</summary>
    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>暂离到.</summary>
    public DateTimeOffset? ParkedUntil { get; init; }

    /// <summary>过号后最晚回来; null when it cannot come back.</summary>
    public DateTimeOffset? RejoinBefore { get; init; }

    /// <summary>The moment of this view.</summary>
    public required DateTimeOffset At { get; init; }
}

internal sealed class GetTicketHandler(PortalDbContext db, HallState hall, TimeProvider clock) : IRequestHandler<GetTicket, TicketView>
{
    public async Task<TicketView> Handle(GetTicket request, CancellationToken ct)
    {
        var (now, code) = (clock.GetUtcNow(), request.Code ?? "");
        var today = now.Day();
        var ticket = await db.Tickets.AsNoTracking().SingleOrDefaultAsync(t => t.Code == code && t.Day == today, ct).OrNotFound("ticket");
        var moment = await hall.Now(ct);
        var (zone, group) = moment.Plan.Groups.FirstOrDefault(g => g.Group.Code == ticket.Group);
        var inLine = ticket.State is TicketState.Waiting or TicketState.Parked;
        return new TicketView
        {
            Code = ticket.Code,
            Number = ticket.Number,
            Group = group?.Title ?? ticket.Group,
            ZoneNumber = zone?.Number ?? 0,
            Zone = zone?.Title ?? ticket.Zone,
            State = ticket.State,
            Class = ticket.Class,
            Window = ticket.Window,
            Calls = ticket.Calls,
            Ahead = moment.Tickets.Count(t => t.Group == ticket.Group && t.Id != ticket.Id && t.IsInLineAt(now) && (t.Due, t.Id).CompareTo((ticket.Due, ticket.Id)) < 0),
            Wait = inLine ? moment.Forecast(ticket.Group, ticket.Due, ticket.Id)?.Range : null,
            TakenAt = ticket.CheckedInAt,
            ParkedUntil = ticket.State == TicketState.Parked ? ticket.ParkedUntil : null,
            RejoinBefore = ticket is { State: TicketState.Missed, Rejoined: false } ? ticket.MissedAt?.AddMinutes(moment.Plan.Rules.RejoinWithin) : null,
            At = now,
        };
    }
}

internal sealed class GetTicketOfAppointmentHandler(PortalDbContext db, TicketOffice office, IPeople people, ICurrentUser user, TimeProvider clock) : IRequestHandler<GetTicketOfAppointment, TakenTicket?>
{
    public async Task<TakenTicket?> Handle(GetTicketOfAppointment request, CancellationToken ct)
    {
        var (own, today) = (office.HashOf(await TicketOffice.Person(null, people, user, ct)), clock.Today());
        return await db.Tickets.AsNoTracking().Where(t => t.AppointmentId == request.AppointmentId && t.PersonHash == own && t.Day == today)
            .OrderByDescending(t => t.Id).Select(t => new TakenTicket(t.Code, t.Number)).FirstOrDefaultAsync(ct);
    }
}
