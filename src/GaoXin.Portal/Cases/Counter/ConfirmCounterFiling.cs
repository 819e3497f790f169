using GaoXin.Portal.Cases.Helping;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases.Counter;

/// <summary>
/// 请申请人确认: sends the applicant a code for exactly the content as it is. Refused: something is to mend, somebody else has not signed
/// yet (他们用自己的账号签), nobody asked where the result is fetched, the consent is over, codes too often.
/// </summary>
[ForStaff(Roles.WindowClerk)]
public sealed record RequestSubmittingCode(Guid CaseId) : ICommand;

/// <summary>
/// 申请人确认并提交: with the code the case is submitted in the applicant's name; how it was signed is on record
/// (电子签名法 13). Content that changed after the code was sent voids it. A wrong code is an outcome that stays counted:
/// <c>counter.wrong-code</c>, <c>counter.code-locked</c>, <c>counter.content-changed</c>. What the applicant would be refused is refused here too.
/// </summary>
[ForStaff(Roles.WindowClerk)]
public sealed record ConfirmCounterFiling(Guid CaseId, string? Code) : ICommand<CounterOutcome>
{
    /// <summary>Without the code, so that a log line never holds it.</summary>
    public override string ToString() => $"{nameof(ConfirmCounterFiling)} {CaseId}";
}

internal sealed class RequestSubmittingCodeHandler(
    PortalDbContext db, ICurrentUser user, CounterCodes codes, CounterHalls halls, CaseFiles files, Signing signing, IPeople people, PersonalDataCipher cipher, TimeProvider clock)
    : IRequestHandler<RequestSubmittingCode, Unit>
{
    public async Task<Unit> Handle(RequestSubmittingCode request, CancellationToken ct)
    {
        var (own, filing) = await db.LockCounterFiling(request.CaseId, user, ct);
        var seat = await halls.MustSit(ct);
        var now = clock.GetUtcNow();
        if (own.State != CaseState.Draft)
            throw new RefusedException(CaseRefusals.AlreadySubmitted());
        if (!await db.HasCounterConsent(own.Id, user, now, ct))
            throw new RefusedException(CounterRefusals.ConsentOver());
        if (!filing.IssuingChosen)
            throw new RefusedException(CounterRefusals.ChooseIssuing());
        var file = await files.Open(own, ct);
        await files.MustBeReady(file, ct);
        var missing = (await signing.Signers(file, ct)).Count(s => !s.IsApplicant && !s.Signed);
        if (missing > 0)
            throw new RefusedException(CaseRefusals.SignaturesMissing(missing));
        var phone = (await people.Find(own.ApplicantId, ct))?.Phone ?? throw new NotFoundException("applicant");
        var phoneHash = cipher.Hash(phone, CounterCode.PhoneKind);
        await codes.Send((id, hash, secret) => new CounterCode
        {
            Id = id,
            For = CounterPurpose.Submit,
            ClerkId = user.Id,
            PhoneHash = phoneHash,
            ProtectedPhone = cipher.Protect(phone, CounterCode.PersonPurpose),
            ApplicantId = own.ApplicantId,
            ServiceCode = own.ServiceCode,
            ServiceTitle = own.ServiceTitle,
            Place = seat.Words,
            CaseId = own.Id,
            ContentHash = signing.HashOf(file),
            CodeHash = hash,
            ProtectedCode = secret,
            CreatedAt = now,
            ExpiresAt = now + CounterCode.Lifetime,
        }, phoneHash, CounterPurpose.Submit, ct);
        return Unit.Value;
    }
}

internal sealed class ConfirmCounterFilingHandler(
    PortalDbContext db, ICurrentUser user, CounterCodes codes, CaseFiles files, Signing signing, Submission submission, CaseJournal journal, TimeProvider clock)
    : IRequestHandler<ConfirmCounterFiling, CounterOutcome>
{
    /// <summary>How the applicant signed.</summary>
    public const string Method = "sms-code-at-counter";

    public async Task<CounterOutcome> Handle(ConfirmCounterFiling request, CancellationToken ct)
    {
        var (own, filing) = await db.LockCounterFiling(request.CaseId, user, ct);
        // The second press, or the applicant was quicker on the own phone.
        if (own.State != CaseState.Draft)
            return CounterOutcome.Yes(own.Id);
        var now = clock.GetUtcNow();
        if (!await db.HasCounterConsent(own.Id, user, now, ct))
            throw new RefusedException(CounterRefusals.ConsentOver());
        var code = await db.CounterCodes.AsNoTracking()
            .SingleOrDefaultAsync(c => c.CaseId == own.Id && c.ClerkId == user.Id && c.For == CounterPurpose.Submit && c.ApplicantId == own.ApplicantId && c.ClosedAt == null, ct);
        if (code is null)
            return CounterOutcome.No(CounterRefusals.WrongCode());
        var content = signing.HashOf(await files.Open(own, ct));
        if (code.ContentHash != content)
        {
            await codes.Close(db.CounterCodes.Where(c => c.Id == code.Id), ct);
            return CounterOutcome.No(CounterRefusals.ContentChangedSince());
        }

        if (await codes.Use(code.Id, request.Code ?? "", ct) is { } refusal)
            return CounterOutcome.No(refusal);
        journal.Record(own, CounterEvents.Confirmed, new { Method, ContentHash = content, Code = code.Id });
        await submission.Submit(own, content, Method, ct);
        filing.Confirmed(now);
        await db.EndConsent(own.Id, now, ct);
        return CounterOutcome.Yes(own.Id);
    }
}
