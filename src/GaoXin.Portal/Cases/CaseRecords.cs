using System.Text.Json;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Cases;

internal enum ClockKind
{
    /// <summary>Five days to accept or ask (行政许可法 32).</summary>
    Receipt,

    /// <summary>The promised days from acceptance.</summary>
    Promise,
}

/// <summary>A stretch of a case's clock: running, or paused for a reason. Deadlines are derived from these and the calendar.</summary>
internal sealed class ClockSegment
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid CaseId { get; init; }

    public required ClockKind Kind { get; init; }

    public required bool Paused { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset From { get; init; }

    public DateTimeOffset? To { get; set; }
}

/// <summary>One remark on one field or material; only what has an open remark may be corrected. One notice a round.</summary>
internal sealed class CorrectionItem
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid CaseId { get; init; }

    public required int Round { get; init; }

    /// <summary>A field path, a page's group of rows (<c>shareholders</c>), or <c>material:code</c>.</summary>
    public required string Path { get; init; }

    public required byte[] ProtectedRemark { get; init; }

    public required Guid RequestedBy { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    public DateTimeOffset? ResolvedAt { get; set; }

    /// <summary>The exception without which this could not be asked for: the published version does not have it.</summary>
    public Guid? ExceptionId { get; private init; }

    /// <summary>What the published version has and the applicant can mend. Refused: anything else.</summary>
    public static IEnumerable<CorrectionItem> Within(CaseFile file, IReadOnlyDictionary<string, string> remarks, int round, Guid by, DateTimeOffset now, PersonalDataCipher cipher)
    {
        if (remarks.Keys.Where(p => !Staff.Mendable.Holds(file, p)).Select(CaseRefusals.CannotBeMended).ToList() is { Count: > 0 } refusals)
            throw new RefusedException(refusals);
        return remarks.Select(r => Of(file.Case.Id, r.Key, r.Value, round, by, now, cipher, null));
    }

    /// <summary>A material outside the published version, by its recorded exception.</summary>
    public static CorrectionItem OutsideOf(CaseException exception, string remark, int round, DateTimeOffset now, PersonalDataCipher cipher) =>
        Of(exception.CaseId, AnswerPath.OfMaterial(exception.MaterialCode), remark, round, exception.By, now, cipher, exception.Id);

    private static CorrectionItem Of(Guid caseId, string path, string remark, int round, Guid by, DateTimeOffset now, PersonalDataCipher cipher, Guid? exceptionId) => new()
    {
        CaseId = caseId,
        Round = round,
        Path = path,
        ProtectedRemark = cipher.Protect(remark.Trim(), CorrectionPurposes.Remark),
        RequestedBy = by,
        RequestedAt = now,
        ExceptionId = exceptionId,
    };
}

/// <summary>
/// A signature asked for or given. It covers the answers by their hash: it is valid only while the hash is the current
/// one, so a change voids it without anybody having to remember.
/// </summary>
internal sealed class Signature
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid CaseId { get; init; }

    public required byte[] PersonHash { get; init; }

    public required byte[] ProtectedName { get; init; }

    public required byte[] ProtectedIdNumber { get; init; }

    public required string Role { get; init; }

    /// <summary>Asked for this content.</summary>
    public required string AskedHash { get; set; }

    public DateTimeOffset AskedAt { get; set; }

    /// <summary>The content that was signed.</summary>
    public string? SignedHash { get; private set; }

    public DateTimeOffset? SignedAt { get; private set; }

    public Guid? SignedBy { get; private set; }

    public string? Method { get; private set; }

    public bool Covers(string answersHash) => SignedHash == answersHash;

    public void Sign(Guid user, string answersHash, string method, DateTimeOffset now)
    {
        SignedHash = answersHash;
        SignedAt = now;
        SignedBy = user;
        Method = method;
    }
}

/// <summary>
/// One evaluation of the rules, with the facts: enough to replay it. The facts are what people answered, so the results are
/// kept encrypted as one document; what the automatic decision asks, the outcome, stays in clear.
/// </summary>
internal sealed class RuleRun
{
    private const string Purpose = "cases.rule-run";

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid CaseId { get; init; }

    public required Guid RevisionId { get; init; }

    public required string RuleSet { get; init; }

    public required int RuleSetVersion { get; init; }

    public required DateTimeOffset At { get; init; }

    public required RuleOutcome Outcome { get; init; }

    public required byte[] ProtectedResults { get; init; }

    /// <summary>The sentences of the referred rules, as published: for the work list, which opens no results.</summary>
    public required List<string> Reasons { get; init; }

    public static byte[] Protect(IReadOnlyList<RuleResult> results, PersonalDataCipher cipher) =>
        cipher.Protect(JsonSerializer.SerializeToUtf8Bytes(results, OutboxMessage.Json), Purpose);

