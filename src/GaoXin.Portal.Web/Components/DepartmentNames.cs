using GaoXin.Portal.Catalogue;
using MediatR;

namespace GaoXin.Portal.Web.Components;

/// <summary>The names of departments by code.</summary>
internal static class DepartmentNames
{
    public static async Task<IReadOnlyDictionary<string, string>> DepartmentTitles(this IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetReference(ReferenceKind.Departments), ct)).ToDictionary(d => d.Code, d => d.Title);
}
