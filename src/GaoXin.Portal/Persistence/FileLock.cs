namespace GaoXin.Portal.Persistence;

/// <summary>Locks between processes through open files: the operating system gives them back when a process dies.</summary>
internal static class FileLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits for the lock; throws <see cref="TimeoutException"/> when somebody keeps it.</summary>
    public static async Task<FileStream> ExclusiveAsync(string path, TimeSpan timeout, CancellationToken ct)
    {
        var giveUp = Environment.TickCount64 + (long)timeout.TotalMilliseconds;
        while (true)
        {
            if (TryExclusive(path) is { } held)
                return held;
            if (Environment.TickCount64 > giveUp)
                throw new TimeoutException($"Another process keeps {path} locked.");
            await Task.Delay(Pause, ct);
        }
    }

    /// <summary>The lock, or null when somebody holds it, shared or not.</summary>
    public static FileStream? TryExclusive(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    /// <summary>A lock that many may hold at once, each keeping out <see cref="TryExclusive"/>.</summary>
    public static FileStream Shared(string path) => new(path, FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read);
}
