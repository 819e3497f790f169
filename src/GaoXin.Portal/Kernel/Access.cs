namespace GaoXin.Portal.Kernel;

/// <summary>Says who may send a request. Every public request carries exactly one of its subclasses; a test checks it.</summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class AccessAttribute : Attribute
{
    /// <summary>True when this user may send the request. Ownership of single records is the handler's question.</summary>
    public abstract bool Admits(ICurrentUser user);
}

/// <summary>Anybody, signed in or not.</summary>
public sealed class ForAnyoneAttribute : AccessAttribute
{
    /// <inheritdoc />
    public override bool Admits(ICurrentUser user) => true;
}

/// <summary>Any signed-in person, citizen or staff.</summary>
public sealed class ForSignedInAttribute : AccessAttribute
{
    /// <inheritdoc />
    public override bool Admits(ICurrentUser user) => user.IsSignedIn;
}

/// <summary>A signed-in citizen (群众), for himself or acting for an enterprise.</summary>
public sealed class ForCitizensAttribute : AccessAttribute
{
    /// <inheritdoc />
    public override bool Admits(ICurrentUser user) => user is { IsSignedIn: true, IsStaff: false };
}

/// <summary>
/// Who fills in a form: a signed-in citizen, or staff who do so for one (帮办员, 窗口人员). For whom is the handler's question: no consent
/// on record, no form.
/// </summary>
public sealed class ForFilersAttribute : AccessAttribute
{
    /// <inheritdoc />
    public override bool Admits(ICurrentUser user) =>
        user.IsSignedIn && (!user.IsStaff || user.IsInRole(Roles.Helper) || user.IsInRole(Roles.WindowClerk));
}

/// <summary>Staff (工作人员) who hold at least one of the roles; any staff when none is named.</summary>
public sealed class ForStaffAttribute(params string[] roles) : AccessAttribute
{
    /// <inheritdoc />
    public override bool Admits(ICurrentUser user) =>
        user is { IsSignedIn: true, IsStaff: true } && (roles.Length == 0 || roles.Any(user.IsInRole));
}

/// <summary>Only the portal's own jobs and event handlers; never a page.</summary>
public sealed class ForSystemAttribute : AccessAttribute
{
    /// <inheritdoc />
    public override bool Admits(ICurrentUser user) => user.IsSystem;
}

/// <summary>Thrown when the current user may not send a request. The web answers 403, or asks to sign in.</summary>
public sealed class AccessDeniedException(string request) : Exception($"Not allowed: {request}");
