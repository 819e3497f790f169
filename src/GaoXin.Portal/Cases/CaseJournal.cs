using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;

namespace GaoXin.Portal.Cases;

/// <summary>
/// The one door through which a case moves: asks the state table, appends the chained event, and keeps the clock.
/// The case must be locked (LockCase) or new.
/// </summary>
internal sealed class CaseJournal(PortalDbContext db, PersonalDataCipher cipher, ICurrentUser user, TimeProvider clock)
{
    /// <summary>How the applicant is shown in a case's history.</summary>
    public const string Applicant = "申请人";

    /// <summary>How everybody else who has to sign is shown.</summary>
    public const string Signatory = "签名人";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Moves the case and records it. Refuses what the table does not hold.</summary>
    public void Move(Case moved, CaseAction action, object? detail = null)
    {
        moved.Move(action, clock.GetUtcNow());
        Record(moved, action.ToString(), detail);
    }

    /// <summary>Records something that does not move the case: saved, signed, claimed, revealed.</summary>
    public void Record(Case about, string kind, object? detail = null)
    {
        var now = clock.GetUtcNow();
        var entry = new CaseEvent
        {
            CaseId = about.Id,
            Sequence = about.EventCount + 1,
            Kind = kind,
            ActorId = user.Id,
            Actor = user.IsSystem ? "系统" : user.IsStaff ? Masking.Name(user.DisplayName) : user.Id == about.ApplicantId ? Applicant : Signatory,
            At = new DateTimeOffset(now.UtcTicks / 10 * 10, TimeSpan.Zero),
            Detail = detail is null ? "{}" : JsonSerializer.Serialize(detail, Json),
        }.Chain(about.EventHead, cipher);
        about.EventCount = entry.Sequence;
        about.EventHead = entry.Link;
        db.Add(entry);
    }
}
