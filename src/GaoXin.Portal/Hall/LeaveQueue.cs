using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;

namespace GaoXin.Portal.Hall;

/// <summary>不排了: gives the place in line back.</summary>
[ForAnyone]
public sealed record LeaveQueue(string? Code) : ICommand;

/// <summary>回来接着排: once after a missed call, soon enough; or back from a parked ticket.</summary>
[ForAnyone]
public sealed record RejoinQueue(string? Code) : ICommand;

internal sealed class LeaveQueueHandler(PortalDbContext db, HallJournal journal, TimeProvider clock) : IRequestHandler<LeaveQueue, Unit>
{
    public async Task<Unit> Handle(LeaveQueue request, CancellationToken ct)
    {
        var ticket = await db.LockTicket(request.Code, clock.Today(), ct);
        if (ticket.State != TicketState.Left)
            journal.Move(ticket, TicketAction.Leave);
        return Unit.Value;
    }
}

internal sealed class RejoinQueueHandler(PortalDbContext db, TicketOffice office, HallJournal journal, IMediator mediator, TimeProvider clock) : IRequestHandler<RejoinQueue, Unit>
{
    public async Task<Unit> Handle(RejoinQueue request, CancellationToken ct)
    {
        var (ticket, now) = (await db.LockTicket(request.Code, clock.Today(), ct), clock.GetUtcNow());
        if (ticket.State == TicketState.Waiting)
            return Unit.Value;
        if (ticket.State == TicketState.Parked)
        {
            journal.Move(ticket, TicketAction.Resume);
            return Unit.Value;
        }

        var rules = (await mediator.Send(new GetZones(), ct)).Rules;
        ticket.MustBeAbleToRejoin(rules, now);
        await office.MustHaveNone(ticket.Group, ticket.PersonHash, ticket.Id, default, ct);
        journal.Move(ticket, TicketAction.Rejoin);
        ticket.Due = now.AddMinutes(rules.RejoinDue);
        return Unit.Value;
    }
}