    public IReadOnlyList<RuleResult> Read(PersonalDataCipher cipher) =>
        JsonSerializer.Deserialize<List<RuleResult>>(cipher.UnprotectBytes(ProtectedResults, Purpose), OutboxMessage.Json)!;
}

/// <summary>An uploaded file of a material. Content is encrypted outside the web root; the name is the person's and kept protected.</summary>
internal sealed class Attachment
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid CaseId { get; init; }

    public required string MaterialCode { get; init; }

    public required byte[] ProtectedName { get; init; }

    public required string ContentType { get; init; }

    public required long Length { get; init; }

    /// <summary>SHA-256 of the stored content, after EXIF was dropped.</summary>
    public required string Sha256 { get; init; }

    public required Guid UploadedBy { get; init; }

    public required DateTimeOffset UploadedAt { get; init; }

    public DateTimeOffset? RemovedAt { get; set; }
}

/// <summary>
/// When a person was last told that a case waits for the signature. Kept apart from <see cref="Signature"/>, which goes and
/// comes with the form: taking a person out and in again sends no second message.
/// </summary>
internal sealed class SignatureNotice
{
    public required Guid CaseId { get; init; }

    public required byte[] PersonHash { get; init; }

    public required DateTimeOffset SentAt { get; init; }
}

internal sealed class SignatureNoticeConfiguration : IEntityTypeConfiguration<SignatureNotice>
{
    public void Configure(EntityTypeBuilder<SignatureNotice> builder)
    {
        builder.ToTable("signature_notices", "cases");
        builder.HasKey(n => new { n.CaseId, n.PersonHash });
        builder.HasOne<Case>().WithMany().HasForeignKey(n => n.CaseId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ClockSegmentConfiguration : IEntityTypeConfiguration<ClockSegment>
{
    public void Configure(EntityTypeBuilder<ClockSegment> builder)
    {
        builder.ToTable("clock_segments", "cases", t => t.HasCheckConstraint("ck_clock_segments_order", "\"to\" IS NULL OR \"to\" >= \"from\""));
        builder.Property(s => s.Reason).HasMaxLength(100);
        builder.HasIndex(s => s.CaseId).IsUnique().HasFilter("\"to\" IS NULL").HasDatabaseName("ux_clock_segments_one_open");
        builder.HasIndex(s => new { s.CaseId, s.From });
        builder.HasOne<Case>().WithMany().HasForeignKey(s => s.CaseId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class CorrectionItemConfiguration : IEntityTypeConfiguration<CorrectionItem>
{
    public void Configure(EntityTypeBuilder<CorrectionItem> builder)
    {
        builder.ToTable("correction_items", "cases", t => t.HasCheckConstraint("ck_correction_items_outside", "(path LIKE 'material:extra-%') = (exception_id IS NOT NULL)"));
        builder.Property(i => i.Path).HasMaxLength(200);
        builder.HasIndex(i => new { i.CaseId, i.Round, i.Path }).IsUnique();
        builder.HasOne<CaseException>().WithMany().HasForeignKey(i => i.ExceptionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Case>().WithMany().HasForeignKey(i => i.CaseId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class SignatureConfiguration : IEntityTypeConfiguration<Signature>
{
    public void Configure(EntityTypeBuilder<Signature> builder)
    {
        builder.ToTable("signatures", "cases");
        builder.Property(s => s.Role).HasMaxLength(60);
        builder.Property(s => s.AskedHash).HasMaxLength(64);
        builder.Property(s => s.SignedHash).HasMaxLength(64);
        builder.Property(s => s.Method).HasMaxLength(40);
        builder.HasIndex(s => new { s.CaseId, s.PersonHash }).IsUnique();
        builder.HasIndex(s => s.PersonHash);
        builder.HasOne<Case>().WithMany().HasForeignKey(s => s.CaseId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class RuleRunConfiguration : IEntityTypeConfiguration<RuleRun>
{
    public void Configure(EntityTypeBuilder<RuleRun> builder)
    {
        builder.ToTable("rule_runs", "cases");
        builder.Property(r => r.RuleSet).HasMaxLength(60);
        builder.Property(r => r.ProtectedResults).HasColumnName("results");
        builder.HasIndex(r => new { r.CaseId, r.At });
        builder.HasOne<Case>().WithMany().HasForeignKey(r => r.CaseId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class AttachmentConfiguration : IEntityTypeConfiguration<Attachment>
{
    public void Configure(EntityTypeBuilder<Attachment> builder)
    {
        builder.ToTable("attachments", "cases");
        builder.Property(a => a.MaterialCode).HasMaxLength(60);
        builder.Property(a => a.ContentType).HasMaxLength(60);
        builder.Property(a => a.Sha256).HasMaxLength(64);
        builder.HasIndex(a => new { a.CaseId, a.MaterialCode });
        builder.HasOne<Case>().WithMany().HasForeignKey(a => a.CaseId).OnDelete(DeleteBehavior.Cascade);
    }
}
