using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases;

/// <summary>
/// Asks all shareholders and the legal representative to sign the answers as they are now, at the same time. Refused while
/// something is to mend. Asking again asks only those whose content changed. A person gets one message an hour about a case,
/// and a case asks ten times an hour at most (<c>case.asked-too-often</c>). The answer is how many were sent a message.
/// </summary>
[ForCitizens]
public sealed record RequestSignatures(Guid CaseId) : ICommand<int>;

/// <summary>
/// Signs the content with this hash in the signed-in person's name. Refused: it changed meanwhile; this person need not
/// sign it.
/// </summary>
[ForCitizens]
public sealed record SignCase(Guid CaseId, string ContentHash) : ICommand;

/// <summary>The requests to sign that wait for the signed-in person.</summary>
[ForCitizens]
public sealed record GetMySignatures : IQuery<IReadOnlyList<SignatureRequest>>;

/// <summary>A request to sign.</summary>
public sealed record SignatureRequest(Guid CaseId, string ServiceTitle, string? Subject, string Role, DateTimeOffset AskedAt, bool Signed);

/// <summary>What a signatory reads before signing: all answers, other people's numbers masked.</summary>
[ForCitizens]
public sealed record GetSignaturePage(Guid CaseId) : IQuery<SignaturePage>;

/// <summary>The page of a signatory: the answers and the documents made from them, what the signature would cover, and whether it is there.</summary>
public sealed record SignaturePage(
    Guid CaseId, string ServiceTitle, string? Subject, string Role, IReadOnlyList<SummarySection> Sections, IReadOnlyList<DocumentLink> Documents,
    string ContentHash, bool Signed, DateTimeOffset? SignedAt);

/// <summary>Somebody was asked to sign a case.</summary>
public sealed record SignatureRequested(Guid CaseId, Guid SignatureId) : IPublicEvent;

internal sealed class RequestSignaturesHandler(PortalDbContext db, ICurrentUser user, CaseFiles files, Signing signing, CaseJournal journal, TimeProvider clock)
    : IRequestHandler<RequestSignatures, int>
{
    private const string Asked = "SignaturesAsked";
    private const int MostAnHour = 10;
    private static readonly TimeSpan BetweenMessages = TimeSpan.FromHours(1);

    public async Task<int> Handle(RequestSignatures request, CancellationToken ct)
    {
        var own = await db.LockOwnCase(request.CaseId, user, ct);
        if (own.State is not (CaseState.Draft or CaseState.CorrectionRequested))
            throw new RefusedException(CaseRefusals.AlreadySubmitted());
        await MustNotBeTooOften(own, ct);
        var file = await files.Open(own, ct);
        await files.MustBeReady(file, ct);
        var asked = await signing.Ask(file, clock.GetUtcNow(), ct);
        own.Rename(file.Handler.Subject(file.Context()));
        await db.SaveChangesAsync(ct);
        var me = await signing.Me(user, ct);
        var others = await db.Signatures.Where(s => s.CaseId == own.Id && s.PersonHash != me).ToListAsync(ct);
        var newly = others.Where(s => asked.Any(a => signing.HashOfPerson(a.IdNumber).AsSpan().SequenceEqual(s.PersonHash))).ToList();
        var told = 0;
        foreach (var signature in newly)
            told += await Tell(signature, ct);
        journal.Record(own, Asked, new { newly.Count });
        return told;
    }

    /// <summary>The request stands at once; the message about it goes out once an hour. One statement decides.</summary>
    private async Task<int> Tell(Signature signature, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var before = now - BetweenMessages;
        var due = await db.Database.ExecuteSqlAsync($"""
            INSERT INTO cases.signature_notices AS n (case_id, person_hash, sent_at) VALUES ({signature.CaseId}, {signature.PersonHash}, {now})
            ON CONFLICT (case_id, person_hash) DO UPDATE SET sent_at = {now} WHERE n.sent_at <= {before}
            """, ct);
        if (due == 1)
            db.Raise(new SignatureRequested(signature.CaseId, signature.Id), now);
        return due;
    }

    private async Task MustNotBeTooOften(Case own, CancellationToken ct)
    {
        var since = clock.GetUtcNow() - TimeSpan.FromHours(1);
        if (await db.CaseEvents.CountAsync(e => e.CaseId == own.Id && e.Kind == Asked && e.At > since, ct) >= MostAnHour)
            throw new RefusedException(CaseRefusals.AskedTooOften());
    }
}

