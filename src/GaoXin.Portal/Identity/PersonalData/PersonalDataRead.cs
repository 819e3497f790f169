using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Identity;

/// <summary>Staff looked at a full value of somebody's personal data （个人信息查看记录）. Rows are never changed or deleted: Schema.sql sees to it.</summary>
internal sealed class PersonalDataRead
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid StaffUserId { get; init; }

    public required string StaffName { get; init; }

    public string? DepartmentCode { get; init; }

    /// <summary>Whose data, when known.</summary>
    public Guid? SubjectAccountId { get; init; }

    /// <summary>In which case, when it was in one.</summary>
    public Guid? CaseId { get; init; }

    public required string Field { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class PersonalDataReadConfiguration : IEntityTypeConfiguration<PersonalDataRead>
{
    public void Configure(EntityTypeBuilder<PersonalDataRead> builder)
    {
        builder.ToTable("personal_data_reads", "identity", t =>
        {
            t.HasCheckConstraint("ck_personal_data_reads_subject", "subject_account_id IS NOT NULL OR case_id IS NOT NULL");
            t.HasCheckConstraint("ck_personal_data_reads_reason", "char_length(btrim(reason)) >= 5");
        });
        builder.Property(r => r.StaffName).HasMaxLength(50);
        builder.Property(r => r.DepartmentCode).HasMaxLength(60);
        builder.Property(r => r.Field).HasMaxLength(100);
        builder.Property(r => r.Reason).HasMaxLength(200);
        builder.HasIndex(r => new { r.SubjectAccountId, r.At });
        builder.HasIndex(r => r.CaseId);
    }
}
