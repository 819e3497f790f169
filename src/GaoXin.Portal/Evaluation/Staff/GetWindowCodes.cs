using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using MediatR;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Evaluation.Staff;

/// <summary>The QR codes of a zone's windows, to print (窗口评价码). They lead to a form that asks for the ticket, never to a rating.</summary>
[ForStaff(Roles.HallManager)]
public sealed record GetWindowCodes(string? Zone = null) : IQuery<WindowCodes>;

/// <summary>All zones, and the windows of the chosen one, the first when none is named.</summary>
public sealed record WindowCodes(IReadOnlyList<Zone> Zones, string? Chosen, IReadOnlyList<WindowCode> Windows);

/// <summary>Where a window's code leads.</summary>
public sealed record WindowCode(int Number, string Address);

internal sealed class GetWindowCodesHandler(IMediator mediator, IOptions<PortalOptions> portal) : IRequestHandler<GetWindowCodes, WindowCodes>
{
    public async Task<WindowCodes> Handle(GetWindowCodes request, CancellationToken ct)
    {
        var zones = (await mediator.Send(new GetZones(), ct)).Zones;
        var chosen = zones.FirstOrDefault(z => z.Code == request.Zone) ?? zones.FirstOrDefault();
        return new WindowCodes(zones, chosen?.Code, [.. chosen?.Windows.Select(w => new WindowCode(w.Number, $"{portal.Value.PublicAddress.TrimEnd('/')}/evaluations/windows/{w.Number}")) ?? []]);
    }
}
