using FluentValidation;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases.Counter;

/// <summary>
/// 核对申请人并发验证码: the person in front of the clerk is checked (<see cref="CheckPersonAtCounter"/>), then a code goes to the phone
/// that says what it agrees to; the answer is the code's id. Who has no account gets one only with the right code. Refused, alike for
/// everything that does not fit: <c>counter.not-this-person</c>; the service is not online; codes too often.
/// </summary>
[ForStaff(Roles.WindowClerk)]
public sealed record RequestFillingCode : IOutsideRequest<Guid>
{
    /// <summary>The service.</summary>
    public string ServiceCode { get; init; } = "";

    /// <summary>The applicant's mobile number.</summary>
    public string Phone { get; init; } = "";

    /// <summary>As on the identity card.</summary>
    public string Name { get; init; } = "";

    /// <summary>18 characters.</summary>
    public string IdNumber { get; init; } = "";

    /// <summary>Without personal data, so that a log line never holds it.</summary>
    public override string ToString() => $"{nameof(RequestFillingCode)} {ServiceCode}";
}

/// <summary>The code that was sent, as the clerk's page shows it: the phone masked.</summary>
[ForStaff(Roles.WindowClerk)]
public sealed record GetFillingCode(Guid CodeId) : IQuery<FillingCode>;

/// <summary>A code on its way.</summary>
public sealed record FillingCode(string ServiceCode, string ServiceTitle, string Phone, DateTimeOffset ExpiresAt);

internal sealed class RequestFillingCodeHandler(IMediator mediator) : IRequestHandler<RequestFillingCode, Guid>
{
    public async Task<Guid> Handle(RequestFillingCode request, CancellationToken ct)
    {
        await mediator.Send(new GetFilableService(request.ServiceCode), ct);
        var person = await mediator.Send(new CheckPersonAtCounter { Phone = request.Phone, Name = request.Name, IdNumber = request.IdNumber }, ct)
            ?? throw new RefusedException(CounterRefusals.NotThisPerson());
        return await mediator.Send(new SendFillingCode(request, person), ct);
    }
}

/// <summary>The title of a service that can be filed at the counter.</summary>
[ForStaff(Roles.WindowClerk)]
public sealed record GetFilableService(string ServiceCode) : IQuery<string>;

internal sealed class GetFilableServiceHandler(Drafts drafts) : IRequestHandler<GetFilableService, string>
{
    public async Task<string> Handle(GetFilableService request, CancellationToken ct) => (await drafts.MayBeFiled(request.ServiceCode, ct)).Title;
}

[ForStaff(Roles.WindowClerk)]
internal sealed record SendFillingCode(RequestFillingCode For, PersonAtCounter Person) : ICommand<Guid>
{
    public override string ToString() => nameof(SendFillingCode);
}

internal sealed class SendFillingCodeHandler(CounterCodes codes, CounterHalls halls, Drafts drafts, ICurrentUser user, PersonalDataCipher cipher, TimeProvider clock)
    : IRequestHandler<SendFillingCode, Guid>
{
    public async Task<Guid> Handle(SendFillingCode request, CancellationToken ct)
    {
        var seat = await halls.MustSit(ct);
        var service = await drafts.MayBeFiled(request.For.ServiceCode, ct);
        MobileNumber.TryParse(request.For.Phone, out var phone);
        ResidentId.TryParse(request.For.IdNumber, out var number);
        var now = clock.GetUtcNow();
        var phoneHash = cipher.Hash(phone.Digits, CounterCode.PhoneKind);
        var known = request.Person.AccountId is not null;
        var made = Guid.Empty;
        await codes.Send((id, hash, secret) => new CounterCode
        {
            Id = made = id,
            For = CounterPurpose.Fill,
            ClerkId = user.Id,
            PhoneHash = phoneHash,
            ProtectedPhone = cipher.Protect(phone.Digits, CounterCode.PersonPurpose),
            ApplicantId = request.Person.AccountId,
            ProtectedName = known ? null : cipher.Protect(request.For.Name.Trim(), CounterCode.PersonPurpose),
            ProtectedIdNumber = known ? null : cipher.Protect(number.Number, CounterCode.PersonPurpose),
            RealNameMethod = request.Person.Method,
            ServiceCode = service.Code,
            ServiceTitle = service.Title,
            Place = seat.Words,
            CodeHash = hash,
            ProtectedCode = secret,
            CreatedAt = now,
            ExpiresAt = now + CounterCode.Lifetime,
        }, phoneHash, CounterPurpose.Fill, ct);
        return made;
    }
}

internal sealed class GetFillingCodeHandler(PortalDbContext db, ICurrentUser user, PersonalDataCipher cipher) : IRequestHandler<GetFillingCode, FillingCode>
{
    public async Task<FillingCode> Handle(GetFillingCode request, CancellationToken ct)
    {
        var code = await db.CounterCodes.AsNoTracking().SingleOrDefaultAsync(c => c.Id == request.CodeId && c.ClerkId == user.Id && c.For == CounterPurpose.Fill, ct).OrNotFound("code");
        return new FillingCode(code.ServiceCode, code.ServiceTitle, Masking.Mobile(cipher.Unprotect(code.ProtectedPhone, CounterCode.PersonPurpose)), code.ExpiresAt);
    }
}
