using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using GaoXin.Portal.Appointments;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace GaoXin.Portal.Benchmarks.Appointments;

/// <summary>One way to take a place, under the same load as the others.</summary>
internal sealed record BookingLoad(string Path, int Answered, double PerSecond, double P50, double P99, int Held, int Refused, int Errors);

/// <summary>
/// Taking a place: the SQL function alone through Npgsql is the limit, then the handler, then the whole page with session cookie
/// and antiforgery token, 64 clients at once over many slots. Then a release of 800 places for 10 000 citizens.
/// </summary>
internal sealed partial class BookingBenchmark : IBenchmark
{
    private const string Group = "social-cards";
    private const string Service = "social-card-application";
    private const int Clients = 64;
    private const int Slots = 80;

    public async Task RunAsync(BenchmarkOptions options, Report report, CancellationToken ct)
    {
        await using var host = await BenchmarkHost.StartAsync();
        var people = new Citizens(host);
        report.Heading("Booking");
        report.Line($"{Clients} clients at once, {Slots} slots, each try by another person; commits on disk; the limit is the same SQL function through Npgsql in this run.\n");
        var tries = options.BookingTries;
        var (raw, handler, page) = (new List<BookingLoad>(), new List<BookingLoad>(), new List<BookingLoad>());
        var slots = await MakeSlots(host, Slots, tries * 4, ct);
        var known = await people.New(tries * (options.Rounds + 1));
        // The first round pays for cold code and is not counted.
        await Handler(host, known[..tries], slots);
        await Page(host, await people.New(Math.Min(tries, options.BookingPages)), slots);
        for (var round = 0; round < options.Rounds; round++)
        {
            // Different persons a round; each path has places enough.
            var own = known[(tries * (round + 1))..(tries * (round + 2))];
            slots = await MakeSlots(host, Slots, tries * 4, ct);
            raw.Add(await Raw(host, slots, tries));
            handler.Add(await Handler(host, own, slots));
            page.Add(await Page(host, await people.New(Math.Min(tries, options.BookingPages)), slots));
        }

        var limit = raw.Select(r => r.PerSecond).Median();
        report.Table(["path", "answered", "per second", "of the limit", "p50 ms", "p99 ms", "errors", "target", "met"],
            [Row(raw, limit, null), Row(handler, limit, 0.90), Row(page, limit, 0.70)]);
        await Flash(host, people, options, report, ct);
    }

    private static string[] Row(IReadOnlyList<BookingLoad> rounds, double limit, double? target)
    {
        var share = rounds.Select(r => r.PerSecond).Median() / limit;
        return
        [
            rounds[0].Path, Report.Figure(rounds.Sum(r => r.Answered)), Report.Figure(rounds.Select(r => r.PerSecond).Median()), Report.Figure(share),
            Report.Figure(rounds.Select(r => r.P50).Median()), Report.Figure(rounds.Select(r => r.P99).Median()), Report.Figure(rounds.Sum(r => r.Errors)),
            target is { } wanted ? Report.Figure(wanted) : "-", target is { } least ? Report.Met(share >= least) : "-",
        ];
    }

    /// <summary>800 places, 10 000 citizens: until everybody has an answer.</summary>
    private static async Task Flash(BenchmarkHost host, Citizens people, BenchmarkOptions options, Report report, CancellationToken ct)
    {
        report.Heading("A release of 800 places");
        var (places, crowd) = (options.Quick ? 40 : 800, options.Quick ? 200 : 10_000);
        var rows = new List<string[]>();
        foreach (var path in (string[])["function", "handler", "page"])
        {
            var slots = await MakeSlots(host, Math.Min(places, 20), places, ct);
            var crowdOfPath = path == "function" ? [] : await people.New(crowd);
            var load = path switch
            {
                "function" => await Raw(host, slots, crowd),
                "handler" => await Handler(host, crowdOfPath, slots),
                _ => await Page(host, crowdOfPath, slots),
            };
            var ids = slots.ToArray();
            var oversold = await host.Database.ScalarAsync<long>("""
                SELECT count(*) FROM appointments.bookings WHERE slot_id = ANY ($1) AND state IN ('Held', 'Confirmed')
                """, (object)ids) - places;
            var doubles = await host.Database.ScalarAsync<long>("SELECT count(*) FROM (SELECT 1 FROM appointments.bookings WHERE slot_id = ANY ($1) AND state IN ('Held', 'Confirmed') GROUP BY person_key HAVING count(*) > 1) d", (object)ids);
            rows.Add([path, Report.Figure(load.Answered), Report.Figure(load.Answered / load.PerSecond), Report.Figure(load.Held), Report.Figure(load.Refused), Report.Figure(load.Errors), Report.Figure(oversold), Report.Figure(doubles), Report.Figure(load.P99)]);
        }

        report.Table(["path", "citizens", "all answered after s", "held", "refused", "errors", "over- or undersold", "double persons", "p99 ms"], rows);
    }

