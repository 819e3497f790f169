using GaoXin.Portal.Appointments;
using GaoXin.Portal.Appointments.Draws;
using GaoXin.Portal.Appointments.Staff;
using GaoXin.Portal.Appointments.Waiting;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Simulation;

/// <summary>Who asks for a place.</summary>
internal enum Kind
{
    /// <summary>Somebody with a telephone who does it by hand.</summary>
    Manual,

    /// <summary>Somebody genuine whose program asks in the first second.</summary>
    Bot,

    /// <summary>Somebody who calls or comes to the kiosk.</summary>
    LowDigital,

    /// <summary>A borrowed identity of a scalper (黄牛), also by program.</summary>
    Mule,
}

/// <summary>The numbers of the specification: 100 places a working day, load 1.1, 300 mules.</summary>
internal sealed record AttackSettings
{
    public required Policy Policy { get; init; }

    public required int Seed { get; init; }

    public int Weeks { get; init; } = 4;

    public int SeatsAWeek { get; init; } = 500;

    public int CitizensAWeek { get; init; } = 550;

    public int Mules { get; init; } = 300;

    public double Bots { get; init; } = 0.24;

    public double LowDigital { get; init; } = 0.2;
}

/// <summary>
/// One run: every week places come out, everybody who still wants one asks in the way of his kind, mules give theirs back for
/// their clients, and the waiting list hears of it. All by the production handlers; this only decides who wants what and when.
/// </summary>
internal sealed class Attack(SimulatedHall hall, AttackSettings settings)
{
    private const int Parallel = 6;
    private readonly Random _random = new(settings.Seed);
    private readonly AttackResult _result = new(settings.Policy);
    private readonly List<Person> _wanting = [];
    private readonly List<Person> _all = [];
    private List<Person> _mules = [];
    private readonly UserSession _clerk = hall.As(TestUsers.Staff(Roles.WindowClerk, Roles.HallManager));

    public async Task<AttackResult> Run()
    {
        _mules = [.. (await hall.NewPeople(settings.Mules)).Select(p => new Person(p.User, p.IdNumber, Kind.Mule, 0))];
        for (var week = 1; week <= settings.Weeks; week++)
        {
            await Come(week);
            var (release, slots) = await hall.NewWeek(settings.Policy, settings.SeatsAWeek);
            var asking = Shuffled(_wanting.Concat(_mules.Where(m => m.Appointment is null)));
            await (settings.Policy switch
            {
                Policy.Draw => Draw(release, slots, asking),
                Policy.WaitingRoom => Room(release, slots, asking),
                _ => Rush(slots, asking),
            });
            await Count(asking, week);
            await HandOver(slots, week);
            hall.Clock.Advance(TimeSpan.FromDays(7) - (hall.Clock.GetUtcNow() - release.OpensAt));
        }

        foreach (var group in _all.Where(p => p.Since < settings.Weeks).GroupBy(p => p.Kind))
            _result.Groups[group.Key] = (group.Count(), group.Count(p => p.ServedIn is not null), group.Where(p => p.ServedIn is not null).Sum(p => p.ServedIn!.Value - p.Since + 1));
        return _result;
    }

    private async Task Come(int week)
    {
        foreach (var (user, idNumber) in await hall.NewPeople(settings.CitizensAWeek))
        {
            var dice = _random.NextDouble();
            var kind = dice < settings.LowDigital ? Kind.LowDigital : dice < settings.LowDigital + settings.Bots ? Kind.Bot : Kind.Manual;
            var person = new Person(user, idNumber, kind, week);
            _all.Add(person);
            _wanting.Add(person);
        }
    }

    private async Task Draw(Release release, IReadOnlyList<Slot> slots, IReadOnlyList<Person> asking)
    {
        var wishes = asking.ToDictionary(p => p, _ => Shuffled(slots).Take(3).ToList());
        await Each(asking, p => p.Kind == Kind.LowDigital
            ? (Task)_clerk.Send(new ApplyForDrawAtDesk { Service = SimulatedHall.Service, ReleaseId = release.Id, First = wishes[p][0].Id, Second = wishes[p][1].Id, Name = "演示市民", IdNumber = p.IdNumber, Phone = "13800000000", Key = $"{release.Id:N}{p.IdNumber}" })
            : hall.As(p.User).Send(new ApplyForDraw { Service = SimulatedHall.Service, ReleaseId = release.Id, First = wishes[p][0].Id, Second = wishes[p][1].Id, Third = wishes[p][2].Id }));
        hall.Clock.Advance(TimeSpan.FromDays(3));
        await hall.As(SystemUser.Instance).Send(new CloseDraws());
        await _clerk.Send(new HoldDraw(release.Id, $"{3000 + _random.Next(1000)}.{_random.Next(100):00}"));
        await Rush(slots, asking);
    }

