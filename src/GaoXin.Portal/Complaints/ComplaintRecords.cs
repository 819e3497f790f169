using GaoXin.Portal.Catalogue;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Complaints;

/// <summary>Why the handling clock may stand still.</summary>
public enum SuspensionReason
{
    /// <summary>等诉求人补充. At most five working days, then it resumes by itself.</summary>
    [Chinese("等您补充情况")]
    WaitingForCitizen,

    /// <summary>法定检验、检测、鉴定.</summary>
    [Chinese("法定检验、检测或鉴定")]
    Inspection,

    /// <summary>诉讼、仲裁.</summary>
    [Chinese("等法院或仲裁结果")]
    Court,

    /// <summary>不可抗力.</summary>
    [Chinese("不可抗力")]
    ForceMajeure,
}

/// <summary>How a reply fared in the review.</summary>
public enum ReplyOutcome
{
    /// <summary>待审.</summary>
    Pending,

    /// <summary>通过.</summary>
    Approved,

    /// <summary>退回修改.</summary>
    SentBack,
}

/// <summary>挂起: asked by the unit, granted by a clerk.</summary>
internal sealed class ComplaintSuspension
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid ComplaintId { get; init; }

    public required int Round { get; init; }

    public required SuspensionReason Reason { get; init; }

    /// <summary>For the citizen, in plain words, without personal data.</summary>
    public required string Explanation { get; init; }

    public required Guid AskedBy { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    public bool? Granted { get; private set; }

    public Guid? DecidedBy { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    public DateTimeOffset? From { get; private set; }

    public DateTimeOffset? To { get; private set; }

    public DateTimeOffset? ResumesAt { get; private set; }

    public bool Runs => From is not null && To is null;

    public void Decide(bool granted, Guid by, DateTimeOffset now) => (Granted, DecidedBy, DecidedAt) = (granted, by, now);

    public void Begin(DateTimeOffset now, DateTimeOffset? until) => (From, ResumesAt) = (now, until);

    /// <summary>The calendar changed: the pause ends at another instant.</summary>
    public void Until(DateTimeOffset until) => ResumesAt = until;

    public void End(DateTimeOffset now) => To = now;
}

/// <summary>延期: one a complaint, asked before the limit, and the citizen is told why.</summary>
internal sealed class ComplaintExtension
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid ComplaintId { get; init; }

    public required int Days { get; init; }

    public required string Reason { get; init; }

    public required Guid AskedBy { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    public bool? Granted { get; private set; }

    public Guid? DecidedBy { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    public void Decide(bool granted, Guid by, DateTimeOffset now) => (Granted, DecidedBy, DecidedAt) = (granted, by, now);
}

/// <summary>退单: once a unit and complaint.</summary>
internal sealed class ComplaintReturn
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid ComplaintId { get; init; }

    public required string Unit { get; init; }

    public required string Reason { get; init; }

    /// <summary>法律或职责依据.</summary>
    public required string Basis { get; init; }

    public required string SuggestedUnit { get; init; }

    public required Guid AskedBy { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    public bool? Upheld { get; private set; }

    public Guid? RuledBy { get; private set; }

    public DateTimeOffset? RuledAt { get; private set; }

    public void Rule(bool upheld, Guid by, DateTimeOffset now) => (Upheld, RuledBy, RuledAt) = (upheld, by, now);
}

/// <summary>协办单位: gives its part to the unit that replies.</summary>
internal sealed class CoHandler
{
    public const string OpinionPurpose = "complaints.co-opinion";

    public required Guid ComplaintId { get; init; }

    public required string Unit { get; init; }

    public byte[]? ProtectedOpinion { get; private set; }

    public Guid? FinishedBy { get; private set; }

    public DateTimeOffset? FinishedAt { get; private set; }

    public void Finish(byte[] opinion, Guid by, DateTimeOffset now) => (ProtectedOpinion, FinishedBy, FinishedAt) = (opinion, by, now);
}

/// <summary>答复: written by the handler, read by a second person before the citizen gets it.</summary>
internal sealed class ComplaintReply
{
    public const string TextPurpose = "complaints.reply";

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid ComplaintId { get; init; }

    public required int Round { get; init; }

    public required byte[] ProtectedText { get; init; }

    public required Guid WrittenBy { get; init; }

    public required DateTimeOffset WrittenAt { get; init; }

    /// <summary>Why the findings of the lint do not hold here.</summary>
    public string? OverrideReason { get; init; }

    public string[] Findings { get; init; } = [];

    public ReplyOutcome Outcome { get; private set; } = ReplyOutcome.Pending;

    public Guid? ReviewedBy { get; private set; }

    public DateTimeOffset? ReviewedAt { get; private set; }

    public void Reviewed(ReplyOutcome outcome, Guid by, DateTimeOffset now) => (Outcome, ReviewedBy, ReviewedAt) = (outcome, by, now);
}

/// <summary>回访: one call.</summary>
internal sealed class ComplaintCall
{
    public const string NotePurpose = "complaints.call";

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid ComplaintId { get; init; }

    public required int Round { get; init; }

    public required DateTimeOffset At { get; init; }

    public required Guid OfficerId { get; init; }

    public required bool Reached { get; init; }

    /// <summary>解决了没有.</summary>
    public bool? Solved { get; init; }

    /// <summary>满不满意.</summary>
    public bool? Satisfied { get; init; }

    public byte[]? ProtectedNote { get; init; }
}

/// <summary>Who said something.</summary>
public enum MessageFrom
{
    /// <summary>诉求人.</summary>
    Citizen,

    /// <summary>承办单位.</summary>
    Unit,

    /// <summary>受理、审核、回访.</summary>
    Portal,
}

/// <summary>来往记录: what was said, encrypted.</summary>
internal sealed class ComplaintMessage
{
    public const string Purpose = "complaints.message";

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid ComplaintId { get; init; }

    public required MessageFrom From { get; init; }

    public required Guid AuthorId { get; init; }

    /// <summary>How the author is shown, for example 城市管理局 演*.</summary>
    public required string Author { get; init; }

    public required DateTimeOffset At { get; init; }

    public required byte[] ProtectedText { get; init; }

    /// <summary>False for notes among staff.</summary>
    public required bool ForCitizen { get; init; }
}

/// <summary>催办、督办 and the warnings before them: each level once for a clock of a round.</summary>
internal sealed class ComplaintEscalation
{
    public required Guid ComplaintId { get; init; }

    public required int Round { get; init; }

    public required ComplaintClockKind Clock { get; init; }

    public required EscalationLevel Level { get; init; }

    public required DateTimeOffset At { get; init; }

    public string? Unit { get; init; }

    /// <summary>超期原因, given after 催办: with it no 督办 follows by itself.</summary>
    public string? Explanation { get; private set; }

    public void Explain(string text) => Explanation = text;
}

/// <summary>督办单.</summary>
internal sealed class ComplaintSupervision
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid ComplaintId { get; init; }

    public required int Round { get; init; }

    public required string Why { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public string? Finding { get; private set; }

    public Guid? ClosedBy { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    public void Close(string finding, Guid by, DateTimeOffset now) => (Finding, ClosedBy, ClosedAt) = (finding, by, now);
}

/// <summary>A photo or document of the citizen; its content in a row of its own.</summary>
internal sealed class ComplaintFile
{
    public const string NamePurpose = "complaints.file-name";
    public const string BodyPurpose = "complaints.file-body";

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid ComplaintId { get; init; }

    public required byte[] ProtectedName { get; init; }

    public required string ContentType { get; init; }

    public required int Length { get; init; }

    public required string Sha256 { get; init; }

    public required DateTimeOffset UploadedAt { get; init; }
}

/// <summary>The encrypted content.</summary>
internal sealed class ComplaintFileBody
{
    public required Guid Id { get; init; }

    public required byte[] Content { get; init; }
}

internal sealed class ComplaintSuspensionConfiguration : IEntityTypeConfiguration<ComplaintSuspension>
{
    public void Configure(EntityTypeBuilder<ComplaintSuspension> builder)
    {
        builder.ToTable("suspensions", "complaints", t => t.HasCheckConstraint("ck_suspensions_two_people", "decided_by IS NULL OR decided_by <> asked_by"));
        builder.Property(x => x.Id).ValueGeneratedNever();
        builder.Ignore(s => s.Runs);
        builder.Property(s => s.Explanation).HasMaxLength(300);
        builder.HasIndex(s => s.ComplaintId, "ux_suspensions_asked").IsUnique().HasFilter("decided_at IS NULL");
        builder.HasIndex(s => s.ComplaintId, "ix_suspensions_complaint");
        builder.HasIndex(s => s.ResumesAt).HasFilter("resumes_at IS NOT NULL AND \"to\" IS NULL").HasDatabaseName("ix_suspensions_resume");
    }
}

internal sealed class ComplaintExtensionConfiguration : IEntityTypeConfiguration<ComplaintExtension>
{
    public void Configure(EntityTypeBuilder<ComplaintExtension> builder)
    {
        builder.ToTable("extensions", "complaints", t => t.HasCheckConstraint("ck_extensions_two_people", "decided_by IS NULL OR decided_by <> asked_by"));
        builder.Property(x => x.Id).ValueGeneratedNever();
        builder.Property(e => e.Reason).HasMaxLength(300);
        // One asked or granted; a refused one is no obstacle.
        builder.HasIndex(e => e.ComplaintId, "ux_extensions_one").IsUnique().HasFilter("granted IS NULL OR granted");
        builder.HasIndex(e => e.ComplaintId, "ix_extensions_complaint");
    }
}

internal sealed class ComplaintReturnConfiguration : IEntityTypeConfiguration<ComplaintReturn>
{
    public void Configure(EntityTypeBuilder<ComplaintReturn> builder)
    {
        builder.ToTable("returns", "complaints");
        builder.Property(x => x.Id).ValueGeneratedNever();
        builder.Property(r => r.Unit).HasMaxLength(60);
        builder.Property(r => r.SuggestedUnit).HasMaxLength(60);
        builder.Property(r => r.Reason).HasMaxLength(500);
        builder.Property(r => r.Basis).HasMaxLength(300);
        builder.HasIndex(r => new { r.ComplaintId, r.Unit }).IsUnique().HasDatabaseName("ux_returns_unit");
    }
}

internal sealed class CoHandlerConfiguration : IEntityTypeConfiguration<CoHandler>
{
    public void Configure(EntityTypeBuilder<CoHandler> builder)
    {
        builder.ToTable("co_handlers", "complaints");
        builder.HasKey(c => new { c.ComplaintId, c.Unit });
        builder.Property(c => c.Unit).HasMaxLength(60);
        builder.HasIndex(c => new { c.Unit, c.ComplaintId }).HasFilter("finished_at IS NULL").HasDatabaseName("ix_co_handlers_open");
    }
}

internal sealed class ComplaintReplyConfiguration : IEntityTypeConfiguration<ComplaintReply>
{
    public void Configure(EntityTypeBuilder<ComplaintReply> builder)
    {
        builder.ToTable("replies", "complaints", t => t.HasCheckConstraint("ck_replies_two_people", "reviewed_by IS NULL OR reviewed_by <> written_by"));
        builder.Property(x => x.Id).ValueGeneratedNever();
        builder.Property(r => r.OverrideReason).HasMaxLength(300);
        builder.HasIndex(r => r.ComplaintId, "ux_replies_pending").IsUnique().HasFilter("outcome = 'Pending'");
        builder.HasIndex(r => r.ComplaintId, "ix_replies_complaint");
    }
}

internal sealed class ComplaintCallConfiguration : IEntityTypeConfiguration<ComplaintCall>
{
    public void Configure(EntityTypeBuilder<ComplaintCall> builder)
    {
        builder.ToTable("calls", "complaints", t => t.HasCheckConstraint("ck_calls_asked", "reached OR (solved IS NULL AND satisfied IS NULL)"));
        builder.Property(x => x.Id).ValueGeneratedNever();
        builder.HasIndex(c => c.ComplaintId).HasDatabaseName("ix_calls_complaint");
    }
}

internal sealed class ComplaintMessageConfiguration : IEntityTypeConfiguration<ComplaintMessage>
{
    public void Configure(EntityTypeBuilder<ComplaintMessage> builder)
    {
        builder.ToTable("messages", "complaints");
        builder.Property(m => m.Author).HasMaxLength(80);
        builder.HasIndex(m => new { m.ComplaintId, m.Id }).HasDatabaseName("ix_messages_complaint");
        builder.HasOne<Complaint>().WithMany().HasForeignKey(m => m.ComplaintId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ComplaintEscalationConfiguration : IEntityTypeConfiguration<ComplaintEscalation>
{
    public void Configure(EntityTypeBuilder<ComplaintEscalation> builder)
    {
        builder.ToTable("escalations", "complaints");
        builder.HasKey(e => new { e.ComplaintId, e.Round, e.Clock, e.Level });
        builder.Property(e => e.Unit).HasMaxLength(60);
        builder.Property(e => e.Explanation).HasMaxLength(500);
        builder.HasIndex(e => e.At).HasDatabaseName("ix_escalations_at");
        builder.HasOne<Complaint>().WithMany().HasForeignKey(e => e.ComplaintId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ComplaintSupervisionConfiguration : IEntityTypeConfiguration<ComplaintSupervision>
{
    public void Configure(EntityTypeBuilder<ComplaintSupervision> builder)
    {
        builder.ToTable("supervisions", "complaints");
        builder.Property(s => s.Why).HasMaxLength(200);
        builder.Property(s => s.Finding).HasMaxLength(1000);
        builder.HasIndex(s => s.ComplaintId).IsUnique().HasFilter("closed_at IS NULL").HasDatabaseName("ux_supervisions_open");
        builder.HasOne<Complaint>().WithMany().HasForeignKey(s => s.ComplaintId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ComplaintFileConfiguration : IEntityTypeConfiguration<ComplaintFile>
{
    public void Configure(EntityTypeBuilder<ComplaintFile> builder)
    {
        builder.ToTable("files", "complaints");
        builder.Property(f => f.ContentType).HasMaxLength(40);
        builder.Property(f => f.Sha256).HasMaxLength(64);
        builder.HasIndex(f => f.ComplaintId).HasDatabaseName("ix_files_complaint");
        builder.HasOne<Complaint>().WithMany().HasForeignKey(f => f.ComplaintId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ComplaintFileBodyConfiguration : IEntityTypeConfiguration<ComplaintFileBody>
{
    public void Configure(EntityTypeBuilder<ComplaintFileBody> builder)
    {
        builder.ToTable("file_bodies", "complaints");
        builder.HasOne<ComplaintFile>().WithOne().HasForeignKey<ComplaintFileBody>(b => b.Id).OnDelete(DeleteBehavior.Cascade);
    }
}
