using System.Security.Cryptography;
using GaoXin.Portal.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Evaluation;

/// <summary>What a token is good for.</summary>
public enum InvitationPurpose
{
    /// <summary>评价.</summary>
    Rate,

    /// <summary>追评.</summary>
    FollowUp,
}

/// <summary>How the person came by it. Never through a member of staff.</summary>
public enum InvitationDoor
{
    /// <summary>Signed in, from the own pages.</summary>
    Account,

    /// <summary>With the pass of a complaint.</summary>
    Pass,

    /// <summary>From the page of the ticket in hand.</summary>
    Ticket,

    /// <summary>By the QR code at a window, with number and code of the ticket.</summary>
    Window,

    /// <summary>Handed out with the thanks, for the 追评.</summary>
    AfterRating,
}

/// <summary>A single-use token (评价凭证): 128 bits, kept only as a keyed hash.</summary>
internal sealed class Invitation
{
    public required byte[] TokenHash { get; init; }

    public required Guid EventId { get; init; }

    public required InvitationPurpose Purpose { get; init; }

    public required InvitationDoor Door { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Set once, by a compare-and-set in the database.</summary>
    public DateTimeOffset? UsedAt { get; private set; }
}

/// <summary>Tokens as they stand in an address: small letters and digits, because addresses are written in small letters.</summary>
internal static class InvitationToken
{
    private const int Bytes = 16;
    private const int Length = 2 * Bytes;

    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Null when it can be no token.</summary>
    public static byte[]? Hash(PersonalDataCipher cipher, string? token) =>
        token is { Length: Length } ? cipher.Hash(token, "evaluation-token") : null;
}

internal sealed class InvitationConfiguration : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.ToTable("invitations", "evaluation", t => t.HasCheckConstraint("ck_invitations_expire", "expires_at > issued_at"));
        builder.HasKey(i => i.TokenHash);
        builder.HasIndex(i => i.EventId);
        builder.HasOne<ServiceEvent>().WithMany().HasForeignKey(i => i.EventId).OnDelete(DeleteBehavior.Restrict);
    }
}
