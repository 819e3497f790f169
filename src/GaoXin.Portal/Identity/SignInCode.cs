using GaoXin.Portal.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Identity;

/// <summary>
/// A one-time code （验证码） sent to a phone, kept as a keyed hash. The readable code stays encrypted in
/// <see cref="CodeSecret"/> only until it was sent: so the outbox row carries nothing but this row's id.
/// </summary>
internal sealed class SignInCode
{
    public const int Tries = 5;
    public const string Purpose = "identity.sign-in-code";
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan LockOut = TimeSpan.FromMinutes(15);

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required byte[] PhoneHash { get; init; }

    public required byte[] PhoneSecret { get; init; }

    /// <summary>The browser that asked: the code is good there only, and what others ask for this phone does not close it.</summary>
    public required byte[] AskerHash { get; init; }

    public required byte[] CodeHash { get; init; }

    /// <summary>The code itself, encrypted; null once sent.</summary>
    public byte[]? CodeSecret { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public int TriesLeft { get; init; } = Tries;

    /// <summary>Set when the code was used or a newer one replaced it.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    public static SignInCode For(MobileNumber phone, byte[] asker, PersonalDataCipher cipher, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7();
        var code = OneTimeCode.Draw();
        return new SignInCode
        {
            Id = id,
            PhoneHash = cipher.Hash(phone.Digits, PortalUser.PhoneKind),
            PhoneSecret = cipher.Protect(phone.Digits, PortalUser.PhonePurpose),
            AskerHash = asker,
            CodeHash = OneTimeCode.Hash(id, code, Purpose, cipher),
            CodeSecret = cipher.Protect(code, Purpose),
            CreatedAt = now,
            ExpiresAt = now + Lifetime,
        };
    }

    public static byte[] Asker(KnownDevice device, PersonalDataCipher cipher) => cipher.Hash(device.Id, "code-asker");

    /// <summary>True when this is the code; takes the same time for a near and a far miss.</summary>
    public bool Is(string code, PersonalDataCipher cipher) => OneTimeCode.Is(CodeHash, Id, code, Purpose, cipher);
}

internal sealed class SignInCodeConfiguration : IEntityTypeConfiguration<SignInCode>
{
    public void Configure(EntityTypeBuilder<SignInCode> builder)
    {
        builder.ToTable("sign_in_codes", "identity", t => t.HasCheckConstraint("ck_sign_in_codes_tries", "tries_left BETWEEN 0 AND 5"));
        builder.HasIndex(c => new { c.PhoneHash, c.AskerHash }).IsUnique().HasFilter("closed_at IS NULL").HasDatabaseName("ux_sign_in_codes_open");
        builder.HasIndex(c => c.CreatedAt);
    }
}
