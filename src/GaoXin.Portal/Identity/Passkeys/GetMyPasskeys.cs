using System.Buffers.Text;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Identity;

/// <summary>The passkeys of the signed-in account, oldest first.</summary>
[ForSignedIn]
public sealed record GetMyPasskeys : IQuery<IReadOnlyList<PasskeyShown>>;

/// <summary>One passkey.</summary>
/// <param name="Id">Its id, as text for a form.</param>
/// <param name="Name">What the person calls the device.</param>
/// <param name="AddedAt">When it was added.</param>
public sealed record PasskeyShown(string Id, string Name, DateTimeOffset AddedAt);

internal sealed class GetMyPasskeysHandler(PortalDbContext db, ICurrentUser user) : IRequestHandler<GetMyPasskeys, IReadOnlyList<PasskeyShown>>
{
    public async Task<IReadOnlyList<PasskeyShown>> Handle(GetMyPasskeys request, CancellationToken ct)
    {
        var mine = await db.Passkeys.AsNoTracking().Where(p => p.UserId == user.Id).ToListAsync(ct);
        return [.. mine.OrderBy(p => p.Data.CreatedAt).Select(p => new PasskeyShown(Base64Url.EncodeToString(p.CredentialId), p.Data.Name ?? "通行密钥", p.Data.CreatedAt))];
    }
}

internal static class PasskeyIds
{
    /// <summary>The id behind the text of a form; empty, and so never found, when it is none.</summary>
    public static byte[] Parse(string text) => Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : [];
}
