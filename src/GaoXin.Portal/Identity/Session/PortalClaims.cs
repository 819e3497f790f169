using System.Security.Claims;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Identity;

/// <summary>The claims a session holds. No full name, number or phone is among them.</summary>
public static class PortalClaims
{
    /// <summary><c>citizen</c> or <c>staff</c>.</summary>
    public const string Kind = "kind";

    /// <summary>The value of <see cref="Kind"/> for staff.</summary>
    public const string Staff = "staff";

    /// <summary>The value of <see cref="Kind"/> for citizens.</summary>
    public const string Citizen = "citizen";

    /// <summary>Full for staff, masked for citizens.</summary>
    public const string DisplayName = "display_name";

    /// <summary>The staff member's department code.</summary>
    public const string Department = "department";

    /// <summary>Present when the citizen's real name was verified （实名）.</summary>
    public const string Verified = "verified";

    /// <summary>The id of the session's row.</summary>
    public const string Session = "session";

    /// <summary>When the session ends whatever happens.</summary>
    public const string SessionEnd = "session_end";

    /// <summary>The enterprise acted for.</summary>
    public const string ActingFor = "acting_for";

    /// <summary>Its name, shown on every page.</summary>
    public const string ActingForName = "acting_for_name";
}

/// <summary>Builds a session's claims from the account as it is now; an inactive member of staff gets no roles.</summary>
internal sealed class PortalClaimsFactory(UserManager<PortalUser> users, IOptions<IdentityOptions> options, PortalDbContext db, PersonalDataCipher cipher)
    : UserClaimsPrincipalFactory<PortalUser>(users, options)
{
    private const string Unnamed = "实名前的用户";

    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(PortalUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(PortalClaims.Kind, user.IsStaff ? PortalClaims.Staff : PortalClaims.Citizen));
        if (user.IsStaff)
            await AddStaffClaims(identity, user.Id);
        else
            AddCitizenClaims(identity, user);
        return identity;
    }

    private void AddCitizenClaims(ClaimsIdentity identity, PortalUser user)
    {
        var name = user.NameSecret is null ? null : Masking.Name(cipher.Unprotect(user.NameSecret, PortalUser.NamePurpose));
        var phone = user.PhoneSecret is null ? Unnamed : Masking.Mobile(cipher.Unprotect(user.PhoneSecret, PortalUser.PhonePurpose));
        identity.AddClaim(new Claim(PortalClaims.DisplayName, name ?? phone));
        if (user.RealNameAt is not null)
            identity.AddClaim(new Claim(PortalClaims.Verified, "1"));
    }

    private async Task AddStaffClaims(ClaimsIdentity identity, Guid userId)
    {
        var staff = await db.StaffMembers.AsNoTracking().SingleOrDefaultAsync(s => s.UserId == userId && s.Active);
        if (staff is null)
            return;
        identity.AddClaim(new Claim(PortalClaims.DisplayName, staff.Name));
        identity.AddClaim(new Claim(PortalClaims.Department, staff.DepartmentCode));
        foreach (var role in staff.Roles)
            identity.AddClaim(new Claim(identity.RoleClaimType, role));
    }
}
