using GaoXin.Portal.Kernel;
using GaoXin.Portal.Web.Api;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace GaoXin.Portal.Web.Pages.Developers;

/// <summary>开放接口说明: the OpenAPI document for people. Made from the document itself, so that it can not go stale.</summary>
[AllowAnonymous]
[OutputCache(PolicyName = PublicPageCache.Policy)]
public sealed class IndexModel([FromKeyedServices(PortalApi.Version)] IOpenApiDocumentProvider documents, IOptions<PortalOptions> options) : PortalPage
{
    public OpenApiDocument Document { get; private set; } = null!;

    /// <summary>Where the interface is reached.</summary>
    public string Root => options.Value.PublicAddress.TrimEnd('/');

    public IEnumerable<(HttpMethod Method, string Path, OpenApiOperation Operation)> Operations =>
        Document.Paths.SelectMany(p => (p.Value.Operations ?? []).Select(o => (o.Key, p.Key, o.Value)));

    public IEnumerable<KeyValuePair<string, IOpenApiSchema>> Schemas =>
        (Document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>()).Where(s => s.Value.Properties is { Count: > 0 }).OrderBy(s => s.Key, StringComparer.Ordinal);

    public async Task OnGetAsync() => Document = await documents.GetOpenApiDocumentAsync(Aborted);

    /// <summary>A type in a few words: text, one of these, a list of those.</summary>
    public static string TypeOf(IOpenApiSchema? schema) => schema switch
    {
        null => "",
        { Enum: { Count: > 0 } values } => string.Join(" | ", values.Where(v => v is not null).Select(v => v.ToString())),
        { Items: { } items } => $"{TypeOf(items)}[]",
        OpenApiSchemaReference reference when reference.Properties is { Count: > 0 } => reference.Reference.Id ?? "",
        { OneOf: { Count: > 0 } any } => TypeOf(any.FirstOrDefault(s => s.Type != JsonSchemaType.Null)),
        { Format: "date" } => "date",
        { Type: { } type } => string.Join(" | ", Enum.GetValues<JsonSchemaType>().Where(t => t != JsonSchemaType.Null && type.HasFlag(t) && !(t == JsonSchemaType.String && type.HasFlag(JsonSchemaType.Integer))).Select(t => t.ToString().ToLowerInvariant())),
        _ => "",
    };

    /// <summary>The name of the type of a good answer; null when it has none.</summary>
    public static string? AnswerOf(OpenApiOperation operation) =>
        operation.Responses?.GetValueOrDefault("200")?.Content?.Values.FirstOrDefault()?.Schema is OpenApiSchemaReference reference ? reference.Reference.Id : null;
}
