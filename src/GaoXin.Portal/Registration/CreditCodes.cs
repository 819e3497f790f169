using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Registration;

/// <summary>The last subject number an authority gave out. Its row is locked until the entity is saved.</summary>
internal sealed class CreditCodeCounter
{
    public required string Authority { get; init; }

    public required long Last { get; init; }
}

internal sealed class CreditCodeCounterConfiguration : IEntityTypeConfiguration<CreditCodeCounter>
{
    public void Configure(EntityTypeBuilder<CreditCodeCounter> builder)
    {
        builder.ToTable("credit_code_counters", "registration", table =>
            table.HasCheckConstraint("ck_credit_code_counters_last", $"last BETWEEN 1 AND {CreditCodes.Largest}"));
        builder.HasKey(c => c.Authority);
        builder.Property(c => c.Authority).HasMaxLength(6);
    }
}

/// <summary>
/// Gives out unified social credit codes (统一社会信用代码): MA and six characters of the code's own alphabet, counted
/// per authority, so that all kinds share one row of numbers and no subject code comes twice.
/// </summary>
internal static class CreditCodes
{
    public const long Largest = 887_503_680;
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private const string Prefix = "MA";
    private const int Digits = 6;

    public static async Task<CreditCode> NextCreditCode(this PortalDbContext db, EntityKind kind, string authority, CancellationToken ct)
    {
        var taken = await db.Database.SqlQuery<long>($"""
            INSERT INTO registration.credit_code_counters AS c (authority, last) VALUES ({authority}, 1)
            ON CONFLICT (authority) DO UPDATE SET last = c.last + 1 RETURNING last AS "Value"
            """).ToListAsync(ct);
        return CreditCode.Compose(kind.CodePrefix(), authority, Subject(taken.Single()));
    }

    /// <summary>The first eight characters of the subject code (主体标识码) of a number.</summary>
    public static string Subject(long number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, Largest);
        Span<char> text = stackalloc char[Digits];
        for (var i = Digits - 1; i >= 0; i--)
        {
            text[i] = Alphabet[(int)(number % Alphabet.Length)];
            number /= Alphabet.Length;
        }

        return Prefix + text.ToString();
    }
}
