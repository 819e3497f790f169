using System.Globalization;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Evaluation;

/// <summary>
/// Services and ratings of demo mode, so that no page is empty: three months, plainly demo, marked as samples. Made once; they are as
/// unchangeable as real ones, so a production database never gets any.
/// </summary>
internal sealed class DemoRatings(PortalDbContext db, EvaluationRulebooks rulebooks, PersonalDataCipher cipher, IPeople people, IOptions<PortalOptions> options, TimeProvider clock) : IBootstrapStep
{
    private const long Lock = 0x1DE1;
    /// <summary>Steps from claim to close.</summary>
    private const int Way = 4;

    /// <summary>The 差评 that stands at another step in each item, so that every work list has something.</summary>
    private const int Waiting = 18;

    private const string FirstCitizen = "13800000001";

    private static readonly DemoItem[] Items =
    [
        new("market-regulation", "business-registration", "企业登记", ServiceEventKind.Ticket, 5, 60), new("market-regulation", "company-setup", "公司设立登记", ServiceEventKind.Case, null, 60),
        new("urban-management", "street-light", "路灯照明", ServiceEventKind.Complaint, null, 48), new("service-hall", "guidance", "咨询导办", ServiceEventKind.Ticket, 1, 48),
    ];

    /// <summary>The levels in turn; 0 is not rated.</summary>
    private static readonly int[] Levels = [4, 0, 2, 1, 3, 1, 1, 2, 1, 0, 1, 3, 2, 1, 0, 1, 2, 1, 4, 1, 5, 2, 1, 0];

    private static readonly Guid[] Colleagues = [.. Enumerable.Range(1, 4).Select(n => Guid.Parse(string.Create(CultureInfo.InvariantCulture, $"00000000-0000-7000-8000-0000000d{n:0000}")))];

    public int Order => 30;

    public async Task Run(CancellationToken ct)
    {
        if (!options.Value.DemoMode)
            return;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Lock})", ct);
        if (await db.ServiceEvents.AnyAsync(e => e.IsSample, ct))
            return;
        var (time, citizen, now) = (await rulebooks.Time(ct), await people.FindAccountByPhone(FirstCitizen, ct), clock.GetUtcNow());
        var serial = 0;
        foreach (var (item, index) in Items.Select((item, index) => (item, index)))
        {
            for (var n = 0; n < item.EachMonth * 3; n++)
            {
                // From the last hour back, so that the newest are still to be claimed.
                var at = now.AddHours(-1).AddDays(-(n * 90.0 / (item.EachMonth * 3)));
                Add(item, at, Levels[n % Levels.Length], ++serial, n is 1 or 20 ? citizen : null, n == Waiting ? Way - index : Way, now, time);
            }
        }

        OpenTask(now, time);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private void Add(DemoItem item, DateTimeOffset at, int level, int serial, Guid? citizen, int steps, DateTimeOffset now, EvaluationTime time)
    {
        var about = new ServiceEvent
        {
            Kind = item.Kind,
            RootRef = Guid.CreateVersion7(),
            Stage = "end",
            Number = string.Create(CultureInfo.InvariantCulture, $"演示-{serial:0000}"),
            Unit = item.Unit,
            Window = item.Window,
            Item = item.Code,
            ItemTitle = item.Title,
            Channel = "demo",
            EndedAt = at,
            Outcome = item.Kind switch { ServiceEventKind.Case => ServiceOutcome.Approved, ServiceEventKind.Complaint => ServiceOutcome.Replied, _ => ServiceOutcome.Served },
            CitizenId = citizen,
            IsSample = true,
        };
        db.Add(about);
        if (level == 0)
            return;
        var bad = level >= (int)RatingLevel.Dissatisfied;
        var rating = new ServiceRating
        {
            EventId = about.Id,
            Level = (RatingLevel)level,
            Reasons = [bad ? "speed" : "attitude"],
            ProtectedComment = bad ? cipher.Protect("演示：等了一个多小时，没人说还要多久。", ServiceRating.CommentPurpose) : null,
            Identity = serial % 3 == 0 ? RaterIdentity.Anonymous : RaterIdentity.Named,
            ProtectedPhone = serial % 3 == 0 ? null : cipher.Protect(FirstCitizen, ServiceRating.PhonePurpose),
            Door = InvitationDoor.Ticket,
            CreatedAt = at.AddMinutes(10),
        };
        db.Add(rating);
        if (bad)
            Rectify(about, rating, serial, steps, now, time);
    }

    /// <summary>As far as the time since allows: the old ones are closed, the new ones wait.</summary>
    private void Rectify(ServiceEvent about, ServiceRating rating, int serial, int steps, DateTimeOffset now, EvaluationTime time)
    {
        var opened = Rectification.Of(about, rating, time);
        var step = rating.CreatedAt;
        Record(opened, "Opened", "评价人", step);
        (RectificationAction Action, RectificationActor Actor, Guid By)[] way =
        [
            (RectificationAction.Claim, RectificationActor.Liaison, Colleagues[0]), (RectificationAction.RecordCall, RectificationActor.Caller, Colleagues[1]),
            (RectificationAction.SubmitFix, RectificationActor.Liaison, Colleagues[0]), (RectificationAction.ApproveFix, RectificationActor.Supervisor, Colleagues[2]),
        ];
        foreach (var (action, actor, by) in way.Take(steps))
        {
            step = step.AddHours(action == RectificationAction.SubmitFix ? 60 : 12);
            if (step > now)
                break;
            if (RectificationTransitions.Find(opened.State, action) is null)
                continue;
            opened.Move(action, new RectificationMove(by, about.Unit, new HashSet<RectificationActor> { actor }, step, time));
            if (action == RectificationAction.RecordCall)
                opened.Called(true, cipher.Protect("演示：说希望告诉要等多久。", Rectification.NotePurpose));
            if (action == RectificationAction.SubmitFix)
                opened.FixedWith("演示：已在屏幕上写明要等多久，高峰时段加开一个窗口。");
            Record(opened, action.ToString(), "演示员工", step);
        }

        if (steps == Way - 2)
        {
            opened.Move(RectificationAction.Appeal, new RectificationMove(Colleagues[0], about.Unit, new HashSet<RectificationActor> { RectificationActor.Liaison }, step, time));
            opened.AppealedFor(cipher.Protect("演示：当天停电，窗口已经当面说明。", Rectification.NotePurpose));
            Record(opened, nameof(RectificationAction.Appeal), "演示员工", step);
        }

        db.Add(opened);
        if (opened.State == RectificationState.Closed && serial % 7 == 0)
            db.Add(new Staff.PublicComment { EventId = about.Id, Text = "演示：等了一个多小时，没人说还要多久。", PublishedAt = step });
    }

    private void Record(Rectification about, string kind, string actor, DateTimeOffset at) => db.Add(new RectificationEvent
    {
        RectificationId = about.Id,
        Sequence = ++about.EventCount,
        Kind = kind,
        State = about.State,
        ActorId = Guid.Empty,
        Actor = actor,
        At = at,
    });

    private void OpenTask(DateTimeOffset now, EvaluationTime time) => db.Add(new ImprovementTask
    {
        Item = Items[2].Code,
        ItemTitle = Items[2].Title,
        Unit = Items[2].Unit,
        OpenedAt = now.AddDays(-2),
        Days = time.Rules.ImprovementDays,
        DueAt = time.EndAfter(now.AddDays(-2), time.Rules.ImprovementDays),
        CalendarVersion = time.Calendar.Version,
    });

    private sealed record DemoItem(string Unit, string Code, string Title, ServiceEventKind Kind, int? Window, int EachMonth);
}
