using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Identity;

/// <summary>
/// The legal representative authorises an agent （经办人） for one enterprise, by phone and ID number; it works once the
/// agent accepts on his own account. At most one year. The answer never tells whether the agent has an account.
/// Refused: <c>identity.not-legal-representative</c>, <c>identity.agent-is-yourself</c>,
/// <c>identity.agent-already-authorised</c>.
/// </summary>
[ForCitizens]
public sealed record AuthoriseAgent : ICommand<Guid>
{
    /// <summary>The enterprise.</summary>
    public Guid EnterpriseId { get; init; }

    /// <summary>The agent's name, shown to the legal representative only.</summary>
    public string Name { get; init; } = "";

    /// <summary>The agent's mobile number.</summary>
    public string Phone { get; init; } = "";

    /// <summary>The agent's resident ID number.</summary>
    public string IdNumber { get; init; } = "";

    /// <summary>Codes of the services in scope; empty means all.</summary>
    public IReadOnlyList<string> Services { get; init; } = new List<string>(); // A form adds to it: an empty array would stay empty.

    /// <summary>The last day the authorisation counts.</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>Without personal data, so that a log line never holds it.</summary>
    public override string ToString() => $"{nameof(AuthoriseAgent)} for {EnterpriseId}";
}

internal sealed class AuthoriseAgentValidator : AbstractValidator<AuthoriseAgent>
{
    public AuthoriseAgentValidator(TimeProvider clock)
    {
        RuleFor(r => r.Name).NotEmpty().WithMessage("请填经办人的姓名，和身份证上一样。").MaximumLength(50).WithMessage("姓名最多 50 个字。");
        RuleFor(r => r.Phone).Must(p => MobileNumber.TryParse(p, out _)).WithMessage(RequestSignInCodeValidator.PhoneMessage);
        RuleFor(r => r.IdNumber).Must(n => ResidentId.TryParse(n, out _)).WithMessage(r => ResidentId.Explain(r.IdNumber) + "。");
        RuleFor(r => r.ValidTo).NotNull().WithMessage("请填授权到哪一天，比如 2027年6月30日。");
        RuleFor(r => r.ValidTo).Must(d => d is null || (d >= clock.Today() && d <= clock.Today().AddYears(1)))
            .WithMessage("授权最长 1 年，请填从今天起一年之内的日期。");
        RuleForEach(r => r.Services).NotEmpty().MaximumLength(64);
    }
}

internal sealed class AuthoriseAgentHandler(PortalDbContext db, PersonalDataCipher cipher, ICurrentUser user, TimeProvider clock)
    : IRequestHandler<AuthoriseAgent, Guid>
{
    public async Task<Guid> Handle(AuthoriseAgent request, CancellationToken ct)
    {
        // The row lock makes two authorisations of one person queue, so the second sees the first.
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM identity.enterprises WHERE id = {request.EnterpriseId} FOR UPDATE", ct);
        var enterprise = await db.LedBy(user.Id).AsNoTracking().SingleOrDefaultAsync(e => e.Id == request.EnterpriseId, ct)
            ?? throw new RefusedException(IdentityRefusals.NotLegalRepresentative());
        ResidentId.TryParse(request.IdNumber, out var person);
        MobileNumber.TryParse(request.Phone, out var phone);
        var hash = cipher.Hash(person.Number, PortalUser.IdNumberKind);
        if (hash.AsSpan().SequenceEqual(enterprise.LegalRepresentativeHash))
            throw new RefusedException(IdentityRefusals.AgentIsYourself());
        var (now, today) = (clock.GetUtcNow(), clock.Today());
        if (await db.EnterpriseAgents.AnyAsync(a => a.EnterpriseId == enterprise.Id && a.IdNumberHash == hash && a.RevokedAt == null && a.ValidTo >= today, ct))
            throw new RefusedException(IdentityRefusals.AgentAlreadyAuthorised());
        var agent = new EnterpriseAgent
        {
            EnterpriseId = enterprise.Id,
            PhoneHash = cipher.Hash(phone.Digits, PortalUser.PhoneKind),
            IdNumberHash = hash,
            NameSecret = cipher.Protect(request.Name.Trim(), EnterpriseAgent.NamePurpose),
            Services = request.Services.Count == 0 ? null : [.. request.Services.Distinct()],
            ValidFrom = today,
            ValidTo = request.ValidTo!.Value,
            GrantedBy = user.Id,
            GrantedAt = now,
        };
        db.Add(agent);
        return agent.Id;
    }
}
