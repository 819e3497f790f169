using FluentValidation;
using GaoXin.Portal.Appointments.Schedules;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Appointments.Draws;

/// <summary>
/// Takes part in the draw of a week (摇号登记) with up to three times in order of preference. When it is done makes no difference.
/// Refused: <c>appointment.draw-closed</c>, <c>.draw-already</c>, <c>.already-active</c>, <c>.property-taken</c>, <c>.cooling</c>.
/// </summary>
[ForCitizens]
public sealed record ApplyForDraw : ICommand<Guid>, IRepeatable
{
    /// <summary>The code of the service.</summary>
    public string Service { get; init; } = "";

    /// <summary>The release that is drawn.</summary>
    public Guid ReleaseId { get; init; }

    /// <summary>The time wanted most.</summary>
    public Guid? First { get; init; }

    /// <summary>Else this one.</summary>
    public Guid? Second { get; init; }

    /// <summary>Else this one.</summary>
    public Guid? Third { get; init; }

    /// <summary>The pre-checked case, where the service needs one: its property counts, whatever else is sent.</summary>
    public Guid? CaseId { get; init; }

    /// <summary>不动产单元号, where the service asks for it.</summary>
    public string? PropertyUnit { get; init; }

    /// <summary>Sent by the app, for the statistics.</summary>
    public bool FromApp { get; init; }

    /// <summary>Names this request, so that a program can send it again and gets the same answer.</summary>
    public string? Key { get; init; }

    internal List<Guid> Preferences => [.. new[] { First, Second, Third }.OfType<Guid>().Where(p => p != Guid.Empty).Distinct()];

    /// <summary>Without personal data, so that a log line never holds it.</summary>
    public override string ToString() => $"ApplyForDraw {ReleaseId}";
}

/// <summary>Takes the application back before the close.</summary>
[ForCitizens]
public sealed record WithdrawFromDraw(Guid Id) : ICommand;

internal sealed class ApplyForDrawValidator : AbstractValidator<ApplyForDraw>
{
    public ApplyForDrawValidator()
    {
        RuleFor(r => r.Service).NotEmpty().MaximumLength(60).WithMessage("请选要办的事。");
        RuleFor(r => r.First).Must((r, _) => r.Preferences.Count > 0).WithMessage("请至少选一个想来的时段。");
        RuleFor(r => r.PropertyUnit).Must(u => string.IsNullOrEmpty(u) || PropertyUnitNumber.TryParse(u, out _)).WithMessage(r => PropertyUnitNumber.Explain(r.PropertyUnit) + "。");
    }
}

internal sealed class ApplyForDrawHandler(PortalDbContext db, BookingPlans plans, VisitorCards cards, BookedMatters matters, DrawEntrance entrance, IPeople people, ICurrentUser user)
    : IRequestHandler<ApplyForDraw, Guid>
{
    public async Task<Guid> Handle(ApplyForDraw request, CancellationToken ct)
    {
        var (group, service) = (await plans.Current(db, ct)).Find(request.Service) ?? throw new NotFoundException("bookable service");
        var own = await cards.OwnOf(user.Id, people, ct);
        var matter = await matters.Of(group, service, request.CaseId, request.PropertyUnit, user.Id, ct);
        var receipt = await entrance.Enter(new DrawWish(request.ReleaseId, group, service.Code, own, matter, request.FromApp ? BookingChannel.App : BookingChannel.Web, request.Preferences)
        {
            Account = user.Id,
            Key = request.Key,
        }, ct);
        return receipt.Id;
    }
}

/// <summary>What somebody wants of a draw.</summary>
internal sealed record DrawWish(Guid ReleaseId, BookingGroup Group, string Service, VisitorCard Visitor, BookedMatter Matter, BookingChannel Channel, IReadOnlyList<Guid> Preferences)
{
    public required Guid Account { get; init; }

    public bool Silent { get; init; }

    public string? Key { get; init; }
}

/// <summary>An application that was taken, with the number that its result is told for.</summary>
internal sealed record DrawReceipt(Guid Id, string Number);

