using GaoXin.Portal.Kernel;
using MediatR;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Identity;

/// <summary>The authenticator codes of the demo staff accounts right now. Not found outside demo mode.</summary>
[ForAnyone]
public sealed record GetDemoStaffCodes : IQuery<IReadOnlyList<DemoStaffCode>>;

/// <summary>One account's code.</summary>
public sealed record DemoStaffCode(string AccountName, string Name, string Code);

internal sealed class GetDemoStaffCodesHandler(IOptions<PortalOptions> options, TimeProvider clock)
    : IRequestHandler<GetDemoStaffCodes, IReadOnlyList<DemoStaffCode>>
{
    public Task<IReadOnlyList<DemoStaffCode>> Handle(GetDemoStaffCodes request, CancellationToken ct)
    {
        if (!options.Value.DemoMode)
            throw new NotFoundException("demo codes");
        var code = Totp.Code(DemoPeople.TotpSecret, clock.GetUtcNow());
        return Task.FromResult<IReadOnlyList<DemoStaffCode>>([.. DemoPeople.Staff.Select(s => new DemoStaffCode(s.AccountName, s.Name, code))]);
    }
}
