using FluentValidation;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Registration.Procedures;

/// <summary>What a change of an individual business (个体工商户变更登记) may be about.</summary>
internal enum BusinessItem
{
    /// <summary>名称, taken up or given up too.</summary>
    Name,

    /// <summary>经营场所.</summary>
    Address,

    /// <summary>经营范围.</summary>
    Scope,

    /// <summary>经营者.</summary>
    Operator,

    /// <summary>参加经营的家庭成员.</summary>
    Family,
}

/// <summary>A change as filed. Applied to the register it replaces just its items, whatever else is registered by then.</summary>
internal sealed record BusinessChange
{
    public required IReadOnlyList<BusinessItem> Items { get; init; }

    public required IndividualBusinessSetup Next { get; init; }

    public bool Changes(BusinessItem item) => Items.Contains(item);

    public static BusinessChange Bind(Answers answers, IndividualBusinessSetup present, DateOnly appliedOn)
    {
        var filed = new BusinessChange { Items = Chosen(answers[ProcedureFields.BusinessItems]), Next = IndividualBusinessSetup.Bind(answers, appliedOn) };
        return filed with { Next = filed.On(present) with { AppliedOn = appliedOn } };
    }

    /// <summary>The business with the changed items replaced and everything else as it is.</summary>
    public IndividualBusinessSetup On(IndividualBusinessSetup present) => present with
    {
        Name = Changes(BusinessItem.Name) ? Next.Name : present.Name,
        Premises = Changes(BusinessItem.Address) ? Next.Premises : present.Premises,
        ScopeCodes = Changes(BusinessItem.Scope) ? Next.ScopeCodes : present.ScopeCodes,
        Operator = Changes(BusinessItem.Operator) ? Next.Operator : present.Operator,
        Family = Changes(BusinessItem.Family) ? Next.Family : present.Family,
    };

    private static IReadOnlyList<BusinessItem> Chosen(string? items) =>
        [.. (items ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ItemOf).OfType<BusinessItem>().Distinct()];

    private static BusinessItem? ItemOf(string code) => code switch
    {
        "name" => BusinessItem.Name,
        "address" => BusinessItem.Address,
        "scope" => BusinessItem.Scope,
        "operator" => BusinessItem.Operator,
        "family" => BusinessItem.Family,
        _ => null,
    };
}

/// <summary>What must hold of a change: the rules of set-up for what changes, and no rule for what does not.</summary>
internal sealed class BusinessChangeChecks(IndividualBusinessSetupValidator validator, ReferenceFiles files)
{
    private const string Operator = "operator.idNo";

    public IReadOnlyList<FieldProblem> Of(BusinessChange change, IndividualBusinessSetup present) =>
    [
        .. validator.Validate(change.Next).Errors.Where(f => ItemOf(f.PropertyName) is { } item && change.Changes(item))
            .Select(f => new FieldProblem(f.PropertyName, f.ErrorMessage, f.Severity == Severity.Warning)),
        .. Unchanged(change, present),
    ];

    /// <summary>True when the name is new and well formed, so that it is worth looking it up.</summary>
    public bool HasNewName(BusinessChange change, IndividualBusinessSetup present) => change.Changes(BusinessItem.Name) && change.Next.Name is { } name
        && name.Full != present.Name?.Full && CompanyNameRules.Check(name, EntityKind.IndividualBusiness, files.Names).Count == 0;

    private static BusinessItem? ItemOf(string path) =>
        path == SetupFields.BusinessForm || path.StartsWith("company.name.", StringComparison.Ordinal) ? BusinessItem.Name
        : path.StartsWith("company.premises.", StringComparison.Ordinal) ? BusinessItem.Address
        : path == SetupFields.Scope ? BusinessItem.Scope
        : path.StartsWith("operator.", StringComparison.Ordinal) ? BusinessItem.Operator
        : path.Split('/')[0] == SetupFields.Family ? BusinessItem.Family
        : null;

    private static IEnumerable<FieldProblem> Unchanged(BusinessChange change, IndividualBusinessSetup present)
    {
        var next = change.Next;
        if (change.Changes(BusinessItem.Name) && next.Name?.Full == present.Name?.Full)
            yield return Same(next.Name is null ? SetupFields.BusinessNamed : SetupFields.TradeName, "店名");
        if (change.Changes(BusinessItem.Address) && AddressLibrary.KeyOf(next.Premises.Full) == AddressLibrary.KeyOf(present.Premises.Full))
            yield return Same(SetupFields.Address, "经营场所");
        if (change.Changes(BusinessItem.Scope) && next.ScopeCodes == present.ScopeCodes)
            yield return Same(SetupFields.Scope, "经营范围");
        if (change.Changes(BusinessItem.Operator) && next.Operator.Number == present.Operator.Number)
            yield return Same(Operator, "经营者");
        if (change.Changes(BusinessItem.Family) && Numbers(next).SetEquals(Numbers(present)))
            yield return Same(ProcedureFields.Composition, "家庭成员");
    }

    private static HashSet<string> Numbers(IndividualBusinessSetup business) => [.. business.Family.Select(p => p.Number)];

    private static FieldProblem Same(string path, string what) => new(path, $"{what}和登记的一样。请改成新的；不用变的，请在第一步去掉“{what}”");
}
