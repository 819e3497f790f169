using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Identity;

/// <summary>
/// Checks the person in front of a clerk (窗口核对): an account with this phone must carry this name and ID number; without one the
/// registry of real names is asked. Null when anything does not fit, whatever it is. Nothing is stored but the try, which counts for the
/// clerk, the phone and the ID number: refused <c>identity.too-many-persons</c>, <c>identity.real-name-unavailable</c>.
/// </summary>
[ForStaff(Roles.WindowClerk)]
public sealed record CheckPersonAtCounter : IOutsideRequest<PersonAtCounter?>
{
    /// <summary>The mobile number.</summary>
    public string Phone { get; init; } = "";

    /// <summary>As on the identity card.</summary>
    public string Name { get; init; } = "";

    /// <summary>18 characters.</summary>
    public string IdNumber { get; init; } = "";

    /// <summary>Without personal data, so that a log line never holds it.</summary>
    public override string ToString() => nameof(CheckPersonAtCounter);
}

/// <summary>A person whose phone, name and ID number fit together.</summary>
/// <param name="AccountId">The account; null when there is none with a real name yet.</param>
/// <param name="Method">Which registry answered for the name.</param>
public sealed record PersonAtCounter(Guid? AccountId, string Method);

internal sealed class CheckPersonAtCounterValidator : AbstractValidator<CheckPersonAtCounter>
{
    public CheckPersonAtCounterValidator(TimeProvider clock)
    {
        RuleFor(r => r.Phone).Must(p => MobileNumber.TryParse(p, out _)).WithMessage(RequestSignInCodeValidator.PhoneMessage);
        RuleFor(r => r.Name).RealName();
        RuleFor(r => r.IdNumber).ResidentIdNumber(clock);
    }
}

internal sealed class CheckPersonAtCounterHandler(PortalDbContext db, PersonalDataCipher cipher, IRealNameRegistry registry, IMediator mediator)
    : IRequestHandler<CheckPersonAtCounter, PersonAtCounter?>
{
    public async Task<PersonAtCounter?> Handle(CheckPersonAtCounter request, CancellationToken ct)
    {
        MobileNumber.TryParse(request.Phone, out var phone);
        ResidentId.TryParse(request.IdNumber, out var id);
        await mediator.Send(new CountPersonAtCounter(phone.Digits, id.Number, Right: false), ct);
        var found = await Find(phone, request.Name.Trim(), id, ct);
        if (found is not null)
            await mediator.Send(new CountPersonAtCounter(phone.Digits, id.Number, Right: true), ct);
        return found;
    }

    private async Task<PersonAtCounter?> Find(MobileNumber phone, string name, ResidentId id, CancellationToken ct)
    {
        var (phoneHash, idHash) = (cipher.Hash(phone.Digits, PortalUser.PhoneKind), cipher.Hash(id.Number, PortalUser.IdNumberKind));
        var accounts = await db.Users.AsNoTracking().Where(u => u.PhoneHash == phoneHash || u.IdNumberHash == idHash).ToListAsync(ct);
        if (accounts.Find(a => a.RealNameAt is not null) is { } verified)
        {
            var fits = accounts.Count == 1 && verified.Carries(phoneHash, idHash) && cipher.Unprotect(verified.NameSecret!, PortalUser.NamePurpose) == name;
            return fits ? new PersonAtCounter(verified.Id, verified.RealNameMethod ?? "") : null;
        }

        var answer = await registry.Ask(name, id, ct);
        return answer.Matches ? new PersonAtCounter(null, answer.Method) : null;
    }
}

/// <summary>Counts a try, or gives it back when all was right; in a transaction of its own, so that what follows does not undo it.</summary>
[ForStaff(Roles.WindowClerk)]
internal sealed record CountPersonAtCounter(string Phone, string IdNumber, bool Right) : ICommand
{
    public override string ToString() => nameof(CountPersonAtCounter);
}

internal sealed class CountPersonAtCounterHandler(Pacing pacing, ICurrentUser user) : IRequestHandler<CountPersonAtCounter, Unit>
{
    private static readonly PaceRule OfClerk = new("counter-clerk", TimeSpan.Zero, TimeSpan.FromHours(1), 20);
    private static readonly PaceRule OfPhone = new("counter-phone", TimeSpan.Zero, TimeSpan.FromDays(1), 5);
    private static readonly PaceRule OfPerson = new("counter-person", TimeSpan.Zero, TimeSpan.FromDays(1), 5);

    public async Task<Unit> Handle(CountPersonAtCounter request, CancellationToken ct)
    {
        foreach (var (rule, who) in new[] { (OfClerk, user.Id.ToString("N")), (OfPhone, request.Phone), (OfPerson, request.IdNumber) })
        {
            if (request.Right)
                await pacing.GiveBack(rule, who, ct);
            else if (!await pacing.Take(rule, who, ct))
                throw new RefusedException(IdentityRefusals.TooManyPersons());
        }

        return Unit.Value;
    }
}
