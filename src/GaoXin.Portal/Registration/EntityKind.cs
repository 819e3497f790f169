namespace GaoXin.Portal.Registration;

/// <summary>The kinds of market entity (经营主体) that can be set up here.</summary>
public enum EntityKind
{
    /// <summary>有限责任公司, credit code prefix 91.</summary>
    Company,

    /// <summary>个体工商户, credit code prefix 92.</summary>
    IndividualBusiness,
}

internal static class EntityKindFacts
{
    /// <summary>Registering department and category of a new credit code (GB 32100-2015).</summary>
    public static string CodePrefix(this EntityKind kind) => kind == EntityKind.Company ? "91" : "92";
}
