using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases.Helping;

/// <summary>The open cases that the signed-in helper follows, newest first, and the helper's own duty. No person is named in the list.</summary>
[ForStaff(Roles.Helper)]
public sealed record GetMyHelps(string? Cursor = null) : IQuery<MyHelps>;

/// <summary>帮办台.</summary>
/// <param name="Duty">The helper's duty; null before the first one.</param>
/// <param name="Lines">The cases.</param>
public sealed record MyHelps(MyDuty? Duty, Page<HelpLine> Lines);

/// <summary>The duty as set.</summary>
public sealed record MyDuty(string Phone, IReadOnlyList<string> Skills, int Capacity, bool OnDuty);

/// <summary>One case that is helped with.</summary>
/// <param name="HelpId">The help.</param>
/// <param name="CaseId">The case.</param>
/// <param name="Number">Its number, once submitted.</param>
/// <param name="ServiceCode">The service, for its guide.</param>
/// <param name="ServiceTitle">Its name.</param>
/// <param name="Subject">The listed name: public or masked.</param>
/// <param name="State">Where it stands.</param>
/// <param name="DueOn">The due day.</param>
/// <param name="AssignedAt">Since when.</param>
/// <param name="Reason">Why.</param>
/// <param name="AgreedUntil">Until when the applicant lets the helper fill in the form; null when not.</param>
public sealed record HelpLine(
    Guid HelpId, Guid CaseId, string? Number, string ServiceCode, string ServiceTitle, string? Subject, CaseState State, DateOnly? DueOn,
    DateTimeOffset AssignedAt, HelpReason Reason, DateTimeOffset? AgreedUntil)
{
    /// <summary>The form is open for changes.</summary>
    public bool IsOpen => State is CaseState.Draft or CaseState.CorrectionRequested;

    /// <summary>The applicant agreed that the helper fills in the form, and it is open.</summary>
    public bool MayFill => IsOpen && AgreedUntil is not null;
}

/// <summary>One case as its helper sees it: where it stands, and what may be done. No answer and no full personal data.</summary>
[ForStaff(Roles.Helper)]
public sealed record GetHelpedCase(Guid CaseId) : IQuery<HelpedCase>;

/// <summary>The case on the helper's desk.</summary>
/// <param name="Line">As in the list.</param>
/// <param name="Members">一件事: the members with where they stand; empty for a single service.</param>
public sealed record HelpedCase(HelpLine Line, IReadOnlyList<HelpedMember> Members);

/// <summary>A member of the bundle.</summary>
public sealed record HelpedMember(string Title, string Department, CaseState State, CaseOutcome? Outcome, DateOnly? DueOn);

/// <summary>
/// 看申请人电话: name and telephone of the applicant who is helped, for ringing. The read is put on record first; the applicant sees it
/// on 我的数据 (个人信息保护法 44, 55).
/// </summary>
[ForStaff(Roles.Helper)]
public sealed record RevealHelpedPerson(Guid CaseId) : ICommand<HelpedPerson>;

/// <summary>The applicant. Never log it.</summary>
public sealed record HelpedPerson(string? Name, string? Phone)
{
    /// <summary>The name of the record only.</summary>
    public override string ToString() => nameof(HelpedPerson);
}

internal sealed class GetMyHelpsHandler(PortalDbContext db, ICurrentUser user, TimeProvider clock) : IRequestHandler<GetMyHelps, MyHelps>
{
    private const int PageSize = 20;

    public async Task<MyHelps> Handle(GetMyHelps request, CancellationToken ct)
    {
        var duty = await db.HelperDuties.AsNoTracking().SingleOrDefaultAsync(d => d.StaffId == user.Id, ct);
        var helps = db.CaseHelps.Where(h => h.HelperId == user.Id && h.EndedAt == null);
        if (Guid.TryParse(request.Cursor, out var after))
            helps = helps.Where(h => h.Id < after);
        var lines = await db.HelpLines(helps.OrderByDescending(h => h.Id).Take(PageSize + 1), clock.GetUtcNow()).ToListAsync(ct);
        return new MyHelps(duty is null ? null : new MyDuty(duty.Phone, duty.Skills, duty.Capacity, duty.OnDuty),
            new Page<HelpLine>([.. lines.Take(PageSize)], lines.Count > PageSize ? lines[PageSize - 1].HelpId.ToString() : null));
    }
}

internal sealed class GetHelpedCaseHandler(PortalDbContext db, ICurrentUser user, TimeProvider clock) : IRequestHandler<GetHelpedCase, HelpedCase>
{
    public async Task<HelpedCase> Handle(GetHelpedCase request, CancellationToken ct)
    {
        var help = db.CaseHelps.Where(h => h.CaseId == request.CaseId && h.HelperId == user.Id && h.EndedAt == null);
        var line = await db.HelpLines(help, clock.GetUtcNow()).SingleOrDefaultAsync(ct).OrNotFound("case");
        var members = await db.Cases.AsNoTracking().Where(c => c.BundleId == request.CaseId).OrderBy(c => c.Id)
            .Select(c => new HelpedMember(c.ServiceTitle, c.Department, c.State, c.Outcome, c.DueOn)).ToListAsync(ct);
        return new HelpedCase(line, members);
    }
}

internal sealed class RevealHelpedPersonHandler(PortalDbContext db, ICurrentUser user, IPeople people, IMediator mediator) : IRequestHandler<RevealHelpedPerson, HelpedPerson>
{
    public async Task<HelpedPerson> Handle(RevealHelpedPerson request, CancellationToken ct)
    {
        var applicant = await db.CaseHelps.Where(h => h.CaseId == request.CaseId && h.HelperId == user.Id && h.EndedAt == null)
            .Join(db.Cases, h => h.CaseId, c => c.Id, (_, c) => (Guid?)c.ApplicantId).SingleOrDefaultAsync(ct) ?? throw new NotFoundException("case");
        await mediator.Send(new RecordPersonalDataRead { SubjectAccountId = applicant, CaseId = request.CaseId, Field = "姓名和手机号", Reason = "帮办员要打电话给您" }, ct);
        var person = await people.Find(applicant, ct).OrNotFound("person");
        return new HelpedPerson(person.Name, person.Phone);
    }
}

internal static class HelpLineQuery
{
    public static IQueryable<HelpLine> HelpLines(this PortalDbContext db, IQueryable<CaseHelp> helps, DateTimeOffset now)
    {
        var consents = db.ConsentsHolding(now);
        return from h in helps.AsNoTracking()
               join c in db.Cases on h.CaseId equals c.Id
               orderby h.Id descending
               select new HelpLine(h.Id, c.Id, c.Number, c.ServiceCode, c.ServiceTitle, c.Subject, c.State, c.DueOn, h.AssignedAt, h.Reason,
                   consents.Where(f => f.CaseId == c.Id && f.StaffId == h.HelperId).Select(f => (DateTimeOffset?)f.ValidUntil).FirstOrDefault());
    }
}
