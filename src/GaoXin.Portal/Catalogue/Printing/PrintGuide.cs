using GaoXin.Portal.Kernel;
using MediatR;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Catalogue.Printing;

/// <summary>一次性告知单: the guide as a file to print and take along. Not found for an item that is cancelled or not there.</summary>
[ForAnyone]
public sealed record PrintGuide(string Code) : IQuery<PrintedGuide>;

/// <summary>A poster with the item's QR code, A4. Not found for an item that is cancelled or not there.</summary>
[ForAnyone]
public sealed record PrintPoster(string Code) : IQuery<PrintedGuide>;

/// <summary>A PDF with its name.</summary>
public sealed record PrintedGuide(string FileName, byte[] Content);

/// <summary>The addresses that stay: printed ones must open for years.</summary>
public static class GuideAddresses
{
    /// <summary>The guide's page.</summary>
    public static string GuideAddress(this PortalOptions portal, string code) => $"{portal.PublicAddress.TrimEnd('/')}/services/{code}";

    /// <summary>What printed QR codes say: the scan is counted, then the guide opens.</summary>
    public static string ScanAddress(this PortalOptions portal, string code) => $"{portal.PublicAddress.TrimEnd('/')}/s/{code}";
}

internal sealed class PrintGuideHandler(IMediator mediator, IOptions<PortalOptions> portal)
    : IRequestHandler<PrintGuide, PrintedGuide>, IRequestHandler<PrintPoster, PrintedGuide>
{
    public async Task<PrintedGuide> Handle(PrintGuide request, CancellationToken ct)
    {
        var guide = await InForce(request.Code, ct);
        return new PrintedGuide($"{guide.Service.Title}-办事指南.pdf", GuideSheet.Print(guide, portal.Value));
    }

    public async Task<PrintedGuide> Handle(PrintPoster request, CancellationToken ct)
    {
        var guide = await InForce(request.Code, ct);
        return new PrintedGuide($"{guide.Service.Title}-二维码.pdf", GuidePoster.Print(guide, portal.Value));
    }

    private async Task<GuideView> InForce(string code, CancellationToken ct)
    {
        var guide = await mediator.Send(new GetServiceGuide(code), ct);
        return guide.Service.Cancelled is null ? guide : throw new NotFoundException("service");
    }
}
