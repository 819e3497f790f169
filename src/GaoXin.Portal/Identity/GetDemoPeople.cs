using GaoXin.Portal.Kernel;
using MediatR;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Identity;

/// <summary>The invented persons of demo mode with all that a form asks about them. Not found outside demo mode.</summary>
[ForAnyone]
public sealed record GetDemoPeople : IQuery<IReadOnlyList<DemoPersonShown>>;

/// <summary>An invented person.</summary>
public sealed record DemoPersonShown(string Name, string Phone, string IdNumber);

internal sealed class GetDemoPeopleHandler(IOptions<PortalOptions> options) : IRequestHandler<GetDemoPeople, IReadOnlyList<DemoPersonShown>>
{
    public Task<IReadOnlyList<DemoPersonShown>> Handle(GetDemoPeople request, CancellationToken ct) => options.Value.DemoMode
        ? Task.FromResult<IReadOnlyList<DemoPersonShown>>([.. DemoPeople.Citizens.Select(c => new DemoPersonShown(c.Name, c.Phone, c.IdNumber))])
        : throw new NotFoundException("demo people");
}
