using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases;

/// <summary>
/// Signatures of a case (电子签名法 13): each covers the hash of the visible answers, so a later change shows. Who signs is
/// told by the keyed hash of the ID number of the signed-in, real-name account: the right link alone signs nothing.
/// </summary>
internal sealed class Signing(PortalDbContext db, IPeople people, PersonalDataCipher cipher)
{
    public const string NamePurpose = "cases.signer-name";
    public const string IdNumberPurpose = "cases.signer-id-number";

    /// <summary>What a signature covers.</summary>
    public string HashOf(CaseFile file) => ContentHash.Of(file.Form.Visible, cipher);

    public byte[] HashOfPerson(string idNumber) => cipher.Hash(idNumber, CasePeopleHash.Kind);

    /// <summary>The hash of the signed-in person, or a refusal when the account has no real name yet.</summary>
    public Task<byte[]> Me(ICurrentUser user, CancellationToken ct) => Me(user.Id, ct);

    /// <summary>The same of an account.</summary>
    public async Task<byte[]> Me(Guid accountId, CancellationToken ct) =>
        await people.Find(accountId, ct) is { IdNumber: { } number } ? HashOfPerson(number) : throw new RefusedException(CaseRefusals.RealNameFirst());

    /// <summary>Everybody who has to sign, with what was signed already.</summary>
    public async Task<IReadOnlyList<SignerView>> Signers(CaseFile file, CancellationToken ct)
    {
        var stored = await db.Cases.AsNoTracking().Where(c => c.Id == file.Case.Id).Select(c => new
        {
            Applicant = db.Set<CasePerson>().Where(p => p.CaseId == c.Id && p.Role == CasePerson.Applicant).Select(p => p.PersonHash).FirstOrDefault(),
            Signatures = db.Set<Signature>().Where(s => s.CaseId == c.Id).ToList(),
        }).SingleAsync(ct);
        var hash = HashOf(file);
        return [.. Wanted(file).Select(w =>
        {
            var person = HashOfPerson(w.IdNumber);
            var signature = stored.Signatures.FirstOrDefault(s => s.PersonHash.AsSpan().SequenceEqual(person));
            var signed = signature?.Covers(hash) ?? false;
            return new SignerView(w.Name, w.Role, person.AsSpan().SequenceEqual(stored.Applicant), signature?.AskedHash == hash, signed, signed ? signature!.SignedAt : null);
        })];
    }

    /// <summary>The signatories by person: one person with several roles signs once.</summary>
    public static IReadOnlyList<Signatory> Wanted(CaseFile file) =>
        [.. file.Handler.Signatories(file.Context()).GroupBy(s => s.IdNumber).Select(g => g.First() with { Role = string.Join("、", g.Select(s => s.Role).Distinct()) })];

    /// <summary>Makes the rows for everybody who has to sign and removes those who need not any more; answers who was newly asked.</summary>
    public async Task<IReadOnlyList<Signatory>> Ask(CaseFile file, DateTimeOffset now, CancellationToken ct)
    {
        var stored = await db.Signatures.Where(s => s.CaseId == file.Case.Id).ToListAsync(ct);
        var hash = HashOf(file);
        var asked = new List<Signatory>();
        foreach (var wanted in Wanted(file))
        {
            var person = HashOfPerson(wanted.IdNumber);
            var signature = stored.FirstOrDefault(s => s.PersonHash.AsSpan().SequenceEqual(person));
            stored.Remove(signature!);
            if (signature is null)
                db.Add(signature = New(file.Case.Id, person, wanted));
            if (signature.AskedHash == hash || signature.Covers(hash))
                continue;
            signature.AskedHash = hash;
            signature.AskedAt = now;
            asked.Add(wanted);
        }

        db.RemoveRange(stored);
        return asked;
    }

    private Signature New(Guid caseId, byte[] person, Signatory wanted) => new()
    {
        CaseId = caseId,
        PersonHash = person,
        ProtectedName = cipher.Protect(wanted.Name, NamePurpose),
        ProtectedIdNumber = cipher.Protect(wanted.IdNumber, IdNumberPurpose),
        Role = wanted.Role,
        AskedHash = "",
    };
}
