using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Enterprise;

/// <summary>
/// 当首席服务官: lists an enterprise, or takes one that is listed; the enterprise sees name and telephone on its own page. Refused: an
/// enterprise that has somebody else, a code that is listed under another name.
/// </summary>
[ForStaff(Roles.ServiceOfficer)]
public sealed record TakeFirm : ICommand<Guid>
{
    /// <summary>统一社会信用代码.</summary>
    public string? CreditCode { get; init; }

    /// <summary>企业名称.</summary>
    public string? Name { get; init; }

    /// <summary>The officer's telephone at work: a mobile number.</summary>
    public string? Phone { get; init; }

    /// <summary>白名单; only when it is listed now.</summary>
    public bool WhiteListed { get; init; }
}

/// <summary>交出: the enterprise waits for another 首席服务官. By the officer, or by a supervisor.</summary>
[ForStaff(Roles.ServiceOfficer, Roles.ComplaintSupervisor)]
public sealed record ReleaseFirm(Guid Id) : ICommand;

internal sealed class TakeFirmValidator : AbstractValidator<TakeFirm>
{
    public TakeFirmValidator()
    {
        RuleFor(c => c.CreditCode).Must(c => CreditCode.TryParse(c, out _)).WithMessage("统一社会信用代码不对，可能抄错了一位。");
        RuleFor(c => c.Name).NotEmpty().WithMessage("请写企业名称，和营业执照上一样。").MaximumLength(200).WithMessage("企业名称最多写 200 个字。");
        RuleFor(c => c.Phone).Must(p => MobileNumber.TryParse(p, out _)).WithMessage("请填您的 11 位工作手机号，企业看得到。");
    }
}

internal sealed class TakeFirmHandler(PortalDbContext db, PersonalDataCipher cipher, ICurrentUser user, TimeProvider clock) : IRequestHandler<TakeFirm, Guid>
{
    public async Task<Guid> Handle(TakeFirm request, CancellationToken ct)
    {
        CreditCode.TryParse(request.CreditCode, out var code);
        MobileNumber.TryParse(request.Phone, out var phone);
        var (id, name, now) = (Guid.CreateVersion7(), request.Name!.Trim(), clock.GetUtcNow());
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO enterprise.firms (id, credit_code, name, white_listed, listed_at) VALUES ({id}, {code.Code}, {name}, {request.WhiteListed}, {now})
            ON CONFLICT (credit_code) DO NOTHING
            """, ct);
        var firm = await db.Firms.FromSql($"SELECT * FROM enterprise.firms WHERE credit_code = {code.Code} FOR UPDATE").SingleAsync(ct);
        if (firm.Name != name)
            throw new RefusedException(EnterpriseRefusals.OtherName(firm.Name));
        firm.Take(user.Id, user.DisplayName, cipher.Protect(phone.Digits, Firm.PhonePurpose), now);
        return firm.Id;
    }
}

internal sealed class ReleaseFirmHandler(ServedFirms firms, ICurrentUser user) : IRequestHandler<ReleaseFirm, Unit>
{
    public async Task<Unit> Handle(ReleaseFirm request, CancellationToken ct)
    {
        (user.IsInRole(Roles.ComplaintSupervisor) ? await firms.Any(request.Id, ct) : await firms.Own(request.Id, ct)).Release();
        return Unit.Value;
    }
}

/// <summary>Enterprises as their 首席服务官 finds them: somebody else's looks like none.</summary>
internal sealed class ServedFirms(PortalDbContext db, ICurrentUser user)
{
    public Task<Firm> Own(Guid id, CancellationToken ct) => db.Firms.SingleOrDefaultAsync(f => f.Id == id && f.OfficerId == user.Id, ct).OrNotFound("firm");

    public Task<Firm> Any(Guid id, CancellationToken ct) => db.Firms.SingleOrDefaultAsync(f => f.Id == id, ct).OrNotFound("firm");

    public bool SeesAll => user.IsInRole(Roles.ComplaintSupervisor) || user.IsInRole(Roles.ZoneLeader);

    public Task<Firm> Seen(Guid id, CancellationToken ct) => SeesAll ? Any(id, ct) : Own(id, ct);
}
