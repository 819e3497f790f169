namespace GaoXin.Portal.Registration;

/// <summary>What comes of a name.</summary>
public enum NameState
{
    /// <summary>可以用.</summary>
    Free,

    /// <summary>可以用，但和别的名称相近，或含有要核实的词: an officer looks at it.</summary>
    Unsure,

    /// <summary>不能用.</summary>
    Blocked,
}

/// <summary>All that is known about a name: words, characters, the same and the similar ones.</summary>
internal sealed record NameVerdict(FoundName? Same, IReadOnlyList<FoundName> Similar, IReadOnlyList<NameWordHit> Words, bool HasRareCharacters)
{
    /// <summary>An individual business may do without a name.</summary>
    public static NameVerdict WithoutName { get; } = new(null, [], [], false);

    public NameState State => Same is not null || Words.Any(w => w.Forbidden) ? NameState.Blocked
        : Similar.Count > 0 || Words.Count > 0 || HasRareCharacters ? NameState.Unsure
        : NameState.Free;

    /// <summary>Without the name that the entity itself bears until the change: it is no obstacle to the new one.</summary>
    public NameVerdict Besides(string? own) => own is null ? this : this with { Same = Same?.Name == own ? null : Same, Similar = [.. Similar.Where(s => s.Name != own)] };

    public static async Task<NameVerdict> Of(CompanyName name, EntityKind kind, Guid? ownCase, NameVocabulary words, NameRegister register, CancellationToken ct)
    {
        var finding = await register.Look(name, kind, ownCase, ct);
        return new NameVerdict(finding.Same, finding.Similar, NameWords.Find(name, words), !ChineseText.IsCommon(name.TradeName + name.Industry));
    }
}
