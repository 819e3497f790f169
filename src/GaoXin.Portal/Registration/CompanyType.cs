namespace GaoXin.Portal.Registration;

/// <summary>The type (类型) on the licence, which follows from the shareholders.</summary>
internal static class CompanyType
{
    public const string IndividualBusiness = "个体工商户";

    public static string Display(IReadOnlyList<Shareholder> shareholders)
    {
        if (shareholders.Count == 1)
            return shareholders[0].IsNaturalPerson ? "有限责任公司（自然人独资）" : "有限责任公司（法人独资）";
        var natural = shareholders.Where(s => s.IsNaturalPerson).Sum(s => s.Amount);
        var total = shareholders.Sum(s => s.Amount);
        return natural * 2 > total || shareholders.All(s => s.IsNaturalPerson)
            ? "有限责任公司（自然人投资或控股）"
            : "其他有限责任公司";
    }
}
