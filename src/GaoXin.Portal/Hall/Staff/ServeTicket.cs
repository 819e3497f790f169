using FluentValidation;
using GaoXin.Portal.Appointments;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;

namespace GaoXin.Portal.Hall.Staff;

/// <summary>再叫一遍.</summary>
[ForStaff(Roles.WindowClerk)]
public sealed record RecallTicket(int Version) : ICommand;

/// <summary>人到了,开始办.</summary>
[ForStaff(Roles.WindowClerk)]
public sealed record StartService(int Version) : ICommand;

/// <summary>办完.</summary>
[ForStaff(Roles.WindowClerk)]
public sealed record FinishService(int Version) : ICommand;

/// <summary>过号: refused before three calls over three minutes (<c>hall.not-missed-yet</c>).</summary>
[ForStaff(Roles.WindowClerk)]
public sealed record MissTicket(int Version) : ICommand;

/// <summary>放回队里: called by mistake; the due time stays.</summary>
[ForStaff(Roles.WindowClerk)]
public sealed record PutTicketBack(int Version) : ICommand;

/// <summary>暂离: the person fetches something and keeps the place until the time is over.</summary>
[ForStaff(Roles.WindowClerk)]
public sealed record ParkTicket : ICommand
{
    /// <summary>The window as the page saw it.</summary>
    public int Version { get; init; }

    /// <summary>For example 去缴税.</summary>
    public string? Reason { get; init; }

    /// <summary>How long at most.</summary>
    public int Minutes { get; init; } = 15;
}

/// <summary>转业务: to the line of another group with the same due time.</summary>
[ForStaff(Roles.WindowClerk)]
public sealed record TransferTicket : ICommand
{
    /// <summary>The window as the page saw it.</summary>
    public int Version { get; init; }

    /// <summary>Where to.</summary>
    public string? Group { get; init; }
}

/// <summary>作废, with a reason that stays in the record.</summary>
[ForStaff(Roles.WindowClerk)]
public sealed record VoidTicket : ICommand
{
    /// <summary>The window as the page saw it.</summary>
    public int Version { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }
}

internal sealed class ParkTicketValidator : AbstractValidator<ParkTicket>
{
    public ParkTicketValidator()
    {
        RuleFor(c => c.Reason).NotEmpty().WithMessage("请写为什么离开，比如“去缴税”").MaximumLength(100).WithMessage("原因最多 100 个字");
        RuleFor(c => c.Minutes).InclusiveBetween(5, 120).WithMessage("请填 5 到 120 分钟");
    }
}

internal sealed class TransferTicketValidator : AbstractValidator<TransferTicket>
{
    public TransferTicketValidator() => RuleFor(c => c.Group).NotEmpty().WithMessage("请选转到哪项业务");
}

internal sealed class VoidTicketValidator : AbstractValidator<VoidTicket>
{
    public VoidTicketValidator() => RuleFor(c => c.Reason).NotEmpty().WithMessage("请写作废的原因，比如“重复取号”").MaximumLength(100).WithMessage("原因最多 100 个字");
}

internal sealed class RecallTicketHandler(ClerkDesk desk, HallJournal journal) : IRequestHandler<RecallTicket, Unit>
{
    public async Task<Unit> Handle(RecallTicket request, CancellationToken ct)
    {
        var (window, ticket) = await desk.LockWithTicket(request.Version, ct);
        journal.Move(window, WindowAction.Recall);
        journal.Move(ticket, TicketAction.Recall, window.Zone);
        return Unit.Value;
    }
}

internal sealed class StartServiceHandler(ClerkDesk desk, HallJournal journal) : IRequestHandler<StartService, Unit>
{
    public async Task<Unit> Handle(StartService request, CancellationToken ct)
    {
        var (window, ticket) = await desk.LockWithTicket(request.Version, ct);
        journal.Move(window, WindowAction.Start);
        journal.Move(ticket, TicketAction.Start, window.Zone);
        return Unit.Value;
    }
}

internal sealed class FinishServiceHandler(PortalDbContext db, ClerkDesk desk, HallJournal journal, IAppointmentDesk appointments, ICurrentUser user, TimeProvider clock)
    : IRequestHandler<FinishService, Unit>
{
    public async Task<Unit> Handle(FinishService request, CancellationToken ct)
    {
        var (window, ticket) = await desk.LockWithTicket(request.Version, ct);
        journal.Move(window, WindowAction.Finish);
        journal.Move(ticket, TicketAction.Finish, window.Zone);
        if (ticket.AppointmentId is { } appointment)
            await appointments.Complete(appointment, ct);
        db.Raise(new TicketServed(ticket.Id, ticket.Number, ticket.Group, window.Number, user.Id, ticket.AppointmentId, clock.GetUtcNow()), clock.GetUtcNow());
        return Unit.Value;
    }
}

internal sealed class MissTicketHandler(ClerkDesk desk, IMediator mediator, TimeProvider clock) : IRequestHandler<MissTicket, Unit>
{
    public async Task<Unit> Handle(MissTicket request, CancellationToken ct)
    {
        var (window, ticket) = await desk.LockWithTicket(request.Version, ct);
        ticket.MustBeMissable((await mediator.Send(new GetZones(), ct)).Rules, clock.GetUtcNow());
        desk.Release(window, ticket, TicketAction.Miss);
        return Unit.Value;
    }
}

internal sealed class PutTicketBackHandler(ClerkDesk desk) : IRequestHandler<PutTicketBack, Unit>
{
    public async Task<Unit> Handle(PutTicketBack request, CancellationToken ct)
    {
        var (window, ticket) = await desk.LockWithTicket(request.Version, ct);
        desk.Release(window, ticket, TicketAction.PutBack);
        return Unit.Value;
    }
}

internal sealed class ParkTicketHandler(ClerkDesk desk, TimeProvider clock) : IRequestHandler<ParkTicket, Unit>
{
    public async Task<Unit> Handle(ParkTicket request, CancellationToken ct)
    {
        var (window, ticket) = await desk.LockWithTicket(request.Version, ct);
        desk.Release(window, ticket, TicketAction.Park);
        ticket.Park(request.Reason!.Trim(), clock.GetUtcNow().AddMinutes(request.Minutes));
        return Unit.Value;
    }
}

internal sealed class TransferTicketHandler(ClerkDesk desk, TicketOffice office, IMediator mediator) : IRequestHandler<TransferTicket, Unit>
{
    public async Task<Unit> Handle(TransferTicket request, CancellationToken ct)
    {
        var (zone, group) = TicketOffice.Find(await mediator.Send(new GetZones(), ct), request.Group!, nameof(request.Group));
        var (window, ticket) = await desk.LockWithTicket(request.Version, ct);
        if (ticket.Group == group.Code)
            throw new RefusedException(HallRefusals.SameGroup());
        await office.MustHaveNone(group.Code, ticket.PersonHash, ticket.Id, NumberUse.OfDesk, ct);
        desk.Release(window, ticket, TicketAction.Transfer);
        (ticket.Zone, ticket.Group) = (zone.Code, group.Code);
        return Unit.Value;
    }
}

internal sealed class VoidTicketHandler(ClerkDesk desk) : IRequestHandler<VoidTicket, Unit>
{
    public async Task<Unit> Handle(VoidTicket request, CancellationToken ct)
    {
        var (window, ticket) = await desk.LockWithTicket(request.Version, ct);
        desk.Release(window, ticket, TicketAction.Void);
        ticket.Because(request.Reason!.Trim());
        return Unit.Value;
    }
}
