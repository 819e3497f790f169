using FluentValidation;
using GaoXin.Portal.Appointments.Schedules;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Appointments.Draws;

/// <summary>
/// What became of an application, away from the hall and without an account: its number and the last four characters of the identity
/// card. The number is known to nobody but who applied, so that an ID number alone never tells who takes part in a draw. The answer is alike
/// for unknown and wrong; tries are counted. A wrong try is an outcome, not an exception: it must stay counted.
/// </summary>
[ForAnyone]
public sealed record FindDraw : ICommand<DrawFound>
{
    /// <summary>抽签编号.</summary>
    public string? Number { get; init; }

    /// <summary>身份证号后四位.</summary>
    public string? Tail { get; init; }

    /// <summary>The name only.</summary>
    public override string ToString() => nameof(FindDraw);
}

/// <summary>The application, or why not.</summary>
public sealed record DrawFound(DrawOutcome? Draw, Refusal? Refusal);

/// <summary>An application and what became of it: no name.</summary>
/// <param name="Application">抽签编号, as people read it.</param>
/// <param name="Title">The service.</param>
/// <param name="FromDay">First day of the release.</param>
/// <param name="ToDay">Its last.</param>
/// <param name="State">What became of it.</param>
/// <param name="StartsAt">The time that was won.</param>
/// <param name="Number">The appointment that was won.</param>
public sealed record DrawOutcome(string Application, string Title, DateOnly FromDay, DateOnly ToDay, DrawState State, DateTimeOffset? StartsAt, string? Number);

internal sealed class FindDrawValidator : AbstractValidator<FindDraw>
{
    public FindDrawValidator()
    {
        RuleFor(f => f.Number).Must(n => DrawNumber.Normalise(n) is not null).WithMessage("抽签编号不对，可能抄错了一位。编号像 C4821-0937-K，登记时给您的。");
        RuleFor(f => f.Tail).Must(t => Text.Compact(t).Length == FindDrawHandler.TailLength).WithMessage("请填身份证号的后四位，最后一位可能是 X。");
    }
}

internal sealed class FindDrawHandler(PortalDbContext db, DrawResults results, VisitorCards cards, IGuessing guessing) : IRequestHandler<FindDraw, DrawFound>
{
    public const int TailLength = 4;

    /// <summary>A hall's network is one for all in it, hence the sixty; four characters would be found from many networks, hence the rest.</summary>
    private static readonly GuessRule Rule = new("draw-look-up", 5, TimeSpan.FromHours(1)) { TriesOfNetwork = 60, SlowAfter = 30, RestAfter = 300 };

    public async Task<DrawFound> Handle(FindDraw request, CancellationToken ct)
    {
        var (number, tail) = (DrawNumber.Normalise(request.Number)!, Text.Compact(request.Tail).ToUpperInvariant());
        if (!await guessing.Take(Rule, number, ct))
            return new DrawFound(null, AppointmentRefusals.DrawLookUpLocked());
        var named = db.DrawApplications.Where(a => a.Number == number);
        if (await named.Select(a => a.VisitorSecret).SingleOrDefaultAsync(ct) is not { } secret || !cards.Open(secret).IdNumber.EndsWith(tail, StringComparison.Ordinal))
            return new DrawFound(null, AppointmentRefusals.NoSuchDraw());
        await guessing.Right(Rule, number, ct);
        return new DrawFound((await results.Of(named, ct)).Single(), null);
    }
}

/// <summary>Applications as they are told to who is not signed in.</summary>
internal sealed class DrawResults(PortalDbContext db, BookingPlans plans)
{
    private const int Most = 5;

    /// <summary>The latest first, at most five.</summary>
    public async Task<IReadOnlyList<DrawOutcome>> Of(IQueryable<DrawApplication> these, CancellationToken ct)
    {
        var plan = await plans.Current(db, ct);
        var bookings = db.Appointments;
        var rows = await these.AsNoTracking().Join(db.Set<Release>(), a => a.ReleaseId, r => r.Id,
                (a, r) => new { a.Id, a.Number, a.ServiceCode, a.State, r.FromDay, r.ToDay, Won = bookings.Where(b => b.Id == a.AppointmentId).Select(b => new { b.Number, b.StartsAt }).FirstOrDefault() })
            .OrderByDescending(a => a.Id).Take(Most).ToListAsync(ct);
        return [.. rows.Select(r => new DrawOutcome(AppointmentNumber.Display(r.Number), plan.TitleOf(r.ServiceCode), r.FromDay, r.ToDay, r.State, r.Won?.StartsAt, r.Won is null ? null : AppointmentNumber.Display(r.Won.Number)))];
    }
}
