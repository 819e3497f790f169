using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.Registration.Procedures;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Registration;

/// <summary>
/// The facts about a set-up that the decision rules read. Names are published for the lint of the rules; a count is a
/// number, a question is a bool.
/// </summary>
internal sealed class SetupFacts(PortalDbContext db, ReferenceFiles files, NameRegister names, IPersonRestrictions restrictions, IPeople people,
    PersonalDataCipher cipher)
{
    public static readonly string[] Common =
    [
        "name.state", "name.exactMatches", "name.forbiddenWords", "name.restrictedWords", "name.similar", "name.warnings",
        "scope.items", "scope.unknownItems", "scope.forbiddenItems", "scope.preApprovalItems", "scope.licensedItems",
        "address.isStandard", "address.isRisk", "address.companiesThere",
        "persons.disqualified", "persons.restrictionsKnown", "persons.verified", "persons.domestic", "capital.amount", "capital.abnormal",
    ];

    public static readonly string[] OfCompany =
    [
        .. Common, "shares.difference", "shares.tooLate", "shareholders.count", "shareholders.allNaturalPersons", "shareholders.representativesKnown",
        "persons.conflictingPosts", "articles.isModel",
    ];

    public static readonly string[] OfIndividualBusiness = [.. Common, "operator.age", "family.count"];

    public static readonly string[] OfChange =
    [
        .. Common, "shares.difference", "shares.tooLate", "shareholders.count", "shareholders.representativesKnown", "change.items", "change.reduction",
    ];

    public static readonly string[] OfBusinessChange = [.. Common.Where(n => !n.StartsWith("capital.", StringComparison.Ordinal)), "operator.age", "change.items"];

    public static readonly string[] OfPremisesFiling = ["premises.added", "premises.notStandard", "premises.risky", "premises.crowded"];

    private const int Crowd = 20;

    /// <summary>The facts of premises that are added to a licence.</summary>
    public async Task<Dictionary<string, object?>> OfPremises(IReadOnlyList<Premises> added, CancellationToken ct)
    {
        var found = new List<Dictionary<string, object?>>();
        foreach (var premises in added)
        {
            var one = new Dictionary<string, object?>();
            await Address(one, premises, ct);
            found.Add(one);
        }

        return new Dictionary<string, object?>
        {
            ["premises.added"] = (decimal)added.Count,
            ["premises.notStandard"] = (decimal)found.Count(f => f["address.isStandard"] is false),
            ["premises.risky"] = (decimal)found.Count(f => f["address.isRisk"] is true),
            ["premises.crowded"] = (decimal)found.Count(f => f["address.companiesThere"] is > (decimal)Crowd),
        };
    }

    /// <summary>The facts of a change: only what changes is looked at, so that a new address is not held up by an old name.</summary>
    public async Task<Dictionary<string, object?>> Of(CompanyChange change, MarketEntity entity, CompanySetup present, Guid caseId, CancellationToken ct)
    {
        var (facts, next) = (new Dictionary<string, object?>(), change.Next);
        await Name(facts, change.Changes(ChangeItem.Name) ? next.Name : null, EntityKind.Company, caseId, ct, present.Name.Full);
        Scope(facts, change.Changes(ChangeItem.Scope) ? string.Join(',', Added(next.ScopeCodes, entity.ScopeCodes)) : null);
        await Address(facts, change.Changes(ChangeItem.Address) ? next.Premises : null, ct);
        await Persons(facts, [.. next.IdNumbers.Except(present.IdNumbers)], next.AppliedOn, ct);
        var touched = change.Touched(present);
        var dueDates = next.Shareholders.Where(touched.Contains).Select(s => s.DueDate).OfType<DateOnly>().ToList();
        facts["capital.amount"] = change.Changes(ChangeItem.Capital) ? next.CapitalAmount : 0m;
        facts["capital.abnormal"] = change.AsksShares && RegisteredCapital.IsAbnormal(next.CapitalAmount, dueDates, next.AppliedOn);
        facts["shares.difference"] = Math.Abs(next.Shareholders.Sum(s => s.Amount) - next.CapitalAmount);
        facts["shares.tooLate"] = (decimal)dueDates.Count(d => d > RegisteredCapital.LatestDueDate(next.AppliedOn));
        facts["shareholders.count"] = change.AsksShares ? next.Shareholders.Count : 0m;
        facts["shareholders.representativesKnown"] = await RepresentativesKnown(touched, ct);
        facts["change.items"] = (decimal)change.Items.Count;
        facts["change.reduction"] = change.Reduces(present);
        return facts;
    }

    /// <summary>The same of an individual business.</summary>
    public async Task<Dictionary<string, object?>> Of(BusinessChange change, MarketEntity entity, IndividualBusinessSetup present, Guid caseId, CancellationToken ct)
    {
        var (facts, next) = (new Dictionary<string, object?>(), change.Next);
        await Name(facts, change.Changes(BusinessItem.Name) ? next.Name : null, EntityKind.IndividualBusiness, caseId, ct, present.Name?.Full);
        Scope(facts, change.Changes(BusinessItem.Scope) ? string.Join(',', Added(next.ScopeCodes, entity.ScopeCodes)) : null);
        await Address(facts, change.Changes(BusinessItem.Address) ? next.Premises : null, ct);
        await Persons(facts, [.. next.IdNumbers.Except(present.IdNumbers)], next.AppliedOn, ct);
        facts["operator.age"] = (decimal?)next.OperatorAge;
        facts["change.items"] = (decimal)change.Items.Count;
        return facts;
    }

    public async Task<Dictionary<string, object?>> Of(CompanySetup setup, Guid caseId, CancellationToken ct)
    {
        var facts = new Dictionary<string, object?>();
        await Name(facts, setup.Name, EntityKind.Company, caseId, ct);
        Scope(facts, setup.ScopeCodes);
        await Address(facts, setup.Premises, ct);
        await Persons(facts, setup.IdNumbers, setup.AppliedOn, ct);
        var dueDates = setup.Shareholders.Select(s => s.DueDate).OfType<DateOnly>().ToList();
        facts["capital.amount"] = setup.CapitalAmount;
        facts["capital.abnormal"] = RegisteredCapital.IsAbnormal(setup.CapitalAmount, dueDates, setup.AppliedOn);
        facts["shares.difference"] = Math.Abs(setup.Shareholders.Sum(s => s.Amount) - setup.CapitalAmount);
        facts["shares.tooLate"] = (decimal)dueDates.Count(d => d > RegisteredCapital.LatestDueDate(setup.AppliedOn));
        facts["shareholders.count"] = (decimal)setup.Shareholders.Count;
        facts["shareholders.allNaturalPersons"] = setup.Shareholders.All(s => s.IsNaturalPerson);
        facts["shareholders.representativesKnown"] = await RepresentativesKnown(setup.Shareholders, ct);
        facts["persons.conflictingPosts"] = (decimal)CompanyOfficers.Conflicts(setup.Officers).Count();
        // The articles are generated from the answers; own articles can not be filed here.
        facts["articles.isModel"] = true;
        return facts;
    }

    public async Task<Dictionary<string, object?>> Of(IndividualBusinessSetup setup, Guid caseId, CancellationToken ct)
    {
        var facts = new Dictionary<string, object?>();
        await Name(facts, setup.Name, EntityKind.IndividualBusiness, caseId, ct);
        Scope(facts, setup.ScopeCodes);
        await Address(facts, setup.Premises, ct);
        await Persons(facts, setup.IdNumbers, setup.AppliedOn, ct);
        var capital = RegisteredCapital.TryParse(setup.Capital, out var amount) ? amount : 0;
        facts["capital.amount"] = capital;
        facts["capital.abnormal"] = RegisteredCapital.IsAbnormal(capital, [], setup.AppliedOn);
        facts["operator.age"] = (decimal?)setup.OperatorAge;
        facts["family.count"] = (decimal)setup.Family.Count;
        return facts;
    }

    /// <summary>
    /// True when the register names the same legal representative for every enterprise among the shareholders. The register
    /// keeps keyed hashes of ID numbers only, so the form asks who it is and this compares.
    /// </summary>
    private async Task<bool> RepresentativesKnown(IReadOnlyList<Shareholder> shareholders, CancellationToken ct)
    {
        var enterprises = shareholders.Where(s => !s.IsNaturalPerson).ToList();
        if (enterprises.Count == 0)
            return true;
        var codes = enterprises.Select(s => s.Identity).OfType<string>().ToList();
        var registered = await db.MarketEntities.Where(e => codes.Contains(e.CreditCode) && e.Status == EntityStatus.Registered)
            .ToDictionaryAsync(e => e.CreditCode, e => e.RepresentativeHash, ct);
        return enterprises.All(s => s is { Identity: { } code, SignatoryNumber: { } number } && registered.TryGetValue(code, out var hash)
            && hash.AsSpan().SequenceEqual(cipher.Hash(number, MarketEntity.RepresentativeKind)));
    }

    private static IEnumerable<string> Added(string? codes, string[] before) =>
        (codes ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Except(before);

    private async Task Name(Dictionary<string, object?> facts, CompanyName? name, EntityKind kind, Guid caseId, CancellationToken ct, string? ownName = null)
    {
        var verdict = name is null ? NameVerdict.WithoutName : (await NameVerdict.Of(name, kind, caseId, files.Names, names, ct)).Besides(ownName);
        facts["name.state"] = verdict.State.ToString();
        facts["name.exactMatches"] = verdict.Same is null ? 0m : 1m;
        facts["name.forbiddenWords"] = (decimal)verdict.Words.Count(w => w.Forbidden);
        facts["name.restrictedWords"] = (decimal)verdict.Words.Count(w => !w.Forbidden);
        facts["name.similar"] = (decimal)verdict.Similar.Count;
        facts["name.warnings"] = (decimal)(verdict.Similar.Count + verdict.Words.Count(w => !w.Forbidden) + (verdict.HasRareCharacters ? 1 : 0));
    }

    private void Scope(Dictionary<string, object?> facts, string? codes)
    {
        var scope = BusinessScope.Of(codes, files.Scope);
        facts["scope.items"] = (decimal)scope.Items.Count;
        facts["scope.unknownItems"] = (decimal)scope.UnknownCodes.Count;
        facts["scope.forbiddenItems"] = (decimal)scope.Items.Count(i => i.Kind == ScopeItemKind.Forbidden);
        facts["scope.preApprovalItems"] = (decimal)scope.Items.Count(i => i.Kind == ScopeItemKind.PreLicence);
        facts["scope.licensedItems"] = (decimal)scope.Licensed.Count;
    }

    /// <summary>Without premises there is nothing to look at: the old ones stay.</summary>
    private async Task Address(Dictionary<string, object?> facts, Premises? premises, CancellationToken ct)
    {
        if (premises is null)
        {
            (facts["address.isStandard"], facts["address.isRisk"], facts["address.companiesThere"]) = (true, false, 0m);
            return;
        }

        var key = AddressLibrary.KeyOf(premises.Full);
        var found = files.Addresses.Find(premises.Full);
        var here = await db.MarketEntities.CountAsync(e => e.AddressKey == key && e.Status == EntityStatus.Registered, ct);
        facts["address.isStandard"] = found.Standard is not null;
        facts["address.isRisk"] = found.Standard?.IsRisk ?? false;
        facts["address.companiesThere"] = (decimal)(here + found.Used);
    }

    private async Task Persons(Dictionary<string, object?> facts, IReadOnlyList<string> idNumbers, DateOnly on, CancellationToken ct)
    {
        var answer = idNumbers.Count == 0 ? new RestrictionAnswer(0) : await restrictions.Look(idNumbers, on, ct);
        facts["persons.disqualified"] = (decimal)(answer.Hits ?? 0);
        facts["persons.restrictionsKnown"] = answer.Hits is not null;
        facts["persons.domestic"] = idNumbers.All(n => ResidentId.TryParse(n, out _) && n[0] is not ('8' or '9'));
        facts["persons.verified"] = (await people.FindAccountsByIdNumbers(idNumbers, ct)).Count == idNumbers.Count;
    }
}

/// <summary>The facts of company set-up for the lint of rules.</summary>
internal sealed class CompanySetupFacts : IKnownFacts
{
    public string Handler => CompanySetupHandler.HandlerCode;

    public IReadOnlyCollection<string> Names => SetupFacts.OfCompany;
}

/// <summary>The facts of individual-business set-up for the lint of rules.</summary>
internal sealed class IndividualBusinessSetupFacts : IKnownFacts
{
    public string Handler => IndividualBusinessSetupHandler.HandlerCode;

    public IReadOnlyCollection<string> Names => SetupFacts.OfIndividualBusiness;
}
