using FluentValidation;
using GaoXin.Portal.Appointments;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Hall;

/// <summary>
/// 现场取号: takes a place in line at the kiosk or with the phone, in the hall. The ID number is checked, kept as a keyed hash
/// and never in clear. A signed-in person need not type it. Refused: <c>hall.presence-first</c>, <c>hall.has-ticket</c>,
/// <c>hall.phone-has-enough</c>, <c>hall.numbers-used-up</c>, <c>hall.closed-now</c> outside the opening hours of the zone.
/// </summary>
[ForAnyone]
public sealed record TakeTicket : ICommand<TakenTicket>
{
    /// <summary>业务.</summary>
    public string? Group { get; init; }

    /// <summary>身份证号; empty for somebody who signed in with a real name.</summary>
    public string? IdNumber { get; init; }

    /// <summary>残疾人 and others who need care; the window looks at the proof.</summary>
    public bool NeedsCare { get; init; }

    /// <summary>The code on the screen of the hall.</summary>
    public string? PresenceCode { get; init; }

    /// <summary>The phone that asks, as its page knows it; null on a kiosk, where the card lies before the machine. One phone takes few numbers a day.</summary>
    public string? Phone { get; init; }

    /// <summary>Without personal data, so that a log line never holds it.</summary>
    public override string ToString() => nameof(TakeTicket);
}

/// <summary>
/// 导办台取号: staff takes a ticket for somebody, also without an ID card, also for an urgent matter, whose reason is recorded
/// (未预约急办的现场登记). Outside the opening hours of the zone only an urgent one: <c>hall.closed-now</c>.
/// </summary>
[ForStaff(Roles.WindowClerk, Roles.HallManager)]
public sealed record IssueTicket : ICommand<TakenTicket>
{
    /// <summary>业务.</summary>
    public string? Group { get; init; }

    /// <summary>身份证号, when there is a card.</summary>
    public string? IdNumber { get; init; }

    /// <summary>Why the person is served before others, or not.</summary>
    public TicketClass Class { get; init; } = TicketClass.WalkIn;

    /// <summary>急事的原因.</summary>
    public string? UrgentReason { get; init; }

    /// <summary>Without personal data, so that a log line never holds it.</summary>
    public override string ToString() => nameof(IssueTicket);
}

/// <summary>A new ticket: the code of its page and its number.</summary>
public sealed record TakenTicket(string Code, string Number);

internal sealed class TakeTicketValidator : AbstractValidator<TakeTicket>
{
    public TakeTicketValidator(ICurrentUser user, TimeProvider clock)
    {
        RuleFor(c => c.Group).NotEmpty().WithMessage("请选要办的业务");
        RuleFor(c => c.IdNumber).Cascade(CascadeMode.Stop)
            .Must(n => ResidentId.TryParse(n, out _)).WithMessage(c => ResidentId.Explain(c.IdNumber))
            .Must(n => ResidentId.TryParse(n, out var id) && id.IsPlausibleOn(clock.Today())).WithMessage("身份证号里的出生日期不对，请对照证件再看一遍")
            .When(c => !string.IsNullOrWhiteSpace(c.IdNumber) || !user.IsSignedIn);
    }
}

internal sealed class IssueTicketValidator : AbstractValidator<IssueTicket>
{
    public IssueTicketValidator()
    {
        RuleFor(c => c.Group).NotEmpty().WithMessage("请选要办的业务");
        RuleFor(c => c.IdNumber).Must(n => ResidentId.TryParse(n, out _)).WithMessage(c => ResidentId.Explain(c.IdNumber)).When(c => !string.IsNullOrWhiteSpace(c.IdNumber));
        RuleFor(c => c.Class).IsInEnum().NotEqual(TicketClass.Booked).WithMessage("有预约的请用预约号签到");
        RuleFor(c => c.UrgentReason).NotEmpty().WithMessage("请写明急在哪里，比如“今天下午的火车，要带证走”").When(c => c.Class == TicketClass.Urgent);
        RuleFor(c => c.UrgentReason).MaximumLength(100).WithMessage("原因最多 100 个字");
    }
}

internal sealed class TakeTicketHandler(TicketOffice office, PresenceCodes codes, IPeople people, IGuessing guessing, ICurrentUser user, TimeProvider clock)
    : IRequestHandler<TakeTicket, TakenTicket>
{
    /// <summary>A family with one phone gets along with it; somebody who wants to use up the numbers does not.</summary>
    private static readonly GuessRule OnePhone = new("hall-phone", 4, TimeSpan.FromHours(12)) { RestAfter = 4 };

    public async Task<TakenTicket> Handle(TakeTicket request, CancellationToken ct)
    {
        codes.MustBeFresh(request.PresenceCode);
        await office.MustBeOpen(request.Group!, "Group", ct);
        if (request.Phone is { } phone && !await guessing.Take(OnePhone, phone, ct))
            throw new RefusedException(HallRefusals.PhoneHasEnough(OnePhone.Tries));
        var typed = !string.IsNullOrWhiteSpace(request.IdNumber);
        var id = await TicketOffice.Person(request.IdNumber, people, user, ct);
        var @class = TicketClasses.Of(id, request.NeedsCare, clock.Today());
        return await office.WalkIn(request.Group!, id, @class, null, new NumberUse(ToldOnlyToOwner: typed && request.Phone is not null), ct);
    }
}

internal sealed class IssueTicketHandler(TicketOffice office) : IRequestHandler<IssueTicket, TakenTicket>
{
    public async Task<TakenTicket> Handle(IssueTicket request, CancellationToken ct)
    {
        // An urgent matter is let in at any hour: staff answers for it with the reason.
        if (request.Class != TicketClass.Urgent)
            await office.MustBeOpen(request.Group!, "Group", ct);
        var id = ResidentId.TryParse(request.IdNumber, out var typed) ? typed : null;
        var reason = request.Class == TicketClass.Urgent ? request.UrgentReason!.Trim() : null;
        return await office.WalkIn(request.Group!, id, request.Class, reason, NumberUse.OfDesk, ct);
    }
}

