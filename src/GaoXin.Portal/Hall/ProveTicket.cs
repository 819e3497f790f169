using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Hall;

/// <summary>
/// The ticket somebody holds: by the code of its page, or by today's number together with the first characters of the code, which
/// stand on the ticket (评价码). Null when they do not belong together. Whoever asks counts the tries.
/// </summary>
[ForAnyone]
public sealed record ProveTicket(string? Code, string? Number = null) : IQuery<Guid?>
{
    /// <summary>So many characters of the code stand on the ticket: with few tries, nobody finds them.</summary>
    public const int ShortLength = 6;

    /// <summary>The characters that stand on the ticket.</summary>
    public static string ShortOf(string code) => code[..ShortLength];

    /// <summary>The name only.</summary>
    public override string ToString() => nameof(ProveTicket);
}

internal sealed class ProveTicketHandler(PortalDbContext db, TimeProvider clock) : IRequestHandler<ProveTicket, Guid?>
{
    public async Task<Guid?> Handle(ProveTicket request, CancellationToken ct)
    {
        var (today, code) = (clock.Today(), Text.Compact(request.Code).ToLowerInvariant());
        if (request.Number is null)
            return await db.Tickets.Where(t => t.Code == code && t.Day == today).Select(t => (Guid?)t.Id).SingleOrDefaultAsync(ct);
        var number = Text.Compact(request.Number).ToUpperInvariant();
        return code.Length != ProveTicket.ShortLength ? null
            : await db.Tickets.Where(t => t.Day == today && t.Number == number && t.Code.StartsWith(code)).Select(t => (Guid?)t.Id).SingleOrDefaultAsync(ct);
    }
}
