using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Identity;

/// <summary>
/// Makes an enterprise known so that persons can act for it. Repeatable: the credit code decides, a second call brings
/// name, legal representative and state up to date. The answer is the enterprise's id.
/// </summary>
[ForSystem]
public sealed record RegisterEnterprise : ICommand<Guid>
{
    /// <summary>统一社会信用代码.</summary>
    public string CreditCode { get; init; } = "";

    /// <summary>The registered name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The resident ID number of the legal representative （法定代表人， 经营者 of an individual business）. Kept as a hash.</summary>
    public string LegalRepresentativeIdNumber { get; init; } = "";

    /// <summary>False when the enterprise was deregistered or its licence revoked: nobody acts for it any more.</summary>
    public bool Active { get; init; } = true;

    /// <summary>Without the ID number, so that a log line never holds it.</summary>
    public override string ToString() => $"{nameof(RegisterEnterprise)} {CreditCode}";
}

internal sealed class RegisterEnterpriseValidator : AbstractValidator<RegisterEnterprise>
{
    public RegisterEnterpriseValidator()
    {
        RuleFor(r => r.CreditCode).Must(c => Kernel.CreditCode.TryParse(c, out _));
        RuleFor(r => r.Name).NotEmpty().MaximumLength(200);
        RuleFor(r => r.LegalRepresentativeIdNumber).Must(n => ResidentId.TryParse(n, out _));
    }
}

internal sealed class RegisterEnterpriseHandler(PortalDbContext db, PersonalDataCipher cipher, TimeProvider clock)
    : IRequestHandler<RegisterEnterprise, Guid>
{
    public async Task<Guid> Handle(RegisterEnterprise request, CancellationToken ct)
    {
        CreditCode.TryParse(request.CreditCode, out var code);
        ResidentId.TryParse(request.LegalRepresentativeIdNumber, out var person);
        var hash = cipher.Hash(person.Number, PortalUser.IdNumberKind);
        var (id, now) = (Guid.CreateVersion7(), clock.GetUtcNow());
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO identity.enterprises (id, credit_code, name, legal_representative_hash, active, created_at)
            VALUES ({id}, {code.Code}, {request.Name}, {hash}, {request.Active}, {now})
            ON CONFLICT (credit_code) DO UPDATE SET name = excluded.name, active = excluded.active,
                legal_representative_hash = excluded.legal_representative_hash
            """, ct);
        return await db.Enterprises.Where(e => e.CreditCode == code.Code).Select(e => e.Id).SingleAsync(ct);
    }
}
