using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Kernel.Files;

/// <summary>Checks a file for malware: an outside system.</summary>
internal interface IFileScanner
{
    /// <summary>True when nothing was found. Throws when the check itself failed.</summary>
    Task<bool> IsClean(byte[] content, CancellationToken ct);
}

/// <summary>Section <c>Portal:ClamAv</c>.</summary>
internal sealed class ClamAvOptions
{
    public const string Section = "Portal:ClamAv";

    public string? Host { get; set; }

    public int Port { get; set; } = 3310;
}

/// <summary>A ClamAV daemon, command INSTREAM over TCP.</summary>
internal sealed class ClamAvScanner(IOptions<ClamAvOptions> options) : IFileScanner
{
    private const int ChunkLength = 64 * 1024;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public async Task<bool> IsClean(byte[] content, CancellationToken ct)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limited.CancelAfter(Limit);
        try
        {
            return await Ask(content, limited.Token);
        }
        catch (Exception error) when (error is SocketException or IOException || (error is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new RefusedException(FileRefusals.ScannerDown());
        }
    }

    private async Task<bool> Ask(byte[] content, CancellationToken ct)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(options.Value.Host!, options.Value.Port, ct);
        await using var stream = client.GetStream();
        await stream.WriteAsync("zINSTREAM\0"u8.ToArray(), ct);
        var length = new byte[4];
        for (var at = 0; at < content.Length; at += ChunkLength)
        {
            var chunk = content.AsMemory(at, Math.Min(ChunkLength, content.Length - at));
            BinaryPrimitives.WriteInt32BigEndian(length, chunk.Length);
            await stream.WriteAsync(length, ct);
            await stream.WriteAsync(chunk, ct);
        }

        await stream.WriteAsync(new byte[4], ct);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var answer = (await reader.ReadToEndAsync(ct)).TrimEnd('\0', '\n');
        return answer.EndsWith("OK", StringComparison.Ordinal)
            || (answer.EndsWith("FOUND", StringComparison.Ordinal) ? false : throw new IOException("Unexpected answer of the scanner."));
    }
}

/// <summary>
/// The local stand-in when no ClamAV is set: knows the EICAR test file and PDFs that run something. It is no virus
/// scanner, and production refuses to start with it.
/// </summary>
internal sealed class PatternScanner : IFileScanner
{
    private static readonly byte[][] Patterns =
        [.. new[] { "EICAR-STANDARD-ANTIVIRUS-TEST-FILE", "/JavaScript", "/Launch", "/EmbeddedFile" }.Select(Encoding.ASCII.GetBytes)];

    public Task<bool> IsClean(byte[] content, CancellationToken ct) =>
        Task.FromResult(Patterns.All(p => content.AsSpan().IndexOf(p) < 0));
}
