using GaoXin.Portal.Cases.Prefill;

namespace GaoXin.Portal.Registration;

/// <summary>
/// The demo stand-in of 不动产登记库: what <c>seeds/demo/registers.yaml</c> says a person owns. Says so by its name; only
/// registered in demo mode when no real source is configured.
/// </summary>
internal sealed class DemoRealEstateRegister(ReferenceFiles files) : IPrefillSource
{
    public const string SourceCode = "real-estate-register";

    public string Code => SourceCode;

    public string Title => "不动产登记库（演示）";

    public Task<IReadOnlyDictionary<string, string>> Fetch(PrefillSubject subject, CancellationToken ct)
    {
        var owned = files.ReadDemo<DemoRegistersFile>(DemoRegister.File).Premises.Find(p => p.OwnerIdNo == subject.IdNumber);
        return Task.FromResult<IReadOnlyDictionary<string, string>>(owned is null ? new Dictionary<string, string>() : new Dictionary<string, string>
        {
            ["company.premises.certificateNo"] = owned.CertificateNo,
            ["company.premises.address"] = owned.Address,
            ["company.premises.room"] = owned.Room,
            ["company.premises.division"] = owned.Division,
            ["company.premises.area"] = owned.Area,
        });
    }
}
