using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Persistence;

/// <summary>
/// <c>database migrate</c>: brings the structure up to date without starting the portal, for deployments. The host
/// does so for every verb that needs the database; this one only says that it is done.
/// </summary>
internal sealed class DatabaseVerb : ICommandLineVerb
{
    public string Name => "database";

    public IReadOnlyList<string> Usage => ["database migrate    bring the structure of the database up to date and load the definitions"];

    public bool NeedsDatabase(string[] arguments) => arguments is ["migrate"];

    public async Task<int> Run(string[] arguments, TextWriter output, CancellationToken ct)
    {
        var known = NeedsDatabase(arguments);
        await output.WriteLineAsync(known ? "The database is up to date." : Usage[0]);
        return known ? 0 : 2;
    }
}
