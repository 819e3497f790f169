using System.Security.Cryptography;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Complaints;

/// <summary>A pass to one complaint for half an hour: given to who filed it just now, or proved to know number and telephone. It opens nothing else.</summary>
internal sealed class ComplaintPasses(IDataProtectionProvider protection)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("complaints.pass").ToTimeLimitedDataProtector();

    public string Issue(Guid complaintId) => _protector.Protect(complaintId.ToString("N"), Lifetime);

    public Guid? Read(string? pass)
    {
        if (string.IsNullOrEmpty(pass))
            return null;
        try
        {
            return Guid.TryParseExact(_protector.Unprotect(pass), "N", out var id) ? id : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

/// <summary>Finds the citizen's own complaint: by the account, or by a pass. Not there and not yours look alike.</summary>
internal sealed class OwnComplaints(PortalDbContext db, ComplaintPasses passes, ICurrentUser user)
{
    public async Task<Guid> Find(string number, string? pass, CancellationToken ct)
    {
        // A member of staff never speaks as the citizen, also not with a pass.
        if (user.IsStaff)
            throw new NotFoundException("complaint");
        var wanted = ComplaintNumber.Normalise(number) ?? throw new NotFoundException("complaint");
        var found = await db.Complaints.Where(c => c.Number == wanted).Select(c => new { c.Id, c.ReporterId }).SingleOrDefaultAsync(ct)
            ?? throw new NotFoundException("complaint");
        var owns = user.IsSignedIn && found.ReporterId == user.Id;
        return owns || passes.Read(pass) == found.Id ? found.Id : throw new NotFoundException("complaint");
    }

    public async Task<Complaint> Lock(string number, string? pass, CancellationToken ct) =>
        await db.LockComplaint(await Find(number, pass, ct), ct) ?? throw new NotFoundException("complaint");
}
