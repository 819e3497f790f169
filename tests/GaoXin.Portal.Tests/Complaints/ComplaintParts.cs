using GaoXin.Portal.Complaints;
using GaoXin.Portal.Complaints.Definitions;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.Persistence.Seeds;

namespace GaoXin.Portal.Tests.Complaints;

/// <summary>Complaints in memory, with the calendar of 2026 and the limits of the repository.</summary>
internal static class ComplaintParts
{
    public const string Unit = "urban-management";

    private static readonly DateOnly[] Off =
    [
        new(2026, 1, 1), new(2026, 1, 2), new(2026, 1, 3), .. Span(new(2026, 2, 15), 9), .. Span(new(2026, 4, 4), 3), .. Span(new(2026, 5, 1), 5),
        .. Span(new(2026, 6, 19), 3), .. Span(new(2026, 9, 25), 3), .. Span(new(2026, 10, 1), 7),
    ];

    private static readonly DateOnly[] Work = [new(2026, 1, 4), new(2026, 2, 14), new(2026, 2, 28), new(2026, 5, 9), new(2026, 9, 20), new(2026, 10, 10)];

    public static WorkingCalendar Calendar { get; } = new("2026", Off, Work, [2026]);

    public static ComplaintLimits Limits { get; } = ComplaintLimits.Read(Read("limits.yaml"));

    public static ComplaintTime Time { get; } = new(Calendar, Limits);

    public static IReadOnlyList<Topic> Topics { get; } = TopicSeeds.Read(Read("topics.yaml"));

    public static Routing Routing { get; } = new(1, RoutingSeeds.Read(Read("routing.yaml")), Topics);

    public static IReadOnlyList<string> EmptyPhrases { get; } = Read("routing.yaml").TextsOf("empty_phrases");

    public static DateTimeOffset At(string day, int hour = 10, int minute = 0) => DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture).At(new TimeOnly(hour, minute));

    public static Complaint New(DateTimeOffset now, ComplaintKind kind = ComplaintKind.Grievance, DateOnly? externalDue = null)
    {
        var complaint = new Complaint
        {
            Number = ComplaintNumber.Compose(now.Day(), 42),
            Channel = ComplaintChannel.Web,
            Identity = IdentityMode.Named,
            CodeHash = [1],
            ProtectedText = [1],
            Kind = kind,
            Topic = "street-light",
            ExternalDueOn = externalDue,
            SubmittedAt = now,
        };
        complaint.Received(Time);
        return complaint;
    }

    public static ComplaintMove By(ComplaintActor actor, DateTimeOffset now, Guid? user = null, string? unit = Unit) =>
        new(user ?? Guid.CreateVersion7(), unit, new HashSet<ComplaintActor> { actor }, now, Time);

    /// <summary>Up to work in progress, all at one instant.</summary>
    public static Complaint InProgress(DateTimeOffset now, Guid handler, ComplaintKind kind = ComplaintKind.Grievance, DateOnly? externalDue = null)
    {
        var complaint = New(now, kind, externalDue);
        complaint.Move(ComplaintAction.Accept, By(ComplaintActor.Clerk, now));
        complaint.Unit = Unit;
        complaint.Move(ComplaintAction.Dispatch, By(ComplaintActor.Clerk, now));
        complaint.Move(ComplaintAction.Sign, By(ComplaintActor.Handler, now, handler));
        return complaint;
    }

    public static ComplaintSuspension Suspension(Complaint complaint, SuspensionReason reason, DateTimeOffset now, Guid? by = null) => new()
    {
        ComplaintId = complaint.Id,
        Round = complaint.Round,
        Reason = reason,
        Explanation = "等检测结果",
        AskedBy = by ?? Guid.CreateVersion7(),
        AskedAt = now,
    };

    public static ComplaintReply Reply(Complaint complaint, Guid by, DateTimeOffset now) =>
        new() { ComplaintId = complaint.Id, Round = complaint.Round, ProtectedText = [1], WrittenBy = by, WrittenAt = now };

    public static ComplaintCall Call(Complaint complaint, bool reached, DateTimeOffset now) =>
        new() { ComplaintId = complaint.Id, Round = complaint.Round, At = now, OfficerId = Guid.CreateVersion7(), Reached = reached, Solved = reached ? true : null, Satisfied = reached ? true : null };

    private static IEnumerable<DateOnly> Span(DateOnly from, int days) => Enumerable.Range(0, days).Select(from.AddDays);

    private static SeedNode Read(string file)
    {
        var faults = new SeedFaults();
        var path = Path.Combine(RepositoryFolder.Find()!, "seeds", "complaints", file);
        return SeedYaml.Read(path, File.ReadAllText(path), faults)!;
    }
}
