namespace GaoXin.Portal.Kernel;

/// <summary>One page of a keyset-paged list. <paramref name="Next"/> is an opaque cursor, null on the last page.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
