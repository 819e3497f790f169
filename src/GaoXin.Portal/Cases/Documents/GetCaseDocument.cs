using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases;

/// <summary>
/// A generated material as its applicant or a signatory of the case reads it, in full: it is what they sign. Before the
/// submission it shows the draft as it stands now. Not there and not yours look alike.
/// </summary>
[ForCitizens]
public sealed record GetCaseDocument(Guid CaseId, string Code) : IQuery<CaseDocument>;

/// <summary>A generated material of a case, to open.</summary>
public sealed record DocumentLink(string Code, string Title);

/// <summary>A document of a case.</summary>
public sealed record CaseDocument
{
    /// <summary>The case.</summary>
    public required Guid CaseId { get; init; }

    /// <summary>Its number, once submitted.</summary>
    public required string? Number { get; init; }

    /// <summary>The name of the service.</summary>
    public required string ServiceTitle { get; init; }

    /// <summary>The document, with who signed when.</summary>
    public required GeneratedDocument Document { get; init; }

    /// <summary>The keyed hash of the answers it was made from: what the signatures cover (HMAC-SHA-256, hexadecimal).</summary>
    public required string ContentHash { get; init; }

    /// <summary>When these answers were submitted; null while they may still change.</summary>
    public required DateTimeOffset? FrozenAt { get; init; }

    /// <summary>True when personal data is hidden in part.</summary>
    public required bool IsMasked { get; init; }
}

internal sealed class CaseReading(PortalDbContext db, ICurrentUser user, CaseFiles files, IPeople people, Signing signing)
{
    /// <summary>The file of a case that the signed-in person filed or was asked to sign.</summary>
    public async Task<CaseFile> Open(Guid caseId, CancellationToken ct)
    {
        var found = await db.Cases.AsNoTracking().SingleOrDefaultAsync(c => c.Id == caseId, ct).OrNotFound("case");
        if (found.ApplicantId != user.Id && !await IsSignatory(caseId, ct))
            throw new NotFoundException("case");
        return await files.Open(found, ct);
    }

    private async Task<bool> IsSignatory(Guid caseId, CancellationToken ct)
    {
        if (await people.Find(user.Id, ct) is not { IdNumber: { } number })
            return false;
        var me = signing.HashOfPerson(number);
        return await db.Signatures.AnyAsync(s => s.CaseId == caseId && s.PersonHash == me, ct);
    }
}

internal sealed class GetCaseDocumentHandler(CaseReading reading, CaseDocuments documents) : IRequestHandler<GetCaseDocument, CaseDocument>
{
    public async Task<CaseDocument> Handle(GetCaseDocument request, CancellationToken ct) =>
        await documents.Make(await reading.Open(request.CaseId, ct), request.Code, mask: false, ct);
}
