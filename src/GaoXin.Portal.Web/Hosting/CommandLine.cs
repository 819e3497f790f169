using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Web.Hosting;

/// <summary>The verbs of the program: <c>dotnet run --project src/GaoXin.Portal.Web -- help</c> lists them.</summary>
internal static class CommandLine
{
    private const int Misused = 2;

    /// <summary>True when the words ask for a verb and not for the web server. Settings begin with a hyphen.</summary>
    public static bool IsVerb(string[] arguments) => arguments is [var first, ..] && (!first.StartsWith('-') || first is "--help" or "-h");

    /// <summary>The verb that is asked for, or null: help, or unknown.</summary>
    public static ICommandLineVerb? Find(IServiceProvider scope, string[] arguments) =>
        scope.GetServices<ICommandLineVerb>().FirstOrDefault(v => v.Name == arguments[0]);

    /// <summary>Prints the verbs; the answer is the exit code.</summary>
    public static async Task<int> Help(IServiceProvider scope, string[] arguments, TextWriter output)
    {
        var asked = arguments[0] is "help" or "--help" or "-h";
        if (!asked)
            await output.WriteLineAsync($"Unknown: {arguments[0]}");
        await output.WriteLineAsync("Without a verb the web server starts. Verbs:");
        foreach (var line in scope.GetServices<ICommandLineVerb>().SelectMany(v => v.Usage).Order(StringComparer.Ordinal))
            await output.WriteLineAsync("  " + line);
        return asked ? 0 : Misused;
    }
}
