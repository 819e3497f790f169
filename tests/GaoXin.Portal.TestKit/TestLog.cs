using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace GaoXin.Portal.TestKit;

/// <summary>Keeps what a host logs, so that a test can look for faults, or for what must never be logged.</summary>
public sealed class TestLog : ILoggerProvider
{
    private readonly ConcurrentQueue<TestLogEntry> _entries = new();

    /// <summary>How many there are.</summary>
    public int Count => _entries.Count;

    /// <summary>In the order logged.</summary>
    public IReadOnlyList<TestLogEntry> Entries => [.. _entries];

    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) => new Writer(this, categoryName);

    /// <inheritdoc />
    public void Dispose()
    {
    }

    private sealed class Writer(TestLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log._entries.Enqueue(new TestLogEntry(category, logLevel, eventId, formatter(state, exception), exception));
    }
}

/// <summary>One line of the log.</summary>
public sealed record TestLogEntry(string Category, LogLevel Level, EventId EventId, string Message, Exception? Exception);
