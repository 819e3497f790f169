using FluentValidation;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Cases.Counter;

/// <summary>坐到综窗: the hall and window where the clerk works today. It holds until the next day or the next choice.</summary>
[ForStaff(Roles.WindowClerk)]
public sealed record SitAtCounter : ICommand
{
    /// <summary>Code of the place; a hall or a 便民服务中心.</summary>
    public string Hall { get; init; } = "";

    /// <summary>The number on the sign, where windows have numbers.</summary>
    public int? Window { get; init; }
}

/// <summary>The halls a clerk can sit in and results can be handed out in.</summary>
[ForStaff(Roles.WindowClerk)]
public sealed record GetCounterHalls : IQuery<IReadOnlyList<Place>>;

/// <summary>Where a clerk sits today.</summary>
/// <param name="Hall">Code of the place.</param>
/// <param name="Title">Its name.</param>
/// <param name="Window">The number on the sign.</param>
public sealed record CounterSeat(string Hall, string Title, int? Window)
{
    /// <summary>高新区政务服务大厅 12 号窗口.</summary>
    public string Words => Window is { } number ? $"{Title} {number} 号窗口" : $"{Title}综合窗口";
}

/// <summary>Where a clerk said to sit, and on which day.</summary>
internal sealed class CounterDesk
{
    public required Guid StaffId { get; init; }

    public required string Hall { get; set; }

    public int? Window { get; set; }

    public required DateOnly Day { get; set; }
}

internal sealed class SitAtCounterValidator : AbstractValidator<SitAtCounter>
{
    public SitAtCounterValidator()
    {
        RuleFor(c => c.Hall).NotEmpty().WithMessage("请选您今天坐在哪个大厅。");
        RuleFor(c => c.Window).InclusiveBetween(1, 999).WithMessage("窗口号请填 1 到 999，没有编号的不填。");
    }
}

/// <summary>Halls and the seat of the signed-in clerk.</summary>
internal sealed class CounterHalls(PortalDbContext db, ICurrentUser user, IMediator mediator, TimeProvider clock)
{
    public async Task<IReadOnlyList<Place>> All(CancellationToken ct) =>
        [.. (await mediator.Send(new GetPlaces(), ct)).Where(p => p.Kind is PlaceKind.Hall or PlaceKind.Centre)];

    /// <summary>Where the clerk sits today; null before it was said.</summary>
    public async Task<CounterSeat?> Seat(CancellationToken ct)
    {
        var today = clock.Today();
        var desk = await db.Set<CounterDesk>().AsNoTracking().SingleOrDefaultAsync(d => d.StaffId == user.Id && d.Day == today, ct);
        return desk is null ? null : await At(desk.Hall, desk.Window, ct);
    }

    /// <summary>The same, refused before it was said.</summary>
    public async Task<CounterSeat> MustSit(CancellationToken ct) => await Seat(ct) ?? throw new RefusedException(CounterRefusals.SitFirst());

    /// <summary>A window of a hall, by name.</summary>
    public async Task<CounterSeat> At(string hall, int? window, CancellationToken ct) => new(hall, await TitleOf(hall, ct), window);

    public async Task<Place?> Find(string? hall, CancellationToken ct) => (await mediator.Send(new GetPlaces(), ct)).FirstOrDefault(p => p.Code == hall);

    public async Task<string> TitleOf(string hall, CancellationToken ct) => (await Find(hall, ct))?.Title ?? hall;

    /// <summary>The hall where a department decides.</summary>
    public async Task<string> HallOf(string department, CancellationToken ct)
    {
        var places = await mediator.Send(new GetPlaces(), ct);
        var found = (await mediator.Send(new GetDepartments(), ct)).FirstOrDefault(d => d.Code == department);
        return (found?.HallAmong(places) ?? places.FirstOrDefault(p => p.Kind == PlaceKind.Hall))?.Code ?? "";
    }
}

internal sealed class SitAtCounterHandler(PortalDbContext db, ICurrentUser user, CounterHalls halls, TimeProvider clock) : IRequestHandler<SitAtCounter, Unit>
{
    public async Task<Unit> Handle(SitAtCounter request, CancellationToken ct)
    {
        if (!(await halls.All(ct)).Any(h => h.Code == request.Hall))
            throw new RefusedException(CounterRefusals.UnknownHall());
        var (staff, hall, window, today) = (user.Id, request.Hall, request.Window, clock.Today());
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO cases.counter_desks (staff_id, hall, "window", day) VALUES ({staff}, {hall}, {window}, {today})
            ON CONFLICT (staff_id) DO UPDATE SET hall = {hall}, "window" = {window}, day = {today}
            """, ct);
        return Unit.Value;
    }
}

internal sealed class GetCounterHallsHandler(CounterHalls halls) : IRequestHandler<GetCounterHalls, IReadOnlyList<Place>>
{
    public Task<IReadOnlyList<Place>> Handle(GetCounterHalls request, CancellationToken ct) => halls.All(ct);
}

internal sealed class CounterDeskConfiguration : IEntityTypeConfiguration<CounterDesk>
{
    public void Configure(EntityTypeBuilder<CounterDesk> builder)
    {
        builder.ToTable("counter_desks", "cases");
        builder.HasKey(d => d.StaffId);
        builder.Property(d => d.StaffId).ValueGeneratedNever();
        builder.Property(d => d.Hall).HasMaxLength(60);
    }
}
