using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Cases;

/// <summary>What was done outside the published version.</summary>
public enum ExceptionKind
{
    /// <summary>指南以外的材料.</summary>
    [Chinese("指南以外的材料")]
    Material,

    /// <summary>流程以外的环节.</summary>
    [Chinese("流程以外的环节")]
    Step,
}

/// <summary>
/// 清单外要求: a material or a step that the version a case is pinned to does not have (流程之外无环节、指南之外无材料), with the
/// reason of the officer who wants it. The applicant and supervision see it. Rows are never changed or removed: Schema.sql
/// sees to it. What is wanted and why is free text about a person's case, so it is encrypted.
/// </summary>
internal sealed class CaseException
{
    public const int ShortestReason = 10;
    private const string WhatPurpose = "cases.exception-what";
    private const string ReasonPurpose = "cases.exception-reason";
    private const string Extra = "extra-";

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid CaseId { get; init; }

    /// <summary>The department whose officer wants it: supervision reads by it.</summary>
    public required string Department { get; init; }

    public required ExceptionKind Kind { get; init; }

    /// <summary>Counts the exceptions of a case from 1.</summary>
    public required int Number { get; init; }

    public required byte[] ProtectedWhat { get; init; }

    public required byte[] ProtectedReason { get; init; }

    public required Guid By { get; init; }

    public required string ByName { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The code under which files of the material are kept.</summary>
    public string MaterialCode => $"{Extra}{Number}";

    public static bool IsExtra(string materialCode) => materialCode.StartsWith(Extra, StringComparison.Ordinal);

    /// <summary>Refuses without a reason that says something, and what needs no exception: the published version has it.</summary>
    public static CaseException Of(Case about, ServiceDefinition service, ExceptionKind kind, string what, string? reason, int number, ICurrentUser by, DateTimeOffset now, PersonalDataCipher cipher)
    {
        if (kind == ExceptionKind.Material && service.Materials.Any(m => m.IsBrought && m.Title == what.Trim()))
            throw new RefusedException(CaseRefusals.MaterialIsPublished(what.Trim()));
        if (reason?.Trim().Length is not >= ShortestReason)
            throw new RefusedException(CaseRefusals.OutsidePublished(kind, what.Trim(), service.Version));
        return new CaseException
        {
            CaseId = about.Id,
            Department = about.Department,
            Kind = kind,
            Number = number,
            ProtectedWhat = cipher.Protect(what.Trim(), WhatPurpose),
            ProtectedReason = cipher.Protect(reason.Trim(), ReasonPurpose),
            By = by.Id,
            ByName = by.DisplayName,
            At = now,
        };
    }

    public string What(PersonalDataCipher cipher) => cipher.Unprotect(ProtectedWhat, WhatPurpose);

    public string Reason(PersonalDataCipher cipher) => cipher.Unprotect(ProtectedReason, ReasonPurpose);

    /// <summary>The material as a guide would describe it, for the applicant who brings it after all.</summary>
    public MaterialDefinition AsMaterial(PersonalDataCipher cipher) => new() { Code = MaterialCode, Title = What(cipher), Source = MaterialSource.Applicant };
}

internal sealed class CaseExceptionConfiguration : IEntityTypeConfiguration<CaseException>
{
    public void Configure(EntityTypeBuilder<CaseException> builder)
    {
        builder.ToTable("exceptions", "cases", t => t.HasCheckConstraint("ck_exceptions_reason", "octet_length(what) > 0 AND octet_length(reason) > 0"));
        builder.Property(e => e.Department).HasMaxLength(60);
        builder.Property(e => e.ByName).HasMaxLength(50);
        builder.Property(e => e.ProtectedWhat).HasColumnName("what");
        builder.Property(e => e.ProtectedReason).HasColumnName("reason");
        builder.Ignore(e => e.MaterialCode);
        builder.HasIndex(e => new { e.CaseId, e.Number }).IsUnique();
        builder.HasIndex(e => new { e.Department, e.Id });
        builder.HasOne<Case>().WithMany().HasForeignKey(e => e.CaseId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>Records what an officer wants outside the published version: the row and the chained event, never one without the other.</summary>
internal sealed class CaseExceptions(PortalDbContext db, ICurrentUser user, CaseJournal journal, PersonalDataCipher cipher, TimeProvider clock)
{
    /// <summary>The case is locked, so the numbers follow each other. The event holds no free text: it keeps what was asked by its hash.</summary>
    public async Task<CaseException> Record(Case about, ServiceDefinition service, ExceptionKind kind, string what, string? reason, CancellationToken ct)
    {
        var stored = await db.CaseExceptions.CountAsync(e => e.CaseId == about.Id, ct);
        var added = db.ChangeTracker.Entries<CaseException>().Count(e => e.State == EntityState.Added && e.Entity.CaseId == about.Id);
        var exception = CaseException.Of(about, service, kind, what, reason, stored + added + 1, user, clock.GetUtcNow(), cipher);
        db.Add(exception);
        journal.Record(about, CaseWords.ExceptionRecorded, new { exception.Number, Kind = kind.ToString(), Hash = Convert.ToHexStringLower(cipher.Hash($"{what.Trim()}\n{reason!.Trim()}", "case-exception")) });
        return exception;
    }
}

internal static class ExceptionSets
{
    extension(PortalDbContext db)
    {
        public DbSet<CaseException> CaseExceptions => db.Set<CaseException>();

        /// <summary>The exceptions of a case as people read them, oldest first.</summary>
        public async Task<IReadOnlyList<OutsideRequest>> OutsideRequests(Guid caseId, PersonalDataCipher cipher, CancellationToken ct) =>
            [.. (await db.CaseExceptions.AsNoTracking().Where(e => e.CaseId == caseId).OrderBy(e => e.Number).ToListAsync(ct))
                .Select(e => new OutsideRequest(e.Kind, e.MaterialCode, e.What(cipher), e.Reason(cipher), Masking.Name(e.ByName), e.At))];
    }
}