    private static Task<BookingLoad> Raw(BenchmarkHost host, IReadOnlyList<Guid> slots, int tries)
    {
        var source = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(host.Database.ConnectionString) { MaxPoolSize = 16, MaxAutoPrepare = 20 }.ConnectionString).Build();
        var now = host.Clock.GetUtcNow();
        return Run("function through Npgsql", tries, async i =>
        {
            await using var command = source.CreateCommand("""
                SELECT outcome FROM appointments.hold($1, $2, $3, $4, $5, $6, NULL, NULL, $7, NULL, $8, $9, false, 'Web', ARRAY['Open'], false, $10, interval '5 minutes', interval '30 minutes', $11, $12, 2, 6, 3, 10)
                """);
            object[] values = [Guid.CreateVersion7(), AppointmentNumber.Draw(), slots[i % slots.Count], Service, Group, RandomNumberGenerator.GetBytes(32), new byte[120], Guid.NewGuid().ToString("N"), Guid.CreateVersion7(), now, now.AddHours(-9), now.AddDays(-20)];
            foreach (var value in values)
                command.Parameters.Add(new() { Value = value });
            return (string?)await command.ExecuteScalarAsync() == "held";
        }, source.DisposeAsync);
    }

    private static Task<BookingLoad> Handler(BenchmarkHost host, IReadOnlyList<TestUser> people, IReadOnlyList<Guid> slots) => Run("MediatR handler", people.Count, async i =>
    {
        try
        {
            await host.Send(new HoldSeat { SlotId = slots[i % slots.Count], Service = Service, Key = "benchmark" }, people[i]);
            return true;
        }
        catch (RefusedException)
        {
            return false;
        }
    });

    /// <summary>The forms are opened first, which is not counted: what is measured is the rush on the button.</summary>
    private static async Task<BookingLoad> Page(BenchmarkHost host, IReadOnlyList<TestUser> people, IReadOnlyList<Guid> slots)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, MaxConnectionsPerServer = Clients }) { BaseAddress = new Uri($"http://127.0.0.1:{host.Port}") };
        var forms = new (string Cookie, string Token)[people.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, people.Count), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, ct) =>
        {
            var session = await host.SessionOf(people[i].Id);
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/appointments/who?service={Service}&slot={slots[i % slots.Count]}") { Headers = { { "Cookie", session } } };
            using var answer = await http.SendAsync(request, ct);
            var html = await answer.Content.ReadAsStringAsync(ct);
            var cookies = answer.Headers.TryGetValues("Set-Cookie", out var set) ? set.Select(c => c.Split(';')[0]) : [];
            forms[i] = (string.Join("; ", cookies.Prepend(session)), Token().Match(html).Groups[1].Value);
        });
        return await Run("page: session, antiforgery, form", people.Count, async i =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/appointments/who")
            {
                Content = new FormUrlEncodedContent([new("__RequestVerificationToken", forms[i].Token), new("Command.SlotId", slots[i % slots.Count].ToString()), new("Command.Service", Service), new("Command.Key", "page"), new("Command.ForAnother", "false")]),
                Headers = { { "Cookie", forms[i].Cookie } },
            };
            using var answer = await http.SendAsync(request);
            return answer.StatusCode switch
            {
                HttpStatusCode.Redirect when answer.Headers.Location?.ToString().EndsWith("/confirm", StringComparison.Ordinal) == true => true,
                HttpStatusCode.UnprocessableEntity => false,
                _ => throw new InvalidOperationException($"{(int)answer.StatusCode} {answer.Headers.Location}"),
            };
        });
    }

    private static async Task<BookingLoad> Run(string path, int tries, Func<int, Task<bool>> work, Func<ValueTask>? end = null)
    {
        var (times, held, refused, errors, next, first) = (new ConcurrentBag<double>(), 0, 0, 0, -1, (Exception?)null);
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            for (var i = Interlocked.Increment(ref next); i < tries; i = Interlocked.Increment(ref next))
            {
                var sent = Stopwatch.GetTimestamp();
                try
                {
                    if (await work(i))
                        Interlocked.Increment(ref held);
                    else
                        Interlocked.Increment(ref refused);
                }
                catch (Exception error) when (error is not OutOfMemoryException)
                {
                    Interlocked.Increment(ref errors);
                    Interlocked.CompareExchange(ref first, error, null);
                }

                times.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            }
        })));
        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (end is not null)
            await end();
        // A path that only fails is fast: a figure of it would be worse than none.
        if (errors > tries / 2)
            throw new InvalidOperationException($"{path}: {errors} of {tries} failed, the first with: {first!.Message}", first);
        return new BookingLoad(path, times.Count, times.Count / elapsed, times.Median(), times.Percentile(0.99), held, refused, errors);
    }

    /// <summary>Slots of a day of their own with this many public places in all.</summary>
    private static async Task<IReadOnlyList<Guid>> MakeSlots(BenchmarkHost host, int count, int places, CancellationToken ct)
    {
        var now = host.Clock.GetUtcNow();
        return await host.InDatabase(async db =>
        {
            var day = host.Clock.Today().AddDays(100 + Interlocked.Increment(ref _day));
            var release = new Release { ServiceGroup = Group, FromDay = day, ToDay = day, Mode = ReleaseMode.Open, OpensAt = now.AddDays(-1) };
            db.Add(release);
            var slots = Enumerable.Range(0, count).Select(i => new Slot
            {
                ReleaseId = release.Id,
                ServiceGroup = Group,
                Zone = "social-insurance",
                Day = day,
                StartsAt = day.At(new TimeOnly(6, 0)).AddMinutes(5 * i),
                EndsAt = day.At(new TimeOnly(6, 5)).AddMinutes(5 * i),
                Session = SessionKind.Day,
            }).ToList();
            db.AddRange(slots);
            for (var seat = 0; seat < places; seat++)
                db.Add(new Seat { SlotId = slots[seat % count].Id, Lane = seat / count + 1, Pool = SeatPool.Open, ReleaseAt = release.OpensAt });
            await db.SaveChangesAsync(ct);
            return (IReadOnlyList<Guid>)[.. slots.Select(s => s.Id)];
        });
    }

    private static int _day;

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}

