using GaoXin.Portal.Kernel;
using MediatR;

namespace GaoXin.Portal.Catalogue;

/// <summary>The guide (办事指南) of the version in force today. Not found when there is no such service.</summary>
[ForAnyone]
public sealed record GetServiceGuide(string Code) : IQuery<GuideView>;

/// <summary>A service with the names of what it refers to.</summary>
/// <param name="Service">The version in force.</param>
/// <param name="Department">The name of the deciding department.</param>
/// <param name="Theme">The name of its theme.</param>
public sealed record GuideView(ServiceDefinition Service, string Department, string Theme)
{
    /// <summary>免交: materials that nobody uploads.</summary>
    public IReadOnlyList<MaterialDefinition> Waived => [.. Service.Materials.Where(m => !m.IsBrought)];

    /// <summary>请您准备: materials the applicant brings.</summary>
    public IReadOnlyList<MaterialDefinition> Wanted => [.. Service.Materials.Where(m => m.IsBrought)];
}

internal sealed class GetServiceGuideHandler(IMediator mediator) : IRequestHandler<GetServiceGuide, GuideView>
{
    public async Task<GuideView> Handle(GetServiceGuide request, CancellationToken ct)
    {
        var service = await mediator.Send(new GetServiceDefinition(request.Code), ct).OrNotFound("service");
        return await mediator.GuideOf(service, ct);
    }
}

/// <summary>Puts a guide together, of a version in force or of a draft.</summary>
internal static class GuideParts
{
    public static async Task<GuideView> GuideOf(this IMediator mediator, ServiceDefinition service, CancellationToken ct) =>
        new(service, await mediator.Title(ReferenceKind.Departments, service.Department, ct), await mediator.Title(ReferenceKind.Themes, service.Theme, ct));

    private static async Task<string> Title(this IMediator mediator, ReferenceKind kind, string code, CancellationToken ct) =>
        (await mediator.Send(new GetReference(kind), ct)).FirstOrDefault(e => e.Code == code)?.Title ?? code;
}
