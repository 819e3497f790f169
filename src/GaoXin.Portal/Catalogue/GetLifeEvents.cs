using GaoXin.Portal.Catalogue.Finding;
using GaoXin.Portal.Kernel;
using MediatR;

namespace GaoXin.Portal.Catalogue;

/// <summary>按人生和经营阶段找: what happens to people and firms, with the number of services for it. From memory, without the database.</summary>
[ForAnyone]
public sealed record GetLifeEvents : IQuery<LifeEvents>;

/// <summary>The stages that have services, in their order; empty before the catalogue was read once.</summary>
/// <param name="Stages">人生和经营阶段.</param>
/// <param name="Services">Services in force.</param>
/// <param name="Nearby">就近办: of these, done by streets and communities.</param>
public sealed record LifeEvents(IReadOnlyList<LifeEventCount> Stages, int Services, int Nearby);

/// <summary>A stage and how many services are for it.</summary>
public sealed record LifeEventCount(string Code, string Title, int Services);

internal sealed class GetLifeEventsHandler(LastIndex last) : IRequestHandler<GetLifeEvents, LifeEvents>
{
    public Task<LifeEvents> Handle(GetLifeEvents request, CancellationToken ct) => Task.FromResult(last.Built?.Index is { } index
        ? new LifeEvents(index.LifeEvents, index.Services.Count, index.Services.Count(s => s.Level is ItemLevel.Street or ItemLevel.Community))
        : new LifeEvents([], 0, 0));
}
