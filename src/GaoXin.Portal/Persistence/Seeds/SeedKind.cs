namespace GaoXin.Portal.Persistence.Seeds;

/// <summary>
/// One kind of definition file under <c>seeds/</c>. A capability registers its kinds with the container
/// (<c>services.AddScoped&lt;ISeedKind, X&gt;()</c>); the loader reads and checks the files of all kinds, then stores them
/// in one transaction.
/// </summary>
internal interface ISeedKind
{
    /// <summary>For example <c>business-scope</c>; its JSON Schema is <c>seeds/schema/business-scope.json</c>.</summary>
    string Name { get; }

    /// <summary>The files, relative to <c>seeds/</c>: <c>reference/business-scope.yaml</c>, or <c>services/*/*.yaml</c>. A star stands for a part of one name.</summary>
    string Pattern { get; }

    /// <summary>Finds what a schema can not see. Runs only when all files fit their schemas; needs no database.</summary>
    void Check(SeedSet seeds, SeedFaults faults);

    /// <summary>Stores through the context, which the loader saves. Answers the number of rows changed: 0 when nothing is new.</summary>
    Task<int> Store(SeedSet seeds, PortalDbContext db, SeedFaults faults, CancellationToken ct);
}

/// <summary>One file: its path from the parent of <c>seeds/</c> and its content.</summary>
internal sealed record SeedFile(string Path, SeedNode Root)
{
    /// <summary>The hash of the canonical content: comments and layout do not count.</summary>
    public string Hash { get; } = SeedNode.HashOf(Root.ToJson());
}

/// <summary>All files that were read, by kind, and what is derived from them once.</summary>
internal sealed class SeedSet(IReadOnlyDictionary<string, IReadOnlyList<SeedFile>> files, IReadOnlyDictionary<string, string> texts, string hash)
{
    private readonly Dictionary<Type, object> _derived = [];

    /// <summary>Identifies the whole folder together with the program that reads it.</summary>
    public string Hash { get; } = hash;

    /// <summary>Other files by path, for example <c>seeds/templates/submitted.liquid</c>.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; } = texts;

    /// <summary>The files of a kind in the order of their paths.</summary>
    public IReadOnlyList<SeedFile> Of(string kind) => files.GetValueOrDefault(kind, []);

    /// <summary>The same set with other files of one kind.</summary>
    public SeedSet With(string kind, IReadOnlyList<SeedFile> other) =>
        new(new Dictionary<string, IReadOnlyList<SeedFile>>(files) { [kind] = other }, Texts, Hash);

    /// <summary>A view built once, for example all elements of the dictionary.</summary>
    public T Once<T>(Func<SeedSet, T> build)
        where T : notnull
    {
        if (!_derived.TryGetValue(typeof(T), out var value))
            _derived[typeof(T)] = value = build(this);
        return (T)value;
    }
}
