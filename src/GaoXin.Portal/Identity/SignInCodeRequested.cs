using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Identity;

/// <summary>
/// A sign-in code waits to be sent. It carries the row's id only: the code and the number stay encrypted in their own
/// row, which is wiped when the message is out, so neither the outbox nor a backup of it ever holds a usable code.
/// </summary>
/// <param name="CodeId">The row in <c>identity.sign_in_codes</c>.</param>
public sealed record SignInCodeRequested(Guid CodeId) : IPublicEvent;

/// <summary>Sends the code after the commit. A code that expired in the queue is not sent any more.</summary>
internal sealed class SendSignInCode(PortalDbContext db, PersonalDataCipher cipher, ISmsGateway sms, TimeProvider clock)
    : IEventHandler<SignInCodeRequested>, ICallsOutside
{
    public async Task Handle(SignInCodeRequested fact, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var code = await db.SignInCodes.AsNoTracking()
            .SingleOrDefaultAsync(c => c.Id == fact.CodeId && c.ClosedAt == null && c.ExpiresAt > now && c.CodeSecret != null, ct);
        if (code is null)
            return;
        var text = $"【高新区政务】登录验证码 {cipher.Unprotect(code.CodeSecret!, SignInCode.Purpose)}，5 分钟内有效。工作人员不会向您要验证码，请不要告诉别人。";
        await sms.Send(new SmsMessage(code.Id, cipher.Unprotect(code.PhoneSecret, PortalUser.PhonePurpose), text), ct);
        await db.SignInCodes.Where(c => c.Id == code.Id).ExecuteUpdateAsync(c => c.SetProperty(x => x.CodeSecret, (byte[]?)null), ct);
    }
}
