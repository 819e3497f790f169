using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Appointments;

/// <summary>
/// A case that may be booked (预约资格): it was pre-checked, and this is its property. Bookings of services that need a case are
/// bound to one of these; who books never says the property. Another capability tells when it begins and ends.
/// </summary>
internal sealed class Admission
{
    public required Guid CaseId { get; init; }

    public required string CaseNumber { get; init; }

    public required string ServiceCode { get; init; }

    /// <summary>The account that filed the case: only it may book.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>The applicant, so that the desk can compare the identity card.</summary>
    public required byte[] PersonKey { get; init; }

    public byte[]? PropertySecret { get; set; }

    public required DateTimeOffset AdmittedAt { get; init; }

    /// <summary>The last day to book; who has an appointment by then keeps it.</summary>
    public required DateOnly BookBy { get; set; }

    public DateTimeOffset? RemindedAt { get; set; }

    /// <summary>Something has to be mended after all: no new booking until the next pre-check. An appointment stays meanwhile.</summary>
    public DateTimeOffset? SuspendedAt { get; set; }

    /// <summary>The case was signed, withdrawn, closed or not booked in time: no more bookings.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>A new time to book begins.</summary>
    public void MayBookUntil(DateOnly day) => (BookBy, RemindedAt) = (day, null);
}

internal sealed class AdmissionConfiguration : IEntityTypeConfiguration<Admission>
{
    public void Configure(EntityTypeBuilder<Admission> builder)
    {
        builder.ToTable("admissions", "appointments");
        builder.HasKey(a => a.CaseId);
        builder.Property(a => a.CaseNumber).HasMaxLength(20);
        builder.Property(a => a.ServiceCode).HasMaxLength(60);
        builder.HasIndex(a => a.CaseNumber).IsUnique();
        builder.HasIndex(a => new { a.BookBy, a.CaseId }).HasFilter("ended_at IS NULL").HasDatabaseName("ix_admissions_due");
        builder.HasIndex(a => new { a.AccountId, a.ServiceCode, a.CaseId }).HasFilter("ended_at IS NULL").HasDatabaseName("ix_admissions_open");
    }
}

internal static class AdmissionSet
{
    extension(PortalDbContext db)
    {
        public DbSet<Admission> Admissions => db.Set<Admission>();
    }
}
