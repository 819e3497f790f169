using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Catalogue.Printing;
using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Web.Pages.Services;

/// <summary>A guide for search engines: schema.org GovernmentService as JSON-LD.</summary>
internal static class StructuredData
{
    /// <summary>Chinese stays readable; the signs that could end a script element are escaped.</summary>
    private static readonly JsonSerializerOptions Safe = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static string Of(GuideView guide, PortalOptions portal)
    {
        var service = guide.Service;
        var address = portal.GuideAddress(service.Code);
        return new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "GovernmentService",
            ["@id"] = address,
            ["name"] = service.Title,
            ["alternateName"] = new JsonArray([.. service.Aliases.Select(a => JsonValue.Create(a))]),
            ["description"] = service.Summary,
            ["url"] = address,
            ["serviceType"] = guide.Theme,
            ["serviceOperator"] = new JsonObject { ["@type"] = "GovernmentOrganization", ["name"] = guide.Department, ["telephone"] = guide.ConsultPhone },
            ["areaServed"] = new JsonObject { ["@type"] = "AdministrativeArea", ["name"] = "郑州高新技术产业开发区" },
            ["audience"] = new JsonArray([.. service.Audiences.Select(a => new JsonObject { ["@type"] = "Audience", ["audienceType"] = a.Chinese() })]),
            ["availableChannel"] = new JsonArray([.. Channels(guide, address)]),
        }.ToJsonString(Safe);
    }

    private static IEnumerable<JsonNode> Channels(GuideView guide, string address)
    {
        if (guide.Service.Online)
            yield return new JsonObject { ["@type"] = "ServiceChannel", ["name"] = Channel.Online.Chinese(), ["serviceUrl"] = address };
        foreach (var place in guide.Places)
        {
            yield return new JsonObject
            {
                ["@type"] = "ServiceChannel",
                ["name"] = Channel.Window.Chinese(),
                ["serviceLocation"] = new JsonObject
                {
                    ["@type"] = "GovernmentOffice",
                    ["name"] = place.Place.Title,
                    ["address"] = place.Place.Address,
                    ["telephone"] = place.Place.Phone,
                },
            };
        }
    }
}