/// <summary>The one door into a draw, from the web, the app, the desk and the kiosk: the same list, the same chances.</summary>
internal sealed class DrawEntrance(PortalDbContext db, PersonalDataCipher cipher, TimeProvider clock)
{
    public async Task<DrawReceipt> Enter(DrawWish wish, CancellationToken ct)
    {
        var property = wish.Matter.Property is { } unit ? cipher.Hash(unit.Number, Appointment.PropertyKind) : null;
        var now = clock.GetUtcNow();
        // The close takes the same lock for itself: no application slips in while the list is hashed.
        var release = await db.Releases.FromSql($"SELECT * FROM appointments.releases WHERE id = {wish.ReleaseId} FOR SHARE").AsNoTracking().SingleOrDefaultAsync(ct);
        if (release is null || release.ServiceGroup != wish.Group.Code || release.Mode != ReleaseMode.Draw)
            throw new NotFoundException("release");
        if (release.OpensAt > now)
            throw new RefusedException(AppointmentRefusals.NotYet(release.OpensAt));
        var person = wish.Visitor.Key;
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended(encode({person}, 'hex'), 5))", ct);
        if (wish.Key is { } key && await db.DrawApplications.Where(a => a.PersonKey == person && a.RequestKey == key).Select(a => new DrawReceipt(a.Id, a.Number)).SingleOrDefaultAsync(ct) is { } before)
            return before;
        if (release.ClosesAt <= now || release.DecidedAt is not null)
            throw new RefusedException(AppointmentRefusals.DrawClosed());
        await Allow(wish, release, property, now, ct);
        if (await db.Slots.CountAsync(s => wish.Preferences.Contains(s.Id) && s.ReleaseId == release.Id && s.WithdrawnAt == null, ct) != wish.Preferences.Count)
            throw new RefusedException(AppointmentRefusals.NoSlot());
        var application = new DrawApplication
        {
            Number = DrawNumber.Draw(),
            ReleaseId = release.Id,
            ServiceGroup = wish.Group.Code,
            ServiceCode = wish.Service,
            PersonKey = person,
            PropertyKey = property,
            CaseId = wish.Matter.CaseId,
            VisitorSecret = wish.Visitor.Secret,
            PropertySecret = wish.Matter.Property is { } own ? cipher.Protect(own.Number, Appointment.PropertyPurpose) : null,
            AccountId = wish.Account,
            Channel = wish.Channel,
            Silent = wish.Silent,
            Preferences = [.. wish.Preferences],
            RequestKey = wish.Key,
            CreatedAt = now,
        };
        db.Add(application);
        return new DrawReceipt(application.Id, application.Number);
    }

    private async Task Allow(DrawWish wish, Release release, byte[]? property, DateTimeOffset now, CancellationToken ct)
    {
        var (person, group) = (wish.Visitor.Key, wish.Group.Code);
        if (await db.DrawApplications.AnyAsync(a => a.ReleaseId == release.Id && a.PersonKey == person && a.State != DrawState.Withdrawn, ct))
            throw new RefusedException(AppointmentRefusals.DrawAlready());
        if (property is not null && await db.DrawApplications.AnyAsync(a => a.ReleaseId == release.Id && a.PropertyKey == property && a.State != DrawState.Withdrawn, ct))
            throw new RefusedException(AppointmentRefusals.PropertyTaken());
        if (await db.Appointments.AnyAsync(a => a.PersonKey == person && a.ServiceGroup == group && AppointmentStates.Active.Contains(a.State), ct))
            throw new RefusedException(AppointmentRefusals.AlreadyActive());
        if (await db.Cooldowns.Where(c => c.PersonKey == person && c.Until > now && c.LiftedAt == null).MaxAsync(c => (DateTimeOffset?)c.Until, ct) is { } until)
            throw new RefusedException(AppointmentRefusals.Cooling(until));
    }
}

internal sealed class WithdrawFromDrawHandler(PortalDbContext db, ICurrentUser user, TimeProvider clock) : IRequestHandler<WithdrawFromDraw, Unit>
{
    public async Task<Unit> Handle(WithdrawFromDraw request, CancellationToken ct)
    {
        var own = await db.DrawApplications.SingleOrDefaultAsync(a => a.Id == request.Id && a.AccountId == user.Id, ct).OrNotFound("draw application");
        var release = await db.Releases.FromSql($"SELECT * FROM appointments.releases WHERE id = {own.ReleaseId} FOR SHARE").AsNoTracking().SingleAsync(ct);
        if (own.State != DrawState.Applied)
            return Unit.Value;
        if (release.ClosesAt <= clock.GetUtcNow())
            throw new RefusedException(AppointmentRefusals.DrawClosed());
        own.Withdraw();
        return Unit.Value;
    }
}
