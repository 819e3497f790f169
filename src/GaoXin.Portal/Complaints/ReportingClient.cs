using System.Security.Cryptography;
using GaoXin.Portal.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Complaints;

/// <summary>A program (接口客户) that files complaints over the open interface. Its key is kept as a keyed hash and shown once.</summary>
internal sealed class ReportingClient
{
    public const string KeyPurpose = "complaint-client-key";

    private const string Letters = "abcdefghijkmnpqrstuvwxyz23456789";
    private const int KeyLength = 40;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Name { get; init; }

    public required byte[] KeyHash { get; init; }

    /// <summary>So many complaints a day.</summary>
    public required int DailyLimit { get; init; }

    public required Guid RegisteredBy { get; init; }

    public required DateTimeOffset RegisteredAt { get; init; }

    public DateTimeOffset? ClosedAt { get; private set; }

    public void Close(DateTimeOffset now) => ClosedAt ??= now;

    public static string NewKey() => RandomNumberGenerator.GetString(Letters, KeyLength);

    public static byte[] HashOf(PersonalDataCipher cipher, string key) => cipher.Hash(key, KeyPurpose);
}

internal sealed class ReportingClientConfiguration : IEntityTypeConfiguration<ReportingClient>
{
    public void Configure(EntityTypeBuilder<ReportingClient> builder)
    {
        builder.ToTable("clients", "complaints", t => t.HasCheckConstraint("ck_clients_daily_limit", "daily_limit BETWEEN 1 AND 100000"));
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Name).HasMaxLength(100);
        builder.HasIndex(c => c.KeyHash).IsUnique().HasDatabaseName("ux_clients_key");
    }
}
