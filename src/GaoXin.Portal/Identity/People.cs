using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Identity;

/// <summary>
/// FOR CAPABILITIES ONLY, NEVER FOR PAGES: looks persons up in process, without asking who is signed in. Handlers of
/// other capabilities need it inside citizens' own requests (signatures, notices, prefill). Whoever shows or sends a
/// value answers for the right to do so.
/// </summary>
public interface IPeople
{
    /// <summary>The person behind an account, with full values; null when there is no such account.</summary>
    Task<Person?> Find(Guid accountId, CancellationToken ct);

    /// <summary>The account whose real name was verified with this resident ID number; null when there is none.</summary>
    Task<Guid?> FindAccountByIdNumber(string idNumber, CancellationToken ct);

    /// <summary>The accounts of many verified persons by ID number as it was given; who has none is not in it. One statement.</summary>
    Task<IReadOnlyDictionary<string, Guid>> FindAccountsByIdNumbers(IReadOnlyCollection<string> idNumbers, CancellationToken ct);

    /// <summary>The citizen's account of a mobile number; null when there is none.</summary>
    Task<Guid?> FindAccountByPhone(string phone, CancellationToken ct);

    /// <summary>The staff account with this name for signing in; null when there is none.</summary>
    Task<Guid?> FindStaffAccount(string accountName, CancellationToken ct);

    /// <summary>True when the person may act for the enterprise today for this service: legal representative or agent in scope.</summary>
    Task<bool> MayActFor(Guid accountId, Guid enterpriseId, string? serviceCode, CancellationToken ct);

    /// <summary>The same by the enterprise's credit code; an enterprise that is not known answers like one of somebody else.</summary>
    Task<bool> MayActFor(Guid accountId, string creditCode, string? serviceCode, CancellationToken ct);

    /// <summary>The enterprise somebody acts for; null when there is none. Whoever asks has checked <see cref="MayActFor"/>.</summary>
    Task<ActedFor?> FindEnterprise(Guid enterpriseId, CancellationToken ct);
}

/// <summary>A person with full values. Never log it.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="IsStaff">True for staff.</param>
/// <param name="Name">The real name; null before 实名.</param>
/// <param name="IdNumber">18 characters; null before 实名 and for staff.</param>
/// <param name="Phone">11 digits; null for staff.</param>
public sealed record Person(Guid AccountId, bool IsStaff, string? Name, string? IdNumber, string? Phone)
{
    /// <summary>The id only, so that a log line holds no personal data.</summary>
    public override string ToString() => $"Person {AccountId}";
}

/// <summary>An enterprise as the portal knows it. Public data.</summary>
/// <param name="CreditCode">统一社会信用代码.</param>
/// <param name="Name">The registered name.</param>
public sealed record ActedFor(string CreditCode, string Name);

internal sealed class People(PortalDbContext db, PersonalDataCipher cipher, TimeProvider clock) : IPeople
{
    public async Task<Person?> Find(Guid accountId, CancellationToken ct)
    {
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == accountId, ct);
        if (user is null)
            return null;
        if (!user.IsStaff)
            return new Person(user.Id, false, Open(user.NameSecret, PortalUser.NamePurpose),
                Open(user.IdNumberSecret, PortalUser.IdNumberPurpose), Open(user.PhoneSecret, PortalUser.PhonePurpose));
        var name = await db.StaffMembers.Where(s => s.UserId == accountId).Select(s => s.Name).SingleOrDefaultAsync(ct);
        return new Person(user.Id, true, name, null, null);
    }

    public async Task<Guid?> FindAccountByIdNumber(string idNumber, CancellationToken ct)
    {
        if (!ResidentId.TryParse(idNumber, out var id))
            return null;
        var hash = cipher.Hash(id.Number, PortalUser.IdNumberKind);
        return await db.Users.Where(u => u.IdNumberHash == hash).Select(u => (Guid?)u.Id).SingleOrDefaultAsync(ct);
    }

    public async Task<IReadOnlyDictionary<string, Guid>> FindAccountsByIdNumbers(IReadOnlyCollection<string> idNumbers, CancellationToken ct)
    {
        var numbers = idNumbers.Distinct().Where(n => ResidentId.TryParse(n, out _))
            .ToDictionary(n => n, n => ResidentId.TryParse(n, out var id) ? cipher.Hash(id.Number, PortalUser.IdNumberKind) : []);
        var hashes = numbers.Values.ToList();
        var accounts = await db.Users.Where(u => hashes.Contains(u.IdNumberHash!)).Select(u => new { u.Id, Hash = u.IdNumberHash! }).ToListAsync(ct);
        var byHash = accounts.ToDictionary(a => Convert.ToHexString(a.Hash), a => a.Id);
        return numbers.Where(n => byHash.ContainsKey(Convert.ToHexString(n.Value))).ToDictionary(n => n.Key, n => byHash[Convert.ToHexString(n.Value)]);
    }

    public async Task<Guid?> FindAccountByPhone(string phone, CancellationToken ct)
    {
        if (!MobileNumber.TryParse(phone, out var number))
            return null;
        var hash = cipher.Hash(number.Digits, PortalUser.PhoneKind);
        return await db.Users.Where(u => u.PhoneHash == hash).Select(u => (Guid?)u.Id).SingleOrDefaultAsync(ct);
    }

    public Task<Guid?> FindStaffAccount(string accountName, CancellationToken ct) =>
        db.Users.Where(u => u.IsStaff && u.UserName == accountName).Select(u => (Guid?)u.Id).SingleOrDefaultAsync(ct);

    public Task<bool> MayActFor(Guid accountId, Guid enterpriseId, string? serviceCode, CancellationToken ct) =>
        db.EnterprisesOf(accountId, clock.Today(), serviceCode).AnyAsync(e => e.Id == enterpriseId, ct);

    public Task<bool> MayActFor(Guid accountId, string creditCode, string? serviceCode, CancellationToken ct) =>
        db.EnterprisesOf(accountId, clock.Today(), serviceCode).AnyAsync(e => e.CreditCode == creditCode, ct);

    public Task<ActedFor?> FindEnterprise(Guid enterpriseId, CancellationToken ct) =>
        db.Enterprises.Where(e => e.Id == enterpriseId).Select(e => new ActedFor(e.CreditCode, e.Name)).SingleOrDefaultAsync(ct);

    private string? Open(byte[]? secret, string purpose) => secret is null ? null : cipher.Unprotect(secret, purpose);
}
