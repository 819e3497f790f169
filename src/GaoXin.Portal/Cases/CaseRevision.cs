using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Cases;

internal enum RevisionKind
{
    Draft,
    Submitted,
    Correction,
}

/// <summary>
/// One state of the answers. Encrypted as a whole; a frozen revision never changes again (a trigger holds that too).
/// A correction is a new revision copied from the one it corrects.
/// </summary>
internal sealed class CaseRevision
{
    private const string Purpose = "cases.answers";

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid CaseId { get; init; }

    public required int Ordinal { get; init; }

    public required RevisionKind Kind { get; set; }

    public byte[] ProtectedAnswers { get; private set; } = [];

    public string AnswersHash { get; private set; } = "";

    /// <summary>Where each shared value came from, by path. No values, so it is kept in clear.</summary>
    public Dictionary<string, ValueOrigin> Origins { get; set; } = [];

    /// <summary>How often each page was saved: a stale page is told by its own number, not by work on other pages.</summary>
    public Dictionary<string, int> PageVersions { get; set; } = [];

    /// <summary>Paths whose value a helper or a window typed for the applicant, who is shown them before the submit.</summary>
    public string[] FilledByStaff { get; private set; } = [];

    public required Guid AuthorId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? FrozenAt { get; private set; }

    public Answers Read(PersonalDataCipher cipher) =>
        ProtectedAnswers.Length == 0 ? Answers.Empty : Answers.Parse(cipher.Unprotect(ProtectedAnswers, Purpose));

    public void Write(Answers answers, PersonalDataCipher cipher, DateTimeOffset now)
    {
        if (FrozenAt is not null)
            throw new InvalidOperationException("A frozen revision can not change.");
        ProtectedAnswers = cipher.Protect(answers.ToJson(), Purpose);
        AnswersHash = ContentHash.Of(answers, cipher);
        UpdatedAt = now;
    }

    /// <summary>Remembers who typed what changed: staff for the applicant, or the applicant.</summary>
    public void Typed(IEnumerable<string> paths, bool byStaff) =>
        FilledByStaff = [.. (byStaff ? FilledByStaff.Union(paths) : FilledByStaff.Except(paths)).Order(StringComparer.Ordinal)];

    public void Freeze(DateTimeOffset now) => FrozenAt = now;

    public CaseRevision Correct(Guid author, DateTimeOffset now) => new()
    {
        CaseId = CaseId,
        Ordinal = Ordinal + 1,
        Kind = RevisionKind.Correction,
        ProtectedAnswers = ProtectedAnswers,
        AnswersHash = AnswersHash,
        Origins = new Dictionary<string, ValueOrigin>(Origins),
        PageVersions = new Dictionary<string, int>(PageVersions),
        FilledByStaff = FilledByStaff,
        AuthorId = author,
        CreatedAt = now,
        UpdatedAt = now,
    };
}

/// <summary>Where a value came from.</summary>
/// <param name="Source">The source's code, for example <c>person-register</c>.</param>
/// <param name="Title">Its name for people, for example 公安人口库.</param>
/// <param name="At">When it was fetched.</param>
/// <param name="Lock">How firmly it holds.</param>
/// <param name="Changed">The applicant changed it.</param>
/// <param name="Disputed">The applicant said it is wrong (这不对); an officer looks at it.</param>
public sealed record ValueOrigin(string Source, string Title, DateTimeOffset At, LockLevel Lock, bool Changed = false, bool Disputed = false);

internal sealed class CaseRevisionConfiguration : IEntityTypeConfiguration<CaseRevision>
{
    public void Configure(EntityTypeBuilder<CaseRevision> builder)
    {
        builder.ToTable("revisions", "cases");
        builder.Property(r => r.AnswersHash).HasMaxLength(64);
        builder.Property(r => r.Origins).HasColumnType("jsonb").HasConversion(JsonColumn.Of<Dictionary<string, ValueOrigin>>(), JsonColumn.Comparer<Dictionary<string, ValueOrigin>>());
        builder.Property(r => r.PageVersions).HasColumnType("jsonb").HasConversion(JsonColumn.Of<Dictionary<string, int>>(), JsonColumn.Comparer<Dictionary<string, int>>());
        builder.HasIndex(r => new { r.CaseId, r.Ordinal }).IsUnique();
        builder.HasOne<Case>().WithMany().HasForeignKey(r => r.CaseId).OnDelete(DeleteBehavior.Cascade);
    }
}
