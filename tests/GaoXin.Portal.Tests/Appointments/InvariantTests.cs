using GaoXin.Portal.Appointments;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Tests.Appointments;

/// <summary>What must hold whatever happens at once.</summary>
public sealed class InvariantTests(AppointmentHost host) : IClassFixture<AppointmentHost>
{
    private const int Clients = 64;
    private const string Deadlocks = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";
    private const string Doubles = """
        SELECT (SELECT count(*) FROM (SELECT seat_id FROM appointments.bookings WHERE state IN ('Held', 'Confirmed', 'CheckedIn', 'Done') GROUP BY seat_id HAVING count(*) > 1) a)
             + (SELECT count(*) FROM (SELECT 1 FROM appointments.bookings WHERE state IN ('Held', 'Confirmed', 'CheckedIn') GROUP BY person_key, service_group HAVING count(*) > 1) b)
             + (SELECT count(*) FROM (SELECT 1 FROM appointments.bookings WHERE state IN ('Held', 'Confirmed', 'CheckedIn') AND property_key IS NOT NULL GROUP BY property_key, service_group HAVING count(*) > 1) c)
             + (SELECT count(*) FROM appointments.bookings b JOIN appointments.seats s ON s.id = b.seat_id WHERE b.state IN ('Held', 'Confirmed', 'CheckedIn') AND s.appointment_id IS DISTINCT FROM b.id)
             + (SELECT count(*) FROM appointments.seats s JOIN appointments.bookings b ON b.id = s.appointment_id WHERE b.state NOT IN ('Held', 'Confirmed', 'CheckedIn', 'Done', 'NoShow'))
        """;

