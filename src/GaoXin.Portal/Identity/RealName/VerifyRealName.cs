using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace GaoXin.Portal.Identity;

/// <summary>
/// 实名认证: checks name and resident ID number with the registry and stores them on the signed-in account. One ID number
/// belongs to one account only; 5 tries a day. It asks an outside system, so it runs outside a transaction and sends
/// commands for what it stores. Refused: <c>identity.real-name-done</c>, <c>identity.real-name-mismatch</c>,
/// <c>identity.id-number-taken</c>, <c>identity.too-many-real-name-tries</c>, <c>identity.real-name-unavailable</c>.
/// </summary>
[ForCitizens]
public sealed record VerifyRealName : IOutsideRequest<Unit>
{
    /// <summary>As on the identity card, at most 50 characters, · and rare characters allowed.</summary>
    public string Name { get; init; } = "";

    /// <summary>18 characters; spaces and a lower-case x are accepted.</summary>
    public string IdNumber { get; init; } = "";

    /// <summary>Without personal data, so that a log line never holds it.</summary>
    public override string ToString() => nameof(VerifyRealName);
}

internal sealed class VerifyRealNameValidator : AbstractValidator<VerifyRealName>
{
    public VerifyRealNameValidator(TimeProvider clock)
    {
        RuleFor(r => r.Name).RealName();
        RuleFor(r => r.IdNumber).ResidentIdNumber(clock);
    }
}

/// <summary>What a name and an ID number look like, wherever they are typed.</summary>
internal static class PersonRules
{
    public static void RealName<T>(this IRuleBuilderInitial<T, string> rule) => rule.Cascade(CascadeMode.Stop)
        .Must(n => !string.IsNullOrWhiteSpace(n)).WithMessage("请填姓名，和身份证上一样。")
        .MaximumLength(50).WithMessage("姓名最多 50 个字，请和身份证上一样。")
        .Must(n => n.Trim().All(c => char.IsLetter(c) || char.IsSurrogate(c) || c is '·' or ' ')).WithMessage("姓名里只能有文字和间隔号“·”，请和身份证上一样。");

    public static void ResidentIdNumber<T>(this IRuleBuilderInitial<T, string> rule, TimeProvider clock) => rule.Cascade(CascadeMode.Stop)
        .Must(n => ResidentId.TryParse(n, out _)).WithMessage((_, number) => ResidentId.Explain(number) + "。")
        .Must(n => ResidentId.TryParse(n, out var id) && id.IsPlausibleOn(clock.Today())).WithMessage("身份证号里的出生日期不对，请对照证件再看一遍。");
}

internal sealed class VerifyRealNameHandler(IMediator mediator, IRealNameRegistry registry) : IRequestHandler<VerifyRealName, Unit>
{
    public async Task<Unit> Handle(VerifyRealName request, CancellationToken ct)
    {
        await mediator.Send(new TakeRealNameTry(), ct);
        ResidentId.TryParse(request.IdNumber, out var id);
        var name = request.Name.Trim();
        var answer = await registry.Ask(name, id, ct);
        if (!answer.Matches)
            throw new RefusedException(IdentityRefusals.RealNameMismatch());
        return await mediator.Send(new StoreRealName(name, id, answer.Method), ct);
    }
}

/// <summary>Counts one try, in a transaction of its own so that a refusal later on does not give it back.</summary>
[ForCitizens]
internal sealed record TakeRealNameTry : ICommand;

internal sealed class TakeRealNameTryHandler(PortalDbContext db, Pacing pacing, ICurrentUser user) : IRequestHandler<TakeRealNameTry, Unit>
{
    private static readonly PaceRule FiveADay = new("real-name", TimeSpan.Zero, TimeSpan.FromDays(1), 5);

    public async Task<Unit> Handle(TakeRealNameTry request, CancellationToken ct)
    {
        if (await db.Users.AnyAsync(u => u.Id == user.Id && u.RealNameAt != null, ct))
            throw new RefusedException(IdentityRefusals.RealNameAlreadyDone());
        return await pacing.Take(FiveADay, user.Id.ToString("N"), ct)
            ? Unit.Value
            : throw new RefusedException(IdentityRefusals.TooManyRealNameTries());
    }
}

[ForCitizens]
internal sealed record StoreRealName(string Name, ResidentId IdNumber, string Method) : ICommand
{
    public override string ToString() => nameof(StoreRealName);
}

internal sealed class StoreRealNameHandler(PortalDbContext db, PersonalDataCipher cipher, ICurrentUser user, TimeProvider clock)
    : IRequestHandler<StoreRealName, Unit>
{
    public async Task<Unit> Handle(StoreRealName request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var name = cipher.Protect(request.Name, PortalUser.NamePurpose);
        var number = cipher.Protect(request.IdNumber.Number, PortalUser.IdNumberPurpose);
        var hash = cipher.Hash(request.IdNumber.Number, PortalUser.IdNumberKind);
        var method = request.Method;
        try
        {
            // One statement, so that the unique index answers here and the refusal can name the reason.
            var stored = await db.Users.Where(u => u.Id == user.Id && u.RealNameAt == null).ExecuteUpdateAsync(
                u => u.SetProperty(x => x.NameSecret, name).SetProperty(x => x.IdNumberSecret, number).SetProperty(x => x.IdNumberHash, hash)
                    .SetProperty(x => x.RealNameMethod, method).SetProperty(x => x.RealNameAt, now), ct);
            return stored == 1 ? Unit.Value : throw new RefusedException(IdentityRefusals.RealNameAlreadyDone());
        }
        catch (PostgresException error) when (error.ConstraintName == PortalUserConfiguration.IdNumberIndex)
        {
            throw new RefusedException(IdentityRefusals.IdNumberTaken());
        }
    }
}
