using System.Globalization;
using GaoXin.Portal.Appointments.Draws;
using GaoXin.Portal.Appointments.Schedules;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Notifications;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Appointments;

/// <summary>Tells who booked what happened to the appointment: one notice for one fact, in the inbox and by short message.</summary>
internal sealed class AppointmentNotices(PortalDbContext db, BookingPlans plans, IMediator mediator, TimeProvider clock)
    : IEventHandler<AppointmentConfirmed>, IEventHandler<AppointmentMoved>, IEventHandler<AppointmentDropped>, IEventHandler<PlaceOffered>,
      IEventHandler<AppointmentTomorrow>, IEventHandler<AppointmentMissed>, IEventHandler<DrawLost>, IEventHandler<BookingDue>
{
    public Task Handle(AppointmentConfirmed fact, CancellationToken ct) =>
        Tell(fact.AppointmentId, fact.ByDraw ? NoticeTemplate.DrawWon : NoticeTemplate.AppointmentConfirmed, "confirmed", ct);

    public Task Handle(AppointmentMoved fact, CancellationToken ct) =>
        Tell(fact.AppointmentId, fact.ByHall ? NoticeTemplate.AppointmentMovedByHall : NoticeTemplate.AppointmentMoved, $"moved:{fact.Move.UtcTicks}", ct);

    public Task Handle(AppointmentDropped fact, CancellationToken ct) => Tell(fact.AppointmentId, NoticeTemplate.AppointmentDropped, "dropped", ct);

    public Task Handle(PlaceOffered fact, CancellationToken ct) => Tell(fact.AppointmentId, NoticeTemplate.PlaceOffered, "offered", ct);

    public Task Handle(AppointmentMissed fact, CancellationToken ct) => Tell(fact.AppointmentId, NoticeTemplate.AppointmentMissed, "missed", ct);

    /// <summary>Not when it was cancelled meanwhile.</summary>
    public async Task Handle(AppointmentTomorrow fact, CancellationToken ct)
    {
        if (await db.Appointments.AnyAsync(a => a.Id == fact.AppointmentId && a.State == AppointmentState.Confirmed, ct))
            await Tell(fact.AppointmentId, NoticeTemplate.AppointmentReminder, "reminder", ct);
    }

    public async Task Handle(DrawLost fact, CancellationToken ct)
    {
        var application = await db.DrawApplications.AsNoTracking().SingleAsync(a => a.Id == fact.ApplicationId, ct);
        if (application.Silent)
            return;
        var values = new Dictionary<string, string> { [NoticeToken.Service] = (await plans.Current(db, ct)).TitleOf(application.ServiceCode) };
        await mediator.Send(new SendNotice { RecipientId = application.AccountId, Template = NoticeTemplate.DrawLost, Values = values, Link = "/appointments/mine", Key = $"draw:{application.Id}" }, ct);
    }

    /// <summary>Not when it was booked or ended meanwhile.</summary>
    public async Task Handle(BookingDue fact, CancellationToken ct)
    {
        var active = db.Appointments.Where(b => b.CaseId == fact.CaseId && AppointmentStates.Active.Contains(b.State));
        var due = await db.Admissions.AsNoTracking().SingleOrDefaultAsync(a => a.CaseId == fact.CaseId && a.EndedAt == null && a.SuspendedAt == null && !active.Any(), ct);
        if (due is null)
            return;
        var values = new Dictionary<string, string>
        {
            [NoticeToken.Service] = (await plans.Current(db, ct)).TitleOf(due.ServiceCode),
            [NoticeToken.Deadline] = fact.BookBy.ToString("yyyy年M月d日", CultureInfo.InvariantCulture),
        };
        await mediator.Send(new SendNotice { RecipientId = due.AccountId, Template = NoticeTemplate.BookReminder, Values = values, Link = $"/cases/{due.CaseId}", Key = $"book:{due.CaseId}:{fact.BookBy:yyyyMMdd}" }, ct);
    }

    private async Task Tell(Guid id, string template, string what, CancellationToken ct)
    {
        var about = await db.Appointments.AsNoTracking().SingleAsync(a => a.Id == id, ct);
        // The desk tells the caller itself; an account is told.
        if (about.Channel == BookingChannel.Desk || (about.Channel == BookingChannel.Draw && await db.DrawApplications.AnyAsync(a => a.AppointmentId == id && a.Silent, ct)))
            return;
        var subject = (await plans.Current(db, ct)).SubjectOf(about);
        var values = new Dictionary<string, string>
        {
            [NoticeToken.Service] = subject.Title,
            [NoticeToken.Number] = AppointmentNumber.Display(about.Number),
            [NoticeToken.Time] = AppointmentTime.Words(about.StartsAt, about.EndsAt, clock.Today()),
            [NoticeToken.Deadline] = AppointmentTime.Short(about.HoldUntil ?? about.StartsAt),
        };
        await mediator.Send(new SendNotice { RecipientId = about.BookedBy, Template = template, Values = values, Link = LinkOf(about), Key = $"appointment:{id}:{what}" }, ct);
    }

    private static string LinkOf(Appointment about) => about.State == AppointmentState.Held ? $"/appointments/{about.Id}/confirm" : $"/appointments/{about.Id}";
}

/// <summary>Times in words: 11月26日（周四）10:00–10:30.</summary>
public static class AppointmentTime
{
    private const string Days = "日一二三四五六";

    /// <summary>The day and both ends; with the year when it is not this one.</summary>
    public static string Words(DateTimeOffset starts, DateTimeOffset ends, DateOnly today)
    {
        var day = starts.Day();
        var year = day.Year == today.Year ? "" : $"{day.Year}年";
        return string.Create(CultureInfo.InvariantCulture, $"{year}{day.Month}月{day.Day}日（周{Days[(int)day.DayOfWeek]}）{Span(starts, ends)}");
    }

    /// <summary>10:00–10:30.</summary>
    public static string Span(DateTimeOffset starts, DateTimeOffset ends) =>
        string.Create(CultureInfo.InvariantCulture, $"{starts.Local():HH:mm}–{ends.Local():HH:mm}");

    /// <summary>11月26日 10:00.</summary>
    public static string Short(DateTimeOffset at) => at.Local().ToString("M月d日 HH:mm", CultureInfo.InvariantCulture);
}