    /// <summary>A larger size for a long run, from the environment.</summary>
    private static int Size(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), System.Globalization.CultureInfo.InvariantCulture, out var wanted) ? wanted : usual;

    [Fact]
    public async Task Two_hundred_seats_are_taken_by_exactly_two_hundred_of_sixty_four_clients_tries()
    {
        var slots = new List<Slot>();
        for (var i = 0; i < 4; i++)
            slots.Add(await host.NewSlot(50));
        var people = await host.NewCitizens(800);
        var deadlocks = await host.Database.ScalarAsync<long>(Deadlocks);
        var (held, others) = (0, new System.Collections.Concurrent.ConcurrentDictionary<string, int>());
        await Parallel.ForEachAsync(Enumerable.Range(0, Size("PORTAL_BOOKING_TRIES", 4000)), new ParallelOptions { MaxDegreeOfParallelism = Clients }, async (i, _) =>
        {
            // Five tries a person, at four slots: rivals for the seat, and the person against himself.
            if (await AppointmentHost.CodeOf(() => host.Hold(people[i % people.Count], slots[(i + i / people.Count) % slots.Count])) is { } code)
                others.AddOrUpdate(code, 1, (_, n) => n + 1);
            else
                Interlocked.Increment(ref held);
        });
        held.ShouldBe(200);
        others.Keys.Except(["appointment.full", "appointment.already-active"]).ShouldBeEmpty();
        (await host.Database.ScalarAsync<long>(Doubles)).ShouldBe(0);
        (await host.Database.ScalarAsync<long>(Deadlocks)).ShouldBe(deadlocks);
        var ids = slots.Select(s => s.Id).ToList();
        (await host.InDatabase(db => db.Appointments.CountAsync(a => ids.Contains(a.SlotId)))).ShouldBe(200);
    }

    [Fact]
    public async Task The_same_request_twenty_times_at_once_is_one_appointment_and_one_notice()
    {
        var (slot, citizen, key) = (await host.NewSlot(5), await host.NewCitizen(), Guid.NewGuid().ToString("N"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.Hold(citizen, slot, key)));
        answers.Distinct().Count().ShouldBe(1);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.As(citizen).Send(new ConfirmAppointment(answers[0].AppointmentId))));
        await host.DrainOutbox();
        (await host.InDatabase(db => db.Appointments.CountAsync(a => a.BookedBy == citizen.Id))).ShouldBe(1);
        (await host.Database.ScalarAsync<long>("SELECT count(*) FROM notifications.notices WHERE recipient_id = $1", citizen.Id)).ShouldBe(1);
    }

    [Fact]
    public async Task Churn_of_everything_at_once_breaks_nothing()
    {
        var slots = new List<Slot>();
        for (var i = 0; i < 6; i++)
            slots.Add(await host.NewSlot(4, AppointmentHost.EstateGroup));
        var people = await host.NewCitizens(60);
        var units = Enumerable.Range(0, 40).Select(_ => AppointmentHost.NewUnit()).ToList();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(Size("PORTAL_CHURN_SECONDS", 6)));
        var (done, violations) = (0, 0L);
        var workers = Enumerable.Range(0, 16).Select(seed => Task.Run(async () =>
        {
            var random = new Random(seed);
            while (!stop.IsCancellationRequested)
            {
                var citizen = people[random.Next(people.Count)];
                await AppointmentHost.CodeOf(() => Step(random, citizen, slots, units));
                Interlocked.Increment(ref done);
            }
        })).ToList();
        while (!stop.IsCancellationRequested)
        {
            violations += await host.Database.ScalarAsync<long>(Doubles);
            await Task.Delay(50);
        }

        await Task.WhenAll(workers);
        violations += await host.Database.ScalarAsync<long>(Doubles);
        violations.ShouldBe(0);
        done.ShouldBeGreaterThan(200);
    }

    private static readonly string[] BeginAnew =
    [
        "UPDATE appointments.seats SET pool = 'Open' WHERE pool = 'Waiting'",
        "DELETE FROM appointments.cooldowns",
        "UPDATE appointments.bookings SET created_at = created_at - interval '90 days' WHERE state IN ('Cancelled', 'Expired')",
    ];

    /// <summary>Some step of a life with appointments; a person's own holds end by hand, for the clock stands still.</summary>
    private async Task Step(Random random, TestUser citizen, List<Slot> slots, List<string> units)
    {
        var slot = slots[random.Next(slots.Count)];
        var mine = await host.InDatabase(db => db.Appointments.AsNoTracking().Where(a => a.BookedBy == citizen.Id && (a.State == AppointmentState.Held || a.State == AppointmentState.Confirmed))
            .OrderBy(a => a.Id).Select(a => (Guid?)a.Id).FirstOrDefaultAsync());
        switch (random.Next(6))
        {
            case 0 or 1 or 2 when mine is null:
                await host.Hold(citizen, slot, unit: units[random.Next(units.Count)]);
                break;
            case 0 or 1 when mine is { } held:
                await host.As(citizen).Send(new ConfirmAppointment(held));
                break;
            case 2 or 3 when mine is { } own:
                await host.As(citizen).Send(new RescheduleAppointment(own, slot.Id));
                break;
            case 4 when mine is { } own:
                await host.Execute($"UPDATE appointments.bookings SET hold_until = '2020-01-01' WHERE id = '{own}' AND state = 'Held'");
                await host.As(TestUsers.System).Send(new EndOverdueAppointments());
                break;
            case 5 when mine is { } own:
                await host.As(citizen).Send(new CancelAppointment(own));
                // Given back seats would run dry and pauses pile up: begin anew. One worker at a time and one table at a time, so that only
                // what the product does can end in a deadlock.
                foreach (var change in BeginAnew)
                    await host.Execute($"SELECT pg_advisory_xact_lock(20261129); {change}");
                break;
        }
    }

    [Theory]
    [InlineData("ux_bookings_person")]
    [InlineData("ux_bookings_property")]
    [InlineData("ux_bookings_case")]
    [InlineData("ux_bookings_seat")]
    [InlineData("ux_bookings_request")]
    [InlineData("ux_seats_appointment")]
    public async Task Every_unique_index_refuses_by_itself_what_the_function_avoids(string index)
    {
        var (slot, other) = (await host.NewSlot(3, AppointmentHost.EstateGroup), await host.NewSlot(3, AppointmentHost.EstateGroup));
        var (citizen, unit) = (await host.NewCitizen(), AppointmentHost.NewUnit());
        var id = (await host.Hold(citizen, slot, "key-of-the-test", unit)).AppointmentId;
        var double_ = index switch
        {
            "ux_bookings_person" => Copy(id, "person_key, gen_random_uuid()::text, NULL::bytea, (SELECT max(id) FROM appointments.seats)"),
            "ux_bookings_property" => Copy(id, "'\\x01'::bytea, gen_random_uuid()::text, property_key, (SELECT max(id) FROM appointments.seats)"),
            "ux_bookings_case" => string.Join(';', Enumerable.Range(3, 2).Select(n => Copy(id, $"'\\x0{n}'::bytea, gen_random_uuid()::text, NULL::bytea, (SELECT max(id) - {n} FROM appointments.seats), '{citizen.Id}'::uuid")
                .Replace("property_key, seat_id)", "property_key, seat_id, case_id)", StringComparison.Ordinal))),
            "ux_bookings_seat" => Copy(id, "'\\x02'::bytea, gen_random_uuid()::text, NULL::bytea, seat_id"),
            "ux_bookings_request" => Copy(id, "person_key, idempotency_key, NULL::bytea, (SELECT max(id) FROM appointments.seats)").Replace("SELECT gen_random_uuid(), 'Y' || floor(random() * 1000000)::int, slot_id, service_code, service_group", "SELECT gen_random_uuid(), 'Y7654321', slot_id, service_code, 'other'", StringComparison.Ordinal),
            _ => $"UPDATE appointments.seats SET appointment_id = '{id}' WHERE id = (SELECT max(id) FROM appointments.seats WHERE slot_id = '{other.Id}')",
        };
        var refused = await Should.ThrowAsync<Npgsql.PostgresException>(() => host.Execute(double_));
        refused.ConstraintName.ShouldBe(index);
        // Without the index the double would be there: the index is what refuses.
        await Should.ThrowAsync<Npgsql.PostgresException>(() => host.Execute($"BEGIN; DROP INDEX appointments.{index}; {double_}; SELECT 1 / 0")).ContinueWith(t => t.Result.SqlState.ShouldBe("22012"));
    }

    private static string Copy(Guid id, string own) => $"""
        INSERT INTO appointments.bookings (id, number, slot_id, service_code, service_group, zone, starts_at, ends_at, visitor_secret, booked_by, for_another, channel, state, hold_until, extended, moves, created_at,
            person_key, idempotency_key, property_key, seat_id)
        SELECT gen_random_uuid(), 'Y' || floor(random() * 1000000)::int, slot_id, service_code, service_group, zone, starts_at, ends_at, visitor_secret, booked_by, for_another, channel, state, hold_until, extended, moves, created_at, {own}
        FROM appointments.bookings WHERE id = '{id}'
        """;
}
