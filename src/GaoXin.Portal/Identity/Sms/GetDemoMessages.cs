using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Identity;

/// <summary>The newest 50 messages of the SMS simulator. Not found outside demo mode.</summary>
[ForAnyone]
public sealed record GetDemoMessages : IQuery<IReadOnlyList<DemoMessageShown>>;

/// <summary>A simulated message; the number is masked.</summary>
public sealed record DemoMessageShown(Guid Id, string Phone, string Text, DateTimeOffset SentAt);

internal sealed class GetDemoMessagesHandler(PortalDbContext db, PersonalDataCipher cipher, IOptions<PortalOptions> options)
    : IRequestHandler<GetDemoMessages, IReadOnlyList<DemoMessageShown>>
{
    private const int Newest = 50;

    public async Task<IReadOnlyList<DemoMessageShown>> Handle(GetDemoMessages request, CancellationToken ct)
    {
        if (!options.Value.DemoMode)
            throw new NotFoundException("demo messages");
        var rows = await db.DemoMessages.AsNoTracking().OrderByDescending(m => m.SentAt).ThenByDescending(m => m.Id).Take(Newest).ToListAsync(ct);
        return [.. rows.Select(m => new DemoMessageShown(
            m.Id,
            Masking.Mobile(cipher.Unprotect(m.PhoneSecret, PortalUser.PhonePurpose)),
            cipher.Unprotect(m.BodySecret, DemoMessage.Purpose),
            m.SentAt))];
    }
}
