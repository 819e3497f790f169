using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Kernel;

/// <summary>What a capability adds to the container besides its handlers and validators. Found by reflection.</summary>
internal interface ICapability
{
    static abstract void Register(IServiceCollection services, IConfiguration configuration);
}

/// <summary>
/// Work before the first request, in ascending <see cref="Order"/>: loading definitions (10), demo accounts (20),
/// demo records (30). It must be repeatable: every instance runs it at every start.
/// </summary>
public interface IBootstrapStep
{
    /// <summary>Lower runs first.</summary>
    int Order { get; }

    /// <summary>Does the work, in a scope of its own that acts as the system user.</summary>
    Task Run(CancellationToken ct);
}

/// <summary>A command of the program, for example <c>-- seeds check</c>. It runs instead of the web server.</summary>
public interface ICommandLineVerb
{
    /// <summary>The first word, for example <c>seeds</c>.</summary>
    string Name { get; }

    /// <summary>One line a verb form, shown by <c>-- help</c>.</summary>
    IReadOnlyList<string> Usage { get; }

    /// <summary>True when the database must be there and migrated first.</summary>
    bool NeedsDatabase(string[] arguments);

    /// <summary>Runs with the words after the name; the answer is the exit code.</summary>
    Task<int> Run(string[] arguments, TextWriter output, CancellationToken ct);
}
