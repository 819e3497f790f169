using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace GaoXin.Portal.Persistence;

/// <summary>
/// The operating system account the server runs under. PostgreSQL refuses to run as root, so for root (containers, CI)
/// it is <c>postgres</c> or <c>nobody</c>, and every folder on the way must be open to that account.
/// </summary>
internal sealed record OwnPostgresAccount(int? UserId, int? GroupId)
{
    private const UnixFileMode OthersMayPass = UnixFileMode.OtherExecute;

    /// <summary>The account for a process like this one.</summary>
    public static OwnPostgresAccount ForThisProcess()
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
            return new OwnPostgresAccount(null, null);
        var accounts = File.Exists("/etc/passwd") ? File.ReadLines("/etc/passwd").Select(l => l.Split(':')).Where(f => f.Length > 3).ToList() : [];
        var chosen = accounts.Find(f => f[0] == "postgres") ?? accounts.Find(f => f[0] == "nobody");
        return chosen is null ? new OwnPostgresAccount(65534, 65534) : new OwnPostgresAccount(int.Parse(chosen[2]), int.Parse(chosen[3]));
    }

    /// <summary>True when the server's account can get to the folder.</summary>
    public bool CanReach(string folder)
    {
        if (UserId is null || OperatingSystem.IsWindows())
            return true;
        for (var part = new DirectoryInfo(folder); part is not null; part = part.Parent)
        {
            if (part.Exists && !part.UnixFileMode.HasFlag(OthersMayPass))
                return false;
        }

        return true;
    }

    /// <summary>The folder itself, or one in the system's temporary folder when the account could not get there (/root is closed).</summary>
    public string Reachable(string folder)
    {
        if (CanReach(folder))
            return folder;
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..12];
        return Path.Combine(Path.GetTempPath(), "gaoxin-portal-" + key);
    }

    /// <summary>Gives a file or folder to the server's account.</summary>
    public async Task OwnAsync(string path, CancellationToken ct)
    {
        if (UserId is not null)
            await RunProcessAsync("chown", ["-R", $"{UserId}:{GroupId}", path], ct);
    }

    /// <summary>Runs a program of the server under its account and returns what it printed.</summary>
    public async Task<string> RunAsync(string program, IReadOnlyList<string> arguments, string workingFolder, CancellationToken ct)
    {
        if (UserId is null)
            return await RunProcessAsync(program, arguments, ct, workingFolder);
        string[] prefix = [$"--reuid={UserId}", $"--regid={GroupId}", "--clear-groups", program];
        return await RunProcessAsync("setpriv", [.. prefix, .. arguments], ct, workingFolder);
    }

    private static async Task<string> RunProcessAsync(string program, IReadOnlyList<string> arguments, CancellationToken ct, string? workingFolder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingFolder ?? "",
        };
        start.Environment["LC_ALL"] = "C";
        using var process = StartProcess(start);
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var errors = process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        var text = (await output + await errors).Trim();
        return process.ExitCode == 0 ? text : throw new InvalidOperationException($"{Path.GetFileName(program)} failed with {process.ExitCode}: {text}");
    }

    private static Process StartProcess(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw new InvalidOperationException($"Can not run {start.FileName}: {error.Message}", error);
        }
    }
}
