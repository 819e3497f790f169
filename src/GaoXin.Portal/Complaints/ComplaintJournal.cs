using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;

namespace GaoXin.Portal.Complaints;

/// <summary>The one door through which a complaint moves: asks the state table, keeps the clocks, appends the event. The complaint must be locked or new.</summary>
internal sealed class ComplaintJournal(PortalDbContext db, Rulebooks rulebooks, ICurrentUser user, TimeProvider clock)
{
    /// <summary>How the citizen is shown in the record.</summary>
    public const string Citizen = "诉求人";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Moves the complaint and records it. Refuses what the table does not hold.</summary>
    public async Task Move(Complaint moved, ComplaintAction action, object? detail, string? told, CancellationToken ct)
    {
        moved.Move(action, await Situation(ct));
        Record(moved, action.ToString(), detail, told);
    }

    /// <summary>Who is asking, now, with the working time in force.</summary>
    public async Task<ComplaintMove> Situation(CancellationToken ct) =>
        new(user.Id, user.DepartmentCode, ComplaintTransitions.ActorsOf(user), clock.GetUtcNow(), await rulebooks.Time(ct));

    /// <summary>Records something, also what does not move the complaint.</summary>
    public void Record(Complaint about, string kind, object? detail = null, string? told = null)
    {
        var entry = new ComplaintEvent
        {
            ComplaintId = about.Id,
            Sequence = ++about.EventCount,
            Kind = kind,
            Round = about.Round,
            State = about.State,
            ActorId = user.IsStaff || user.IsSystem ? user.Id : Guid.Empty,
            Actor = user.IsSystem ? "系统" : user.IsStaff ? Masking.Name(user.DisplayName) : Citizen,
            Unit = user.DepartmentCode,
            At = clock.GetUtcNow(),
            Detail = detail is null ? "{}" : JsonSerializer.Serialize(detail, Json),
            Told = told,
        };
        db.Add(entry);
    }
}
