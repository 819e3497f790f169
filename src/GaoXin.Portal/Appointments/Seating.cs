using GaoXin.Portal.Appointments.Schedules;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace GaoXin.Portal.Appointments;

/// <summary>What is asked of <c>appointments.hold</c>.</summary>
internal sealed record SeatRequest(Guid SlotId, BookingGroup Group, string Service, VisitorCard Visitor, BookedMatter Matter, string Key, BookingChannel Channel)
{
    public required Guid BookedBy { get; init; }

    public bool ForAnother { get; init; }
}

/// <summary>What the database answered.</summary>
internal sealed record SeatAnswer(string Outcome, Guid? Booking, DateTimeOffset? Until);

/// <summary>Sends the one hot statement and says its answer in words. The database decides; nothing is read before it.</summary>
internal sealed class Seating(PortalDbContext db, BookingPlans plans, PersonalDataCipher cipher, TimeProvider clock)
{
    private static readonly string[] Public = [nameof(SeatPool.Open)];
    private static readonly string[] Desk = [nameof(SeatPool.SameDay), nameof(SeatPool.Desk), nameof(SeatPool.Open)];

    /// <summary>Keeps a place; the same request again gets the same place.</summary>
    public async Task<(Guid Id, DateTimeOffset? Until)> Hold(SeatRequest request, CancellationToken ct)
    {
        var plan = await plans.Current(db, ct);
        var now = clock.GetUtcNow();
        var today = now.Day();
        var rules = plan.RulesOn(today);
        SeatAnswer answer;
        try
        {
            answer = await Ask(request, plan, rules, now, ct);
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.CheckViolation)
        {
            throw Explain(error, plan, request);
        }

        return answer.Outcome is "held" or "again" ? (answer.Booking!.Value, answer.Until) : throw new RefusedException(Explain(answer, request, rules));
    }

    /// <summary>What a violated rule of the database means: a rival was faster.</summary>
    public static Exception Explain(PostgresException error, BookingPlan plan, SeatRequest request) => error.ConstraintName switch
    {
        AppointmentConfiguration.PersonIndex => new RefusedException(request.ForAnother ? AppointmentRefusals.OtherNotNow() : AppointmentRefusals.AlreadyActive()),
        AppointmentConfiguration.PropertyIndex => new RefusedException(AppointmentRefusals.PropertyTaken()),
        AppointmentConfiguration.CaseIndex => new RefusedException(AppointmentRefusals.CaseTaken()),
        AppointmentConfiguration.SeatIndex => new RefusedException(AppointmentRefusals.Full()),
        WeeklyQuotaConfiguration.NotTooMany => new RefusedException(AppointmentRefusals.WeekQuotaFull(plan.Quotas.Where(q => q.Group == request.Group.Code).Select(q => q.Quota).LastOrDefault())),
        _ => error,
    };

    private async Task<SeatAnswer> Ask(SeatRequest request, BookingPlan plan, BookingRules rules, DateTimeOffset now, CancellationToken ct)
    {
        var today = now.Day();
        var (id, number, group) = (Guid.CreateVersion7(), AppointmentNumber.Draw(), request.Group.Code);
        var (person, visitor) = (request.Visitor.Key, request.Visitor.Secret);
        var property = request.Matter.Property is { } unit ? cipher.Hash(unit.Number, Appointment.PropertyKind) : null;
        var propertySecret = request.Matter.Property is { } own ? cipher.Protect(own.Number, Appointment.PropertyPurpose) : null;
        var weekly = plan.Quotas.Any(q => q.Group == group);
        var (channel, pools) = (request.Channel.ToString(), request.Channel == BookingChannel.Desk ? Desk : Public);
        var (day, month) = (today.At(TimeOnly.MinValue), new DateOnly(today.Year, today.Month, 1).At(TimeOnly.MinValue));
        var answers = await db.Database.SqlQuery<SeatAnswer>($"""
            SELECT outcome, booking, until FROM appointments.hold({id}, {number}, {request.SlotId}, {request.Service}, {group}, {person}, {request.Matter.CaseId}::uuid, {property}, {visitor}, {propertySecret},
                {request.Key}, {request.BookedBy}, {request.ForAnother}, {channel}, {pools}, {weekly}, {now}, {rules.Hold}, {rules.Closes}, {day}, {month},
                {rules.PerWeek}, {rules.PerMonth}, {rules.ExpiredHoldsPerDay}, {rules.AgentPerMonth})
            """).ToListAsync(ct);
        return answers.Single();
    }

    private static Refusal Explain(SeatAnswer answer, SeatRequest request, BookingRules rules) => answer.Outcome switch
    {
        "cooling" or "active" or "expired-often" or "week" or "month" when request.ForAnother && request.Channel != BookingChannel.Desk => AppointmentRefusals.OtherNotNow(),
        "no-slot" => AppointmentRefusals.NoSlot(),
        "past" => AppointmentRefusals.Past(),
        "too-late" => AppointmentRefusals.TooLate(answer.Until!.Value),
        "closed" => AppointmentRefusals.Closed(),
        "not-yet" => AppointmentRefusals.NotYet(answer.Until!.Value),
        "cooling" => AppointmentRefusals.Cooling(answer.Until!.Value),
        "active" => AppointmentRefusals.AlreadyActive(),
        "case" => AppointmentRefusals.CaseTaken(),
        "property" => AppointmentRefusals.PropertyTaken(),
        "expired-often" => AppointmentRefusals.ExpiredOften(answer.Until!.Value),
        "week" => AppointmentRefusals.WeekFull(rules.PerWeek),
        "month" => AppointmentRefusals.MonthFull(rules.PerMonth),
        "agent" => AppointmentRefusals.AgentFull(rules.AgentPerMonth),
        "draw" => AppointmentRefusals.DrawOnly(answer.Until),
        "room" => AppointmentRefusals.RoomFirst(),
        "full" => AppointmentRefusals.Full(),
        _ => throw new InvalidOperationException($"appointments.hold answered {answer.Outcome}."),
    };
}
