using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Evaluation;

/// <summary>流程改进任务: several 差评 on one item within some days mean that the item is wrong, not the person. One open task an item.</summary>
internal sealed class ImprovementTask
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Item { get; init; }

    public required string ItemTitle { get; init; }

    /// <summary>The department that owns it.</summary>
    public required string Unit { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required int Days { get; init; }

    public DateTimeOffset DueAt { get; set; }

    public string CalendarVersion { get; set; } = "";

    public DateTimeOffset? DoneAt { get; private set; }

    public Guid? DoneBy { get; private set; }

    /// <summary>What is different now; holds no personal data.</summary>
    public string? Outcome { get; private set; }

    public void Finish(string outcome, Guid by, DateTimeOffset now)
    {
        if (DoneAt is not null)
            throw new RefusedException(EvaluationRefusals.TaskOver());
        (Outcome, DoneBy, DoneAt) = (outcome, by, now);
    }
}

/// <summary>Opens a task when a 差评 makes enough of them. The item is locked, so that two at once see each other.</summary>
internal sealed class Improvements(PortalDbContext db)
{
    public async Task Watch(ServiceEvent rated, ServiceRating rating, EvaluationTime time, CancellationToken ct)
    {
        var (item, now, rules) = (rated.Item, rating.CreatedAt, time.Rules);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({"evaluation:" + item}, 0))", ct);
        var last = await db.ImprovementTasks.Where(t => t.Item == item).OrderByDescending(t => t.OpenedAt).Select(t => new { t.OpenedAt, t.DoneAt }).FirstOrDefaultAsync(ct);
        if (last is { DoneAt: null })
            return;
        var since = now.AddDays(-rules.ImprovementWithinDays);
        if (last is not null && last.OpenedAt > since)
            since = last.OpenedAt;
        var before = await (from r in db.ServiceRatings
                            join e in db.ServiceEvents on r.EventId equals e.Id
                            join c in db.Rectifications on r.EventId equals c.EventId
                            where e.Item == item && e.Id != rated.Id && r.CreatedAt > since && r.CreatedAt <= now && c.Counted
                            select r.EventId).CountAsync(ct);
        if (before + 1 < rules.ImprovementRatings)
            return;
        db.Add(new ImprovementTask
        {
            Item = item,
            ItemTitle = rated.ItemTitle,
            Unit = rated.Unit,
            OpenedAt = now,
            Days = rules.ImprovementDays,
            DueAt = time.EndAfter(now, rules.ImprovementDays),
            CalendarVersion = time.Calendar.Version,
        });
    }
}

internal sealed class ImprovementTaskConfiguration : IEntityTypeConfiguration<ImprovementTask>
{
    public void Configure(EntityTypeBuilder<ImprovementTask> builder)
    {
        builder.ToTable("improvement_tasks", "evaluation", t => t.HasCheckConstraint("ck_improvement_tasks_done", "(done_at IS NULL) = (outcome IS NULL) AND (done_at IS NULL) = (done_by IS NULL)"));
        builder.Property(t => t.Item).HasMaxLength(60);
        builder.Property(t => t.ItemTitle).HasMaxLength(100);
        builder.Property(t => t.Unit).HasMaxLength(60);
        builder.Property(t => t.CalendarVersion).HasMaxLength(64);
        builder.Property(t => t.Outcome).HasMaxLength(1000);
        builder.HasIndex(t => t.Item).IsUnique().HasFilter("done_at IS NULL").HasDatabaseName("ux_improvement_tasks_open");
        builder.HasIndex(t => new { t.Item, t.OpenedAt });
        builder.HasIndex(t => new { t.DoneAt, t.DueAt, t.Id });
    }
}
