using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Tests.Complaints;

/// <summary>Citizens with an account of their own.</summary>
internal sealed class Owner(ComplaintHost host)
{
    public Task<TestUser> New() => host.InScope(async services =>
    {
        var phone = host.NewPhone();
        var cipher = services.GetRequiredService<PersonalDataCipher>();
        var account = PortalUser.ForPhone(cipher.Protect(phone, PortalUser.PhonePurpose), cipher.Hash(phone, PortalUser.PhoneKind), TestSettings.Now);
        await host.Add(account);
        return TestUsers.Citizen(account.Id);
    });
}