internal sealed class SignCaseHandler(PortalDbContext db, ICurrentUser user, CaseFiles files, Signing signing, CaseJournal journal, TimeProvider clock)
    : IRequestHandler<SignCase, Unit>
{
    public const string Method = "real-name-account";

    public async Task<Unit> Handle(SignCase request, CancellationToken ct)
    {
        var me = await signing.Me(user, ct);
        var signature = await db.Signatures.SingleOrDefaultAsync(s => s.CaseId == request.CaseId && s.PersonHash == me, ct)
            ?? throw new NotFoundException("signature");
        var locked = await db.LockCase(request.CaseId, ct) ?? throw new NotFoundException("case");
        if (locked.State is not (CaseState.Draft or CaseState.CorrectionRequested))
            throw new RefusedException(CaseRefusals.AlreadySubmitted());
        var file = await files.Open(locked, ct);
        var hash = signing.HashOf(file);
        if (hash != request.ContentHash || signature.AskedHash != hash)
            throw new RefusedException(CaseRefusals.ContentChanged());
        if (signature.Covers(hash))
            return Unit.Value;
        signature.Sign(user.Id, hash, Method, clock.GetUtcNow());
        journal.Record(locked, "Signed", new { signature.Role, ContentHash = hash });
        return Unit.Value;
    }
}

internal sealed class GetMySignaturesHandler(PortalDbContext db, ICurrentUser user, IPeople people, Signing signing)
    : IRequestHandler<GetMySignatures, IReadOnlyList<SignatureRequest>>
{
    private const int Most = 100;

    public async Task<IReadOnlyList<SignatureRequest>> Handle(GetMySignatures request, CancellationToken ct)
    {
        if (await people.Find(user.Id, ct) is not { IdNumber: { } number })
            return [];
        var me = signing.HashOfPerson(number);
        return await (
            from s in db.Signatures
            join c in db.Cases on s.CaseId equals c.Id
            where s.PersonHash == me && c.ApplicantId != user.Id && (c.State == CaseState.Draft || c.State == CaseState.CorrectionRequested)
            orderby s.AskedAt descending, s.Id
            select new SignatureRequest(c.Id, c.ServiceTitle, c.Subject, s.Role, s.AskedAt, s.SignedHash == s.AskedHash)).Take(Most).ToListAsync(ct);
    }
}

internal sealed class GetSignaturePageHandler(PortalDbContext db, ICurrentUser user, CaseFiles files, Signing signing)
    : IRequestHandler<GetSignaturePage, SignaturePage>
{
    public async Task<SignaturePage> Handle(GetSignaturePage request, CancellationToken ct)
    {
        var me = await signing.Me(user, ct);
        var signature = await db.Signatures.AsNoTracking().SingleOrDefaultAsync(s => s.CaseId == request.CaseId && s.PersonHash == me, ct)
            .OrNotFound("signature");
        var found = await db.Cases.AsNoTracking().SingleAsync(c => c.Id == request.CaseId, ct);
        var file = await files.Open(found, ct);
        var hash = signing.HashOf(file);
        return new SignaturePage(found.Id, found.ServiceTitle, found.Subject, signature.Role, SummaryOf.Form(file, file.Revision.Origins, mask: true),
            CaseDocuments.Links(file), hash, signature.Covers(hash), signature.Covers(hash) ? signature.SignedAt : null);
    }
}
