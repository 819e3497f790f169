using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases.Staff;

/// <summary>
/// 特别程序做完了: the hearing, test or review that <see cref="TakeStep"/> began is over, and the clock goes on. Refused: none is under
/// way (<c>case.no-special-procedure</c>).
/// </summary>
[ForStaff(Roles.Officer, Roles.SeniorOfficer)]
public sealed record EndSpecialProcedure(Guid CaseId) : ICommand;

internal sealed class EndSpecialProcedureHandler(PortalDbContext db, ICurrentUser user, CaseFiles files, CaseJournal journal, CaseClock caseClock) : IRequestHandler<EndSpecialProcedure, Unit>
{
    public async Task<Unit> Handle(EndSpecialProcedure request, CancellationToken ct)
    {
        var worked = await db.LockClaimed(request.CaseId, user, ct);
        var name = await db.SpecialProcedureOf(worked, ct) ?? throw new RefusedException(CaseRefusals.NoSpecialProcedure());
        journal.Record(worked, SpecialProcedures.Ended, new { Step = name });
        await caseClock.Resume(worked, await files.Definition(worked.ServiceCode, worked.ServiceVersion, ct), ct);
        return Unit.Value;
    }
}

/// <summary>特别程序 as pauses of the clock: the reason of the segment names the procedure.</summary>
internal static class SpecialProcedures
{
    /// <summary>The kind of the event.</summary>
    public const string Ended = "SpecialProcedureEnded";

    private const string Prefix = "特别程序：";

    public static string PauseOf(string name) => Prefix + name;

    /// <summary>The procedure that is under way; null when the clock runs, or stands still for another reason.</summary>
    public static string? UnderWay(IEnumerable<ClockSegment> segments) =>
        segments.FirstOrDefault(s => s is { Paused: true, To: null }) is { } pause && pause.Reason.StartsWith(Prefix, StringComparison.Ordinal) ? pause.Reason[Prefix.Length..] : null;

    /// <summary>The same from the database, which is asked only while the clock of a review stands still.</summary>
    public static async Task<string?> SpecialProcedureOf(this PortalDbContext db, Case of, CancellationToken ct) => of is { State: CaseState.InReview, DueOn: null }
        ? UnderWay(await db.ClockSegments.AsNoTracking().Where(s => s.CaseId == of.Id && s.To == null).ToListAsync(ct))
        : null;
}
