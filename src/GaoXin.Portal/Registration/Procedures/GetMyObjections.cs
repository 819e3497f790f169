using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Registration.Procedures;

/// <summary>What the signed-in person objected to (异议), the oldest first: a part of 我的数据 (个人信息保护法 45).</summary>
[ForCitizens]
public sealed record GetMyObjections : IQuery<IReadOnlyList<MyObjection>>;

/// <summary>An objection.</summary>
/// <param name="Company">The company of the notice.</param>
/// <param name="CreditCode">统一社会信用代码.</param>
/// <param name="Reason">What the person wrote.</param>
/// <param name="At">When.</param>
public sealed record MyObjection(string Company, string CreditCode, string Reason, DateTimeOffset At);

internal sealed class GetMyObjectionsHandler(PortalDbContext db, ICurrentUser user, PersonalDataCipher cipher) : IRequestHandler<GetMyObjections, IReadOnlyList<MyObjection>>
{
    /// <summary>A copy of one's own data is whole, so it is not cut into pages; the primary key allows one objection a notice.</summary>
    public async Task<IReadOnlyList<MyObjection>> Handle(GetMyObjections request, CancellationToken ct)
    {
        var rows = await (
            from o in db.DeregistrationObjections.AsNoTracking()
            join n in db.DeregistrationNotices on o.NoticeId equals n.Id
            where o.AccountId == user.Id
            orderby o.At, n.Id
            select new { n.Name, n.CreditCode, o.ReasonSecret, o.At }).ToListAsync(ct);
        return [.. rows.Select(r => new MyObjection(r.Name, r.CreditCode, cipher.Unprotect(r.ReasonSecret, DeregistrationObjection.Purpose), r.At))];
    }
}
