using System.Globalization;
using GaoXin.Portal.Appointments;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Complaints;
using GaoXin.Portal.Hall;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Notifications;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Evaluation;

/// <summary>
/// Makes the service events from what other capabilities tell: a visit, the ends and corrections of a case, each reply to a complaint, an
/// appointment that the hall dropped. Who did not come has none, and an 一件事 is rated as the one thing that it is for the person, not
/// part by part. Told twice, it is stored once.
/// </summary>
internal sealed class RecordServiceEvents(PortalDbContext db, IMediator mediator)
    : IEventHandler<TicketServed>, IEventHandler<CaseClosed>, IEventHandler<CorrectionRequested>, IEventHandler<ComplaintReplied>, IEventHandler<AppointmentDropped>
{
    private const string Hall = "hall";
    private const string Online = "online";
    private const string HallUnit = "service-hall";

    public async Task Handle(TicketServed fact, CancellationToken ct)
    {
        var holder = fact.AppointmentId is { } booked ? await mediator.Send(new GetAppointmentHolder(booked), ct) : null;
        var group = (await mediator.Send(new GetZones(), ct)).Groups.Select(g => g.Group).FirstOrDefault(g => g.Code == fact.Group);
        await Record(new ServiceEvent
        {
            Kind = ServiceEventKind.Ticket,
            RootRef = fact.TicketId,
            Stage = "end",
            Number = fact.Number,
            Unit = group is { Departments: [var unit, ..] } ? unit : HallUnit,
            Window = fact.Window,
            StaffId = fact.StaffId,
            Item = fact.Group,
            ItemTitle = group?.Title ?? fact.Group,
            Channel = Hall,
            EndedAt = fact.At,
            Outcome = ServiceOutcome.Served,
            CitizenId = holder?.AccountId,
        }, ct);
    }

    public async Task Handle(CaseClosed fact, CancellationToken ct)
    {
        var handling = await mediator.Send(new GetCaseHandling(fact.CaseId), ct);
        if (handling.BundleId is not null)
            return;
        await Record(OfCase(fact.CaseId, fact.Number, handling, Enum.Parse<ServiceOutcome>(fact.Ending),
            handling.Revocations == 0 ? "end" : string.Create(CultureInfo.InvariantCulture, $"end-{handling.Revocations + 1}")), ct);
    }

    public async Task Handle(CorrectionRequested fact, CancellationToken ct)
    {
        var handling = await mediator.Send(new GetCaseHandling(fact.CaseId, fact.Round), ct);
        if (handling.BundleId is not null)
            return;
        await Record(OfCase(fact.CaseId, fact.Number, handling, ServiceOutcome.Correction, string.Create(CultureInfo.InvariantCulture, $"correction-{fact.Round}")), ct);
    }

    public async Task Handle(ComplaintReplied fact, CancellationToken ct)
    {
        var topic = (await mediator.Send(new GetComplaintTopics(), ct)).FirstOrDefault(t => t.Code == fact.Topic);
        await Record(new ServiceEvent
        {
            Kind = ServiceEventKind.Complaint,
            RootRef = fact.ComplaintId,
            Stage = string.Create(CultureInfo.InvariantCulture, $"reply-{fact.Round}"),
            Number = ComplaintNumber.Display(fact.Number),
            Unit = fact.Unit,
            StaffId = fact.HandlerId,
            Item = fact.Topic ?? "other",
            ItemTitle = topic?.Title ?? "其他诉求",
            Channel = fact.Channel,
            EndedAt = fact.At,
            Outcome = ServiceOutcome.Replied,
            CitizenId = fact.ReporterId,
        }, ct);
    }

    public async Task Handle(AppointmentDropped fact, CancellationToken ct)
    {
        var holder = await mediator.Send(new GetAppointmentHolder(fact.AppointmentId), ct);
        await Record(new ServiceEvent
        {
            Kind = ServiceEventKind.Appointment,
            RootRef = fact.AppointmentId,
            Stage = "dropped",
            Number = AppointmentNumber.Display(holder.Number),
            Unit = HallUnit,
            Item = holder.Group,
            ItemTitle = holder.Title,
            Channel = holder.Channel.ToString(),
            EndedAt = holder.EndedAt!.Value,
            Outcome = ServiceOutcome.HallCancelled,
            CitizenId = holder.AccountId,
        }, ct);
    }

    private static ServiceEvent OfCase(Guid id, string number, CaseHandling handling, ServiceOutcome outcome, string stage) => new()
    {
        Kind = ServiceEventKind.Case,
        RootRef = id,
        Stage = stage,
        Number = CaseNumber.Display(number),
        Unit = handling.Department,
        StaffId = handling.HandledBy,
        Item = handling.ServiceCode,
        ItemTitle = handling.ServiceTitle,
        Channel = Online,
        EndedAt = handling.At,
        Outcome = outcome,
        CitizenId = handling.ApplicantId,
    };

    private async Task Record(ServiceEvent happened, CancellationToken ct)
    {
        if (await db.ServiceEvents.AnyAsync(e => e.Kind == happened.Kind && e.RootRef == happened.RootRef && e.Stage == happened.Stage, ct))
            return;
        db.Add(happened);
        if (happened.CitizenId is not { } account)
            return;
        // The notice leads to the own list: a link with a token in it would keep the token in clear among the notices.
        await mediator.Send(new SendNotice
        {
            RecipientId = account,
            Template = NoticeTemplate.RatingInvited,
            Values = new Dictionary<string, string> { [NoticeToken.Service] = happened.ItemTitle, [NoticeToken.Number] = happened.Number },
            Link = "/evaluations/mine",
            Channels = NoticeChannels.Inbox,
            Key = $"rating:{happened.Id}",
        }, ct);
    }
}
