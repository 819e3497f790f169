using FluentValidation;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Evaluation.Staff;

/// <summary>
/// Publishes the words of a rating after a person has taken out what tells who (公开评价内容). Before that nothing of them is public. The
/// rating itself is not touched. Refused: a text in which something personal is left, or one published before.
/// </summary>
[ForStaff(Roles.ComplaintSupervisor)]
public sealed record PublishComment(Guid RectificationId, string? Text) : ICommand
{
    /// <summary>The name only.</summary>
    public override string ToString() => nameof(PublishComment);
}

internal sealed class PublishCommentValidator : AbstractValidator<PublishComment>
{
    public PublishCommentValidator() => RuleFor(c => c.Text).Must(t => (t ?? "").Trim().Length >= 2).WithMessage("请写要公开的话。不公开就不用提交。").MaximumLength(500).WithMessage("最多写 500 个字。")
        .Must(t => !PublicText.IsPersonal(t ?? "")).WithMessage(EvaluationRefusals.PersonalData().Message);
}

internal sealed class PublishCommentHandler(PortalDbContext db, StaffRectifications all, IPeople people, RectificationJournal journal, TimeProvider clock) : IRequestHandler<PublishComment, Unit>
{
    public async Task<Unit> Handle(PublishComment request, CancellationToken ct)
    {
        var about = await all.Lock(request.RectificationId, ct);
        var text = request.Text!.Trim();
        // Of 匿名 the name is not asked for either: who must not know who rated could ask the check, name after name.
        var account = await (from e in db.ServiceEvents
                             join r in db.ServiceRatings on e.Id equals r.EventId
                             where e.Id == about.EventId && r.Identity == RaterIdentity.Named
                             select e.CitizenId).SingleOrDefaultAsync(ct);
        var name = account is { } id ? (await people.Find(id, ct))?.Name : null;
        if (PublicText.IsPersonal(text, name))
            throw new RefusedException(EvaluationRefusals.PersonalData());
        if (await db.PublicComments.AnyAsync(p => p.EventId == about.EventId, ct))
            throw new RefusedException(EvaluationRefusals.PublishedAlready());
        db.Add(new PublicComment { EventId = about.EventId, Text = text, PublishedAt = clock.GetUtcNow() });
        journal.Record(about, "CommentPublished");
        return Unit.Value;
    }
}

/// <summary>The words of a rating as they are public.</summary>
internal sealed class PublicComment
{
    public required Guid EventId { get; init; }

    public required string Text { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }
}

internal sealed class PublicCommentConfiguration : IEntityTypeConfiguration<PublicComment>
{
    public void Configure(EntityTypeBuilder<PublicComment> builder)
    {
        builder.ToTable("public_comments", "evaluation");
        builder.HasKey(p => p.EventId);
        builder.Property(p => p.Text).HasMaxLength(500);
        builder.HasIndex(p => new { p.PublishedAt, p.EventId });
        builder.HasOne<ServiceEvent>().WithOne().HasForeignKey<PublicComment>(p => p.EventId).OnDelete(DeleteBehavior.Restrict);
    }
}