    /// <summary>Bots and mules are there when the room opens; of the others one in five comes after its ten minutes.</summary>
    private async Task Room(Release release, IReadOnlyList<Slot> slots, IReadOnlyList<Person> asking)
    {
        var late = asking.Where(p => p.Kind == Kind.Manual && _random.NextDouble() < 0.2).ToHashSet();
        var online = asking.Where(p => p.Kind != Kind.LowDigital).ToList();
        await Each([.. online.Where(p => !late.Contains(p))], p => hall.As(p.User).Send(new EnterRoom(release.Id)));
        hall.Clock.Advance(TimeSpan.FromMinutes(10));
        await Each(asking.Where(p => p.Kind == Kind.LowDigital), p => AtDesk(p, slots));
        var turns = new List<(Person Person, RoomTurn Turn)>();
        foreach (var person in online.Where(p => !late.Contains(p)).Concat(late))
            turns.Add((person, await hall.As(person.User).Send(new EnterRoom(release.Id))));
        foreach (var minute in turns.GroupBy(t => t.Turn.TurnAt!.Value).OrderBy(g => g.Key))
        {
            if (minute.Key > hall.Clock.GetUtcNow())
                hall.Clock.SetUtcNow(minute.Key);
            if (await Take([.. minute.Select(t => t.Person)], slots) == 0)
                break;
        }
    }

    /// <summary>First come, first served: programs ask before people. Who has a place already does not ask.</summary>
    private async Task Rush(IReadOnlyList<Slot> slots, IReadOnlyList<Person> asking)
    {
        await Take([.. asking.Where(p => p.Kind is Kind.Mule or Kind.Bot)], slots);
        await Take([.. asking.Where(p => p.Kind == Kind.Manual)], slots);
        if (settings.Policy != Policy.Draw)
            await Each(asking.Where(p => p.Kind == Kind.LowDigital), p => AtDesk(p, slots));
    }

    /// <summary>Public places are taken in this order; the answer is how many were left to begin with.</summary>
    private async Task<int> Take(IReadOnlyList<Person> people, IReadOnlyList<Slot> slots)
    {
        var ids = slots.Select(s => s.Id).ToArray();
        var free = await hall.InDatabase(db => db.Seats.Where(s => ids.Contains(s.SlotId) && s.AppointmentId == null && s.Pool == SeatPool.Open).Select(s => s.SlotId).ToListAsync());
        var places = new Queue<Guid>(Shuffled(free));
        foreach (var person in people)
        {
            if (!places.TryPeek(out var slot))
                break;
            if (await Tried(() => Book(person, slot)))
                places.Dequeue();
        }

        return free.Count;
    }

    private async Task Book(Person person, Guid slot)
    {
        var session = hall.As(person.User);
        var held = await session.Send(new HoldSeat { SlotId = slot, Service = SimulatedHall.Service, Key = Guid.NewGuid().ToString("N") });
        await session.Send(new ConfirmAppointment(held.AppointmentId));
    }

    private async Task AtDesk(Person person, IReadOnlyList<Slot> slots)
    {
        foreach (var slot in Shuffled(slots).Take(4))
        {
            if (await Tried(() => _clerk.Send(new BookAtDesk { SlotId = slot.Id, Service = SimulatedHall.Service, Name = "演示市民", IdNumber = person.IdNumber, Phone = "13800000000", Key = $"{slot.Id:N}{person.IdNumber}" })))
                return;
        }
    }

    /// <summary>Who got a place, by the database.</summary>
    private async Task Count(IReadOnlyList<Person> asking, int week)
    {
        var keys = await Booked();
        foreach (var person in asking)
        {
            var got = keys.TryGetValue(await Key(person), out var appointment);
            if (person.Kind == Kind.Mule)
            {
                (_result.MuleAsked, _result.MuleGot) = (_result.MuleAsked + 1, _result.MuleGot + (got ? 1 : 0));
                person.Appointment = got ? appointment : null;
                continue;
            }

            (_result.GenuineAsked, _result.GenuineGot) = (_result.GenuineAsked + 1, _result.GenuineGot + (got ? 1 : 0));
            if (got)
                Serve(person, week);
        }
    }

