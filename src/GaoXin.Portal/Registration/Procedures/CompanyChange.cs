using GaoXin.Portal.Catalogue;

namespace GaoXin.Portal.Registration.Procedures;

/// <summary>What a change of registration (变更登记) may be about.</summary>
internal enum ChangeItem
{
    /// <summary>名称.</summary>
    Name,

    /// <summary>住所.</summary>
    Address,

    /// <summary>经营范围.</summary>
    Scope,

    /// <summary>注册资本.</summary>
    Capital,

    /// <summary>法定代表人.</summary>
    Representative,

    /// <summary>股东.</summary>
    Shareholders,
}

/// <summary>
/// A change as filed: which items, and the company with the new values in them. Applied to the register it replaces just these
/// items, whatever else is registered by then.
/// </summary>
internal sealed record CompanyChange
{
    public required IReadOnlyList<ChangeItem> Items { get; init; }

    /// <summary>The day of the resolution; the change is due within 30 days of it (条例 24).</summary>
    public required DateOnly? DecidedOn { get; init; }

    /// <summary>The day a reduction of capital was announced to the creditors.</summary>
    public required DateOnly? AnnouncedOn { get; init; }

    public required CompanySetup Next { get; init; }

    public bool Changes(ChangeItem item) => Items.Contains(item);

    /// <summary>New shares are asked for when capital or shareholders change.</summary>
    public bool AsksShares => Changes(ChangeItem.Capital) || Changes(ChangeItem.Shareholders);

    public static CompanyChange Bind(Answers answers, CompanySetup present, DateOnly appliedOn)
    {
        var items = Chosen(answers[ProcedureFields.Items]);
        var filed = new CompanyChange
        {
            Items = items,
            DecidedOn = Day(answers[ProcedureFields.DecidedOn]),
            AnnouncedOn = Day(answers[ProcedureFields.AnnouncedOn]),
            Next = present with
            {
                Name = SetupFields.Name(answers, SetupFields.Form),
                Premises = Premises.Bind(answers),
                ScopeCodes = answers[SetupFields.Scope],
                Capital = answers[SetupFields.Capital],
                Shareholders = CompanySetup.ShareholdersOf(answers),
                Officers = WithRepresentative(answers, present.Officers),
            },
        };
        return filed with { Next = filed.On(present) with { AppliedOn = appliedOn } };
    }

    /// <summary>The company with the changed items replaced and everything else as it is.</summary>
    public CompanySetup On(CompanySetup present) => present with
    {
        Name = Changes(ChangeItem.Name) ? Next.Name : present.Name,
        Premises = Changes(ChangeItem.Address) ? Next.Premises : present.Premises,
        ScopeCodes = Changes(ChangeItem.Scope) ? Next.ScopeCodes : present.ScopeCodes,
        Capital = Changes(ChangeItem.Capital) ? Next.Capital : present.Capital,
        Shareholders = AsksShares ? Next.Shareholders : present.Shareholders,
        Officers = Changes(ChangeItem.Representative) ? Next.Officers : present.Officers,
        LostChoices = [],
    };

    /// <summary>True when less capital is registered than before (减资).</summary>
    public bool Reduces(CompanySetup present) => Changes(ChangeItem.Capital) && Next.CapitalAmount > 0 && Next.CapitalAmount < present.CapitalAmount;

    /// <summary>
    /// Shareholders whose share is new, gone or different: each of them signs, those who leave too (公司法 86, 228). A change of the
    /// capital alone may leave a share as it is.
    /// </summary>
    public IReadOnlyList<Shareholder> Touched(CompanySetup present) => !AsksShares
        ? []
        : [.. Next.Shareholders.Where(s => !present.Shareholders.Any(p => SameShare(p, s))),
            .. present.Shareholders.Where(p => Next.Shareholders.All(s => s.Identity != p.Identity))];

    /// <summary>The row says what is registered already, so its day to pay in may be past.</summary>
    public static bool SameShare(Shareholder one, Shareholder other) =>
        one.Identity == other.Identity && one.Amount == other.Amount && one.DueDate == other.DueDate;

    private static IReadOnlyList<ChangeItem> Chosen(string? items) =>
        [.. (items ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ItemOf).OfType<ChangeItem>().Distinct()];

    private static ChangeItem? ItemOf(string code) => code switch
    {
        "name" => ChangeItem.Name,
        "address" => ChangeItem.Address,
        "scope" => ChangeItem.Scope,
        "capital" => ChangeItem.Capital,
        "legal-rep" => ChangeItem.Representative,
        "shareholders" => ChangeItem.Shareholders,
        _ => null,
    };

    /// <summary>The new legal representative takes over the post by which he is one: director or manager (公司法 10).</summary>
    private static IReadOnlyList<Officer> WithRepresentative(Answers answers, IReadOnlyList<Officer> present)
    {
        var post = answers[ProcedureFields.RepresentativePosition] == "manager" ? Post.Manager : Post.Director;
        var person = new Officer(Post.LegalRepresentative, "legalRep.", answers[ProcedureFields.RepresentativeName]?.Trim() ?? "",
            answers[ProcedureFields.RepresentativeNumber], answers[ProcedureFields.RepresentativePhone]);
        return [person, person with { Post = post, IsChosen = true }, .. present.Where(o => o.Post != Post.LegalRepresentative && o.Post != post)];
    }

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day) ? day : null;
}
