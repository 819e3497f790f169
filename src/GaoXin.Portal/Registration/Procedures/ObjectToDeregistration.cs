using FluentValidation;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Notifications;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Registration.Procedures;

/// <summary>
/// Objects to a simple deregistration (异议) while its notice runs, with reasons: creditors, workers, departments, anybody with a real
/// name. It stops the procedure, and the company is told. Refused: the notice runs no more; objected already; no real name.
/// </summary>
[ForSignedIn]
public sealed record ObjectToDeregistration : ICommand
{
    /// <summary>The notice.</summary>
    public Guid NoticeId { get; init; }

    /// <summary>Why, 10 to 500 characters; the company reads it, the public does not.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Without the reason, which is personal.</summary>
    public override string ToString() => $"{nameof(ObjectToDeregistration)} {NoticeId}";
}

internal sealed class ObjectToDeregistrationValidator : AbstractValidator<ObjectToDeregistration>
{
    public ObjectToDeregistrationValidator() =>
        RuleFor(c => c.Reason).Must(r => r?.Trim().Length is >= 10 and <= 500).WithMessage("请写清楚为什么，10 到 500 个字，比如“公司还欠我 2025 年 3 月的货款没有还”");
}

internal sealed class ObjectToDeregistrationHandler(PortalDbContext db, ICurrentUser user, IPeople people, INotices notices, PersonalDataCipher cipher, TimeProvider clock)
    : IRequestHandler<ObjectToDeregistration, Unit>
{
    public async Task<Unit> Handle(ObjectToDeregistration request, CancellationToken ct)
    {
        var notice = await db.DeregistrationNotices.FromSql($"SELECT * FROM registration.deregistration_notices WHERE id = {request.NoticeId} FOR UPDATE")
            .SingleOrDefaultAsync(ct).OrNotFound("notice");
        if (await people.Find(user.Id, ct) is not { Name: not null })
            throw new RefusedException(RegistrationRefusals.RealNameFirst());
        if (await db.DeregistrationObjections.AnyAsync(o => o.NoticeId == notice.Id && o.AccountId == user.Id, ct))
            throw new RefusedException(RegistrationRefusals.ObjectedAlready());
        var now = clock.GetUtcNow();
        if (!notice.TakesObjections(now.Day()))
            throw new RefusedException(RegistrationRefusals.NoticeNotOpen());
        notice.Object(now);
        db.Add(new DeregistrationObjection { NoticeId = notice.Id, AccountId = user.Id, ReasonSecret = cipher.Protect(request.Reason.Trim(), DeregistrationObjection.Purpose), At = now });
        await notices.Send(new SendNotice
        {
            RecipientId = notice.ApplicantId,
            Template = NoticeTemplate.DeregistrationObjected,
            Values = new Dictionary<string, string> { [NoticeToken.Service] = "公司简易注销登记" },
            Link = $"/deregistration-notices/{notice.Id}",
            Key = $"objected:{notice.Id}:{user.Id}",
        }, ct);
        return Unit.Value;
    }
}
