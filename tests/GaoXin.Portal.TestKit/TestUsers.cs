using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.TestKit;

/// <summary>A user as a test wants him. Change details with <c>with</c>.</summary>
public sealed record TestUser : ICurrentUser
{
    /// <inheritdoc />
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public bool IsSignedIn { get; init; } = true;

    /// <inheritdoc />
    public bool IsStaff { get; init; }

    /// <inheritdoc />
    public bool IsSystem => false;

    /// <inheritdoc />
    public string DisplayName { get; init; } = "演*";

    /// <inheritdoc />
    public string? DepartmentCode { get; init; }

    /// <inheritdoc />
    public Guid? ActingForEnterpriseId { get; init; }

    /// <summary>The roles of staff.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <inheritdoc />
    public bool IsInRole(string role) => Roles.Contains(role);

    /// <summary>The same person acting for an enterprise.</summary>
    public TestUser ActingFor(Guid enterpriseId) => this with { ActingForEnterpriseId = enterpriseId };
}

/// <summary>Users for tests: a new one at each call.</summary>
public static class TestUsers
{
    /// <summary>A signed-in citizen without an account row; pass an id when the account exists.</summary>
    public static TestUser Citizen(Guid? id = null) => new() { Id = id ?? Guid.CreateVersion7() };

    /// <summary>A member of staff with these roles, in the demo department.</summary>
    public static TestUser Staff(params string[] roles) =>
        new() { IsStaff = true, DisplayName = "演示工作人员", DepartmentCode = "market-regulation", Roles = roles };

    /// <summary>An officer of a department.</summary>
    public static TestUser Officer(string department = "market-regulation") => Staff(Kernel.Roles.Officer) with { DepartmentCode = department };

    /// <summary>Nobody.</summary>
    public static ICurrentUser Anonymous => AnonymousUser.Instance;

    /// <summary>The portal itself.</summary>
    public static ICurrentUser System => SystemUser.Instance;
}
