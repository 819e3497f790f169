using GaoXin.Portal.Cases.Prefill;
using GaoXin.Portal.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Registration;

/// <summary>
/// The demo stand-in of a register of the data-sharing platform: what <c>seeds/demo/registers.yaml</c> says under
/// <c>shared</c> about the person, and about the enterprise the person acts for. Says so by its name; only registered in
/// demo mode for a source without an address.
/// </summary>
internal sealed class DemoSharedRegister(string code, string title, ReferenceFiles files, IServiceScopeFactory scopes) : IPrefillSource
{
    private const string EnterpriseRegister = "enterprise-register";

    /// <summary>The registers that services name, and what people read.</summary>
    public static IReadOnlyDictionary<string, string> Titles { get; } = new Dictionary<string, string>
    {
        ["household-register"] = "公安户籍库（演示）",
        [EnterpriseRegister] = "企业登记库（演示）",
        ["medical-insurance-register"] = "医保平台（演示）",
        ["social-card-register"] = "社会保障卡库（演示）",
        ["social-insurance-register"] = "社会保险库（演示）",
        ["tax-register"] = "税务登记库（演示）",
        ["housing-fund-register"] = "公积金中心（演示）",
        ["disability-register"] = "残疾人库（演示）",
    };

    private readonly Lazy<ILookup<string, DemoRecord>> _records = new(() =>
        files.ReadDemo<DemoRegistersFile>(DemoRegister.File).Shared.Where(r => r.Source == code).ToLookup(r => r.Of));

    public string Code => code;

    public string Title => title;

    public async Task<IReadOnlyDictionary<string, string>> Fetch(PrefillSubject subject, CancellationToken ct)
    {
        var known = new Dictionary<string, string>();
        Add(known, subject.IdNumber);
        if (subject.EnterpriseId is not { } id || await Enterprise(id, ct) is not { } enterprise)
            return known;
        Add(known, enterprise.CreditCode);
        if (code == EnterpriseRegister)
            (known["employer.name"], known["employer.creditCode"]) = (enterprise.Name, enterprise.CreditCode);
        return known;
    }

    private void Add(Dictionary<string, string> known, string of)
    {
        foreach (var (key, value) in _records.Value[of].SelectMany(r => r.Values))
            known[key] = value;
    }

    /// <summary>In a scope of its own: sources are asked at the same time, and a database session serves one at a time.</summary>
    private async Task<ActedFor?> Enterprise(Guid id, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IPeople>().FindEnterprise(id, ct);
    }
}