/// <summary>Accounts with real names, many at once.</summary>
internal sealed class Citizens(BenchmarkHost host)
{
    private int _serial;

    public async Task<List<TestUser>> New(int count)
    {
        var made = new List<TestUser>();
        foreach (var chunk in Enumerable.Range(0, count).Chunk(2000))
        {
            await host.InScope(async services =>
            {
                var (db, cipher) = (services.GetRequiredService<PortalDbContext>(), services.GetRequiredService<PersonalDataCipher>());
                foreach (var _ in chunk)
                {
                    var n = ++_serial;
                    var phone = string.Create(CultureInfo.InvariantCulture, $"196{n:00000000}");
                    var body = string.Create(CultureInfo.InvariantCulture, $"4101{n / 1000 % 90 + 10:00}{1940 + n / 90_000:0000}0316{n % 1000:000}");
                    var number = body + ResidentId.CheckCharacter(body);
                    var account = PortalUser.ForPhone(cipher.Protect(phone, PortalUser.PhonePurpose), cipher.Hash(phone, PortalUser.PhoneKind), TestSettings.Now);
                    account.RealNameVerified(cipher.Protect("演示丙", PortalUser.NamePurpose), cipher.Protect(number, PortalUser.IdNumberPurpose), cipher.Hash(number, PortalUser.IdNumberKind), "benchmark", TestSettings.Now);
                    db.Add(account);
                    made.Add(TestUsers.Citizen(account.Id));
                }

                await db.SaveChangesAsync();
                return true;
            });
        }

        return made;
    }
}
