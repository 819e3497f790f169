using GaoXin.Portal.Cases.Prefill;
using GaoXin.Portal.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Registration.Procedures;

/// <summary>
/// The portal's own register (登记簿) as a source of forms: what is registered and filed of the enterprise acted for, so that a change
/// starts from the present values. Nothing is told to somebody who does not act for it.
/// </summary>
internal sealed class EntityRegisterSource(IServiceScopeFactory scopes) : IPrefillSource
{
    public string Code => "entity-register";

    public string Title => "市场主体登记簿";

    /// <summary>In a scope of its own: sources are asked at the same time, and a database session serves one at a time.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Fetch(PrefillSubject subject, CancellationToken ct)
    {
        var known = new Dictionary<string, string>();
        if (subject.EnterpriseId is not { } id)
            return known;
        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<IPeople>().FindEnterprise(id, ct) is not { } enterprise)
            return known;
        (known[ProcedureFields.EntityName], known[ProcedureFields.CreditCode]) = (enterprise.Name, enterprise.CreditCode);
        if (await scope.ServiceProvider.GetRequiredService<EntityRegister>().Find(enterprise.CreditCode, ct) is not { } found)
            return known;
        if (found.Company is { } company)
            Add(known, company);
        else if (found.Business is { } business)
            Add(known, business);
        return known;
    }

    private static void Add(Dictionary<string, string> known, IndividualBusinessSetup business)
    {
        AddName(known, business.Name, SetupFields.BusinessForm);
        Put(known, SetupFields.BusinessNamed, business.Name is null ? "no" : SetupFields.Yes);
        Put(known, SetupFields.Scope, business.ScopeCodes);
        AddPremises(known, business.Premises);
        Put(known, ProcedureFields.Composition, business.Family.Count > 0 ? ProcedureFields.FamilyComposition : "person");
        foreach (var (index, member) in business.Family.Index())
        {
            Put(known, $"{SetupFields.Family}/r{index + 1}/family.name", member.Name);
            Put(known, $"{SetupFields.Family}/r{index + 1}/family.idNo", member.IdNumber);
        }
    }

    private static void Add(Dictionary<string, string> known, CompanySetup company)
    {
        AddName(known, company.Name, SetupFields.Form);
        Put(known, SetupFields.NameStyle, company.Name.Style == NameStyle.RegionInBrackets ? SetupFields.RegionInBrackets : SetupFields.RegionFirst);
        Put(known, SetupFields.Capital, company.Capital);
        Put(known, ProcedureFields.PresentCapital, company.Capital);
        Put(known, SetupFields.Scope, company.ScopeCodes);
        AddPremises(known, company.Premises);
        foreach (var shareholder in company.Shareholders)
            AddShareholder($"{SetupFields.Shareholders}/{shareholder.RowId}/", shareholder, (path, value) => Put(known, path, value));
        foreach (var (index, premises) in company.OtherPremises.Index())
            AddOtherPremises($"{ProcedureFields.OtherPremises}/r{index + 1}/", premises, (path, value) => Put(known, path, value));
    }

    private static void Put(Dictionary<string, string> known, string path, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            known[path] = value;
    }

    private static void AddName(Dictionary<string, string> known, CompanyName? name, string formKey)
    {
        Put(known, SetupFields.Region, name?.Region);
        Put(known, SetupFields.TradeName, name?.TradeName);
        Put(known, SetupFields.Industry, name?.Industry);
        Put(known, formKey, name?.Form);
    }

    private static void AddPremises(Dictionary<string, string> known, Premises premises)
    {
        Put(known, SetupFields.Ownership, premises.Ownership);
        Put(known, SetupFields.CertificateNo, premises.CertificateNumber);
        Put(known, SetupFields.Division, premises.Division);
        Put(known, SetupFields.Address, premises.Address);
        Put(known, SetupFields.Room, premises.Room);
        Put(known, SetupFields.Area, premises.Area);
    }

    private static void AddShareholder(string row, Shareholder shareholder, Action<string, string?> put)
    {
        put(row + "shareholder.kind", shareholder.IsNaturalPerson ? "person" : "enterprise");
        put(row + "shareholder.name", shareholder.Name);
        put(row + "shareholder.idNo", shareholder.IdNumber);
        put(row + "shareholder.creditCode", shareholder.CreditCode);
        put(row + SetupFields.RepresentativeName, shareholder.RepresentativeName);
        put(row + SetupFields.RepresentativeIdNumber, shareholder.RepresentativeIdNumber);
        put(row + "shareholder.phone", shareholder.Phone);
        put(row + "shareholder.subscribed", shareholder.Subscribed);
        put(row + "shareholder.form", shareholder.Form);
        put(row + "shareholder.dueDate", shareholder.DueDate is { } due ? $"{due:yyyy-MM-dd}" : null);
    }

    private static void AddOtherPremises(string row, Premises premises, Action<string, string?> put)
    {
        put(row + ProcedureFields.OtherAddress, premises.Address);
        put(row + ProcedureFields.OtherRoom, premises.Room);
        put(row + ProcedureFields.OtherDivision, premises.Division);
        put(row + ProcedureFields.OtherLicensed, "no");
    }
}
