using GaoXin.Portal.Cases;

namespace GaoXin.Portal.Registration.Procedures;

/// <summary>变更登记事项对照表: what is registered and what it becomes, item by item, as the paper form has it.</summary>
internal static class ChangeTable
{
    public const string Code = "change-table";
    private const string Title = "变更登记事项对照表";
    private static readonly string[] Columns = ["事项", "原登记内容", "变更后内容"];

    public static GeneratedDocument Of(CompanyChange change, CompanySetup present, ReferenceFiles files) => new(Code, Title,
    [
        new DocumentTable(Title, Columns, [.. change.Items.Select(i => (IReadOnlyList<string>)[TitleOf(i), ValueOf(i, present, files), ValueOf(i, change.Next, files)])]),
        new DocumentSignatures(null, []),
    ]);

    public static string TitleOf(ChangeItem item) => item switch
    {
        ChangeItem.Name => "名称",
        ChangeItem.Address => "住所",
        ChangeItem.Scope => "经营范围",
        ChangeItem.Capital => "注册资本",
        ChangeItem.Representative => "法定代表人",
        _ => "股东",
    };

    private static string ValueOf(ChangeItem item, CompanySetup company, ReferenceFiles files) => item switch
    {
        ChangeItem.Name => company.Name.Full,
        ChangeItem.Address => company.Premises.Full,
        ChangeItem.Scope => BusinessScope.Of(company.ScopeCodes, files.Scope).LicenceText,
        ChangeItem.Capital => $"{RegisteredCapital.Show(company.CapitalAmount)} 万元",
        ChangeItem.Representative => company.LegalRepresentative?.Name ?? "",
        _ => string.Join('；', company.Shareholders.Select(s => $"{s.Name} {RegisteredCapital.Show(s.Amount)} 万元")),
    };
}
