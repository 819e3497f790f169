using Microsoft.AspNetCore.Identity;

namespace GaoXin.Portal.Identity;

/// <summary>An account, of a citizen or of staff. Personal data lives in protected columns, never in Identity's own.</summary>
internal sealed class PortalUser : IdentityUser<Guid>
{
    public bool IsStaff { get; init; }
}