/// <summary>Which class somebody is in, and when a class is due.</summary>
internal static class TicketClasses
{
    private const int ElderlyFrom = 65;

    public static TicketClass Of(ResidentId id, bool needsCare, DateOnly today) =>
        needsCare ? TicketClass.Disabled : id.AgeOn(today) >= ElderlyFrom ? TicketClass.Elderly : TicketClass.WalkIn;

    public static int Target(HallRules rules, TicketClass @class) => @class switch
    {
        TicketClass.Booked => rules.Booked,
        TicketClass.Elderly => rules.Elderly,
        TicketClass.Disabled => rules.Disabled,
        TicketClass.Urgent => rules.Urgent,
        _ => rules.WalkIn,
    };
}

/// <summary>How a number may be used.</summary>
/// <param name="FromReserve">The last numbers of a zone's day are for who has an appointment and for the desk.</param>
/// <param name="ToldOnlyToOwner">A number typed on a phone proves nothing: the ticket that its person has is not told.</param>
internal readonly record struct NumberUse(bool FromReserve = false, bool ToldOnlyToOwner = false)
{
    public static readonly NumberUse OfDesk = new(FromReserve: true);
}

/// <summary>Makes tickets: one a person and group, numbered, with what is told about the wait.</summary>
internal sealed class TicketOffice(PortalDbContext db, PersonalDataCipher cipher, HallJournal journal, HallState state, IMediator mediator, TimeProvider clock)
{
    public async Task<TakenTicket> WalkIn(string group, ResidentId? person, TicketClass @class, string? urgentReason, NumberUse use, CancellationToken ct)
    {
        var plan = await mediator.Send(new GetZones(), ct);
        var (zone, _) = Find(plan, group, "Group");
        var hash = person is null ? null : HashOf(person);
        await MustHaveNone(group, hash, null, use, ct);
        var now = clock.GetUtcNow();
        var ticket = Ticket.ForWalkIn(await New(zone, group, hash, now.AddMinutes(TicketClasses.Target(plan.Rules, @class)), use, ct), @class, urgentReason);
        return await Queue(ticket, ct);
    }

    /// <summary>Without an appointment nobody joins a line outside the opening hours of its zone.</summary>
    public async Task MustBeOpen(string group, string field, CancellationToken ct)
    {
        var (zone, _) = Find(await mediator.Send(new GetZones(), ct), group, field);
        if ((await mediator.Send(new GetZoneOpenings(), ct))[zone.Code] is { IsOpen: false } closed)
            throw new RefusedException(HallRefusals.NotOpenNow(zone.Title, closed.OpensAt, clock.Today(), field));
    }

    /// <summary>Who it is: by the typed number, or the real name of who signed in.</summary>
    public static async Task<ResidentId> Person(string? typed, IPeople people, ICurrentUser user, CancellationToken ct)
    {
        var number = string.IsNullOrWhiteSpace(typed) ? (await people.Find(user.Id, ct))?.IdNumber : typed;
        return ResidentId.TryParse(number, out var id) ? id : throw new RefusedException(HallRefusals.IdNumberMissing(ResidentId.Explain(number)));
    }

    public byte[] HashOf(ResidentId person) => cipher.Hash(person.Number, Ticket.PersonKind);

    public static (Zone Zone, ServiceGroup Group) Find(HallPlan plan, string group, string field)
    {
        var found = plan.Groups.FirstOrDefault(g => g.Group.Code == group);
        return found.Zone is null ? throw new RefusedException(HallRefusals.UnknownGroup(field)) : found;
    }

    /// <summary>One place a person and group. The person is locked, so that two kiosks do not both say yes.</summary>
    public async Task MustHaveNone(string group, byte[]? person, Guid? except, NumberUse use, CancellationToken ct)
    {
        if (person is null)
            return;
        var (key, today) = (BitConverter.ToInt64(person), clock.Today());
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({key})", ct);
        var number = await db.Tickets
            .Where(t => t.Day == today && t.PersonHash == person && t.Group == group && t.Id != except && t.State != TicketState.Done
                && t.State != TicketState.Left && t.State != TicketState.Voided && t.State != TicketState.Missed)
            .OrderBy(t => t.Id).Select(t => t.Number).FirstOrDefaultAsync(ct);
        if (number is not null)
            throw new RefusedException(HallRefusals.HasTicket(use.ToldOnlyToOwner ? null : number));
    }

    public async Task<Ticket.NewTicket> New(Zone zone, string group, byte[]? person, DateTimeOffset due, NumberUse use, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return new Ticket.NewTicket(TicketNumber.NewCode(), await TicketNumber.Take(db, zone.Letter, zone.Code, now.Day(), use, ct), now.Day(), zone.Code, group, person, now, due);
    }

    /// <summary>Into the line, with the range that is told now, so that it can be measured later.</summary>
    public async Task<TakenTicket> Queue(Ticket ticket, CancellationToken ct)
    {
        if ((await state.Now(ct)).Forecast(ticket.Group, ticket.Due) is { } told)
            (ticket.ToldLow, ticket.ToldMiddle, ticket.ToldHigh, ticket.ToldSimple) = (told.Range.Low, told.Range.Middle, told.Range.High, told.Simple);
        if (ticket.State == TicketState.Booked)
            journal.Move(ticket, TicketAction.CheckIn);
        journal.Move(ticket, TicketAction.Join);
        db.Add(ticket);
        return new TakenTicket(ticket.Code, ticket.Number);
    }
}
