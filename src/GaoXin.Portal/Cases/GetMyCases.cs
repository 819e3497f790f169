using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases;

/// <summary>The signed-in person's own cases, drafts too, newest first; for the enterprise acted for when there is one.</summary>
[ForCitizens]
public sealed record GetMyCases(string? Cursor = null) : IQuery<Page<MyCase>>;

/// <summary>One of my cases.</summary>
public sealed record MyCase(
    Guid Id, string? Number, string ServiceTitle, string? Subject, CaseState State, CaseOutcome? Outcome, DateOnly? DueOn, DateTimeOffset CreatedAt, DateTimeOffset? SubmittedAt, Guid? LicenceId)
{
    /// <summary>The state in plain words.</summary>
    public string StateText => (State, Outcome) switch
    {
        (CaseState.Closed, CaseOutcome.Refused) => "没有通过",
        (CaseState.Closed, CaseOutcome.NotAccepted) => "这次不能办",
        (CaseState.Closed, CaseOutcome.Lapsed) => "到期没办，已结束",
        _ => CaseTransitions.InPlainWords(State),
    };
}

internal sealed class GetMyCasesHandler(PortalDbContext db, ICurrentUser user) : IRequestHandler<GetMyCases, Page<MyCase>>
{
    private const int PageSize = 20;

    public async Task<Page<MyCase>> Handle(GetMyCases request, CancellationToken ct)
    {
        var own = db.Cases.Where(c => c.ApplicantId == user.Id && c.BundleId == null && (user.ActingForEnterpriseId == null || c.EnterpriseId == user.ActingForEnterpriseId)
            && !(c.State == CaseState.Withdrawn && c.Number == null));
        if (Guid.TryParse(request.Cursor, out var after))
            own = own.Where(c => c.Id < after);
        var items = await own.OrderByDescending(c => c.Id).Take(PageSize + 1)
            .Select(c => new MyCase(c.Id, c.Number, c.ServiceTitle, c.Subject, c.State, c.Outcome, c.DueOn, c.CreatedAt, c.SubmittedAt, c.LicenceId)).ToListAsync(ct);
        return new Page<MyCase>([.. items.Take(PageSize)], items.Count > PageSize ? items[PageSize - 1].Id.ToString() : null);
    }
}
