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
        if (await scope.ServiceProvider.GetRequiredService<EntityRegister>().Find(enterprise.CreditCode, ct) is { Company: { } company })
            Add(known, company);
        return known;
    }

    private static void Add(Dictionary<string, string> known, CompanySetup company)
    {
        Put(SetupFields.Region, company.Name.Region);
        Put(SetupFields.TradeName, company.Name.TradeName);
        Put(SetupFields.Industry, company.Name.Industry);
        Put(SetupFields.Form, company.Name.Form);
        Put(SetupFields.NameStyle, company.Name.Style == NameStyle.RegionInBrackets ? SetupFields.RegionInBrackets : SetupFields.RegionFirst);
        Put(SetupFields.Capital, company.Capital);
        Put(ProcedureFields.PresentCapital, company.Capital);
        Put(SetupFields.Scope, company.ScopeCodes);
        Put(SetupFields.Ownership, company.Premises.Ownership);
        Put(SetupFields.CertificateNo, company.Premises.CertificateNumber);
        Put(SetupFields.Division, company.Premises.Division);
        Put(SetupFields.Address, company.Premises.Address);
        Put(SetupFields.Room, company.Premises.Room);
        Put(SetupFields.Area, company.Premises.Area);
        foreach (var shareholder in company.Shareholders)
            AddShareholder($"{SetupFields.Shareholders}/{shareholder.RowId}/", shareholder, Put);
        foreach (var (index, premises) in company.OtherPremises.Index())
            AddPremises($"{ProcedureFields.OtherPremises}/r{index + 1}/", premises, Put);

        void Put(string path, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                known[path] = value;
        }
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

    private static void AddPremises(string row, Premises premises, Action<string, string?> put)
    {
        put(row + ProcedureFields.OtherAddress, premises.Address);
        put(row + ProcedureFields.OtherRoom, premises.Room);
        put(row + ProcedureFields.OtherDivision, premises.Division);
        put(row + ProcedureFields.OtherLicensed, "no");
    }
}
