using System.Globalization;
using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Appointments.Draws;

/// <summary><c>draw verify FILE</c>: holds a published draw again, without a database.</summary>
internal sealed class DrawVerb : ICommandLineVerb
{
    public string Name => "draw";

    public IReadOnlyList<string> Usage => ["draw verify FILE    hold a published draw again and compare"];

    public bool NeedsDatabase(string[] arguments) => false;

    public async Task<int> Run(string[] arguments, TextWriter output, CancellationToken ct)
    {
        if (arguments is not ["verify", var file])
        {
            await output.WriteLineAsync(Usage[0]);
            return 2;
        }

        try
        {
            var proof = DrawProof.Read(await File.ReadAllTextAsync(file, ct));
            var faults = proof.Faults();
            foreach (var fault in faults)
                await output.WriteLineAsync(fault);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{proof.Entries.Count} applications, {proof.Results.Count(r => r.Slot is not null)} places given, {faults.Count} faults"));
            return faults.Count == 0 ? 0 : 1;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            await output.WriteLineAsync(error.Message);
            return 2;
        }
    }
}