    /// <summary>
    /// Losers and clients wait; every mule that got a place gives it back, and its client asks for it in the same second and once
    /// more after the waiting list was served.
    /// </summary>
    private async Task HandOver(IReadOnlyList<Slot> slots, int week)
    {
        var sellers = _mules.Where(m => m.Appointment is not null).ToList();
        var clients = (await hall.NewPeople(sellers.Count)).Select(p => new Person(p.User, p.IdNumber, Kind.Manual, week)).ToList();
        var (from, to) = (slots[0].Day, slots[^1].Day);
        // The waiting list reaches two months ahead; the week of the simulation lies further, so that the plan's own slots stay out.
        await hall.InScope(async services =>
        {
            var (db, cards) = (services.GetRequiredService<PortalDbContext>(), services.GetRequiredService<VisitorCards>());
            foreach (var person in Shuffled(_wanting.Where(p => p.Kind != Kind.LowDigital).Concat(clients)))
            {
                var card = cards.Of(new Visitor("演示市民", person.IdNumber, "13800000000"));
                if (!await db.WaitingEntries.AnyAsync(w => w.PersonKey == card.Key && (w.State == WaitingState.Waiting || w.State == WaitingState.Offered)))
                    db.Add(new WaitingEntry { ServiceGroup = slots[0].ServiceGroup, ServiceCode = SimulatedHall.Service, PersonKey = card.Key, VisitorSecret = card.Secret, AccountId = person.User.Id, FromDay = from, ToDay = to.AddDays(60), CreatedAt = hall.Clock.GetUtcNow() });
            }

            await db.SaveChangesAsync();
            return 0;
        });
        foreach (var (seller, client) in Shuffled(sellers).Zip(clients))
            await Sell(seller, client);
        var served = await Booked();
        foreach (var person in _wanting.ToList())
        {
            if (served.ContainsKey(await Key(person)))
                Serve(person, week);
        }
    }

    private async Task Sell(Person seller, Person client)
    {
        var (slot, seat) = await hall.InDatabase(async db =>
        {
            var sold = await db.Appointments.AsNoTracking().SingleAsync(a => a.Id == seller.Appointment!.Value);
            return (sold.SlotId, sold.SeatId);
        });
        _result.HandOverTried++;
        if (!await Tried(() => hall.As(seller.User).Send(new CancelAppointment(seller.Appointment!.Value))))
            return;
        seller.Appointment = null;
        await Tried(() => Book(client, slot));
        await hall.As(SystemUser.Instance).Send(new OfferGivenBackSeats(seat));
        await Tried(() => Book(client, slot));
        var offered = await hall.InDatabase(db => db.Appointments.AsNoTracking().Where(a => a.SeatId == seat && (a.State == AppointmentState.Held || a.State == AppointmentState.Confirmed)).OrderByDescending(a => a.Id).FirstOrDefaultAsync());
        if (offered is null)
            return;
        if (offered.State == AppointmentState.Held)
            await hall.As(TestUsers.Citizen(offered.BookedBy)).Send(new ConfirmAppointment(offered.Id));
        if (offered.BookedBy == client.User.Id)
            _result.HandOverDone++;
    }

    private void Serve(Person person, int week)
    {
        person.ServedIn = week;
        _wanting.Remove(person);
    }

    private Task<Dictionary<string, Guid>> Booked() => hall.InDatabase(async db =>
        (await db.Appointments.AsNoTracking().Where(a => a.State == AppointmentState.Confirmed).Select(a => new { a.PersonKey, a.Id }).ToListAsync()).ToDictionary(a => Convert.ToHexString(a.PersonKey), a => a.Id));

    private Task<string> Key(Person person) => Task.FromResult(person.Key ??= Convert.ToHexString(hall.Services.GetRequiredService<VisitorCards>().KeyOf(person.IdNumber)));

    private static Task Each(IEnumerable<Person> people, Func<Person, Task> act) =>
        System.Threading.Tasks.Parallel.ForEachAsync(people, new ParallelOptions { MaxDegreeOfParallelism = Parallel }, async (person, _) => await Tried(() => act(person)));

    /// <summary>A refusal is an answer here.</summary>
    private static async Task<bool> Tried(Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (RefusedException)
        {
            return false;
        }
    }

    private List<T> Shuffled<T>(IEnumerable<T> all)
    {
        var list = all.ToArray();
        lock (_random)
            _random.Shuffle(list);
        return [.. list];
    }

    private sealed record Person(TestUser User, string IdNumber, Kind Kind, int Since)
    {
        public Guid? Appointment { get; set; }

        public int? ServedIn { get; set; }

        public string? Key { get; set; }

        public bool Equals(Person? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => IdNumber.GetHashCode(StringComparison.Ordinal);
    }
}
