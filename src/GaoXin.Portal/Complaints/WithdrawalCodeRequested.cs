using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Complaints;

/// <summary>
/// Number and withdrawal code (撤回码) of a recorded complaint wait to be sent to the telephone that was left. The row's id only: the code stays
/// encrypted beside the complaint and is wiped when the message is out, so that no clerk, outbox or later backup holds it.
/// </summary>
public sealed record WithdrawalCodeRequested(Guid ComplaintId) : IPublicEvent;

internal sealed class SendWithdrawalCode(PortalDbContext db, PersonalDataCipher cipher, ISmsGateway sms) : IEventHandler<WithdrawalCodeRequested>, ICallsOutside
{
    public async Task Handle(WithdrawalCodeRequested fact, CancellationToken ct)
    {
        var filed = await db.Complaints.AsNoTracking().Where(c => c.Id == fact.ComplaintId && c.CodeSecret != null && c.ProtectedPhone != null)
            .Select(c => new { c.Id, c.Number, c.CodeSecret, c.ProtectedPhone }).SingleOrDefaultAsync(ct);
        if (filed is null)
            return;
        var code = WithdrawalCode.Display(cipher.Unprotect(filed.CodeSecret!, Complaint.CodePurpose));
        var text = $"【高新区政务】诉求 {ComplaintNumber.Display(filed.Number)} 已收下，撤回码 {code}，撤回时要用。工作人员不会要，请别告诉别人。";
        await sms.Send(new SmsMessage(filed.Id, cipher.Unprotect(filed.ProtectedPhone!, Complaint.PhonePurpose), text), ct);
        await db.Complaints.Where(c => c.Id == filed.Id).ExecuteUpdateAsync(c => c.SetProperty(x => x.CodeSecret, (byte[]?)null), ct);
    }
}
