using System.Text.Json.Nodes;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Catalogue.Definitions;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.Persistence.Seeds;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.TestKit;

/// <summary>Items of a test's own, made from a delivered one: a version after the other, with what the test changes.</summary>
internal static class ItemVersions
{
    private static int _number;

    /// <summary>A new item like this one, in force for a long time. The answer is its code.</summary>
    public static async Task<string> NewItem(this IServiceProvider scope, string like, Action<JsonObject>? change = null)
    {
        var code = $"own-item-{Interlocked.Increment(ref _number)}";
        await scope.Add(like, code, 1, change);
        return code;
    }

    /// <summary>The next version of such an item.</summary>
    public static Task NextVersion(this IServiceProvider scope, string code, int version, Action<JsonObject> change) => scope.Add(code, code, version, change);

    /// <summary>What a change for <see cref="NextVersion"/> does to cancel an item.</summary>
    public static Action<JsonObject> Cancel(string reason, string? redirect = null) => item => item["cancelled"] = new JsonObject
    {
        ["on"] = "2026-01-01",
        ["reason"] = reason,
        ["basis"] = "取消事项通知（示例）",
        ["redirect"] = redirect,
    };

    private static async Task Add(this IServiceProvider scope, string from, string code, int version, Action<JsonObject>? change)
    {
        var db = scope.GetRequiredService<PortalDbContext>();
        var stored = await db.ServiceVersions.Where(v => v.Code == from).OrderByDescending(v => v.Version).Select(v => v.Content).FirstAsync();
        var content = JsonNode.Parse(stored)!.AsObject();
        content["code"] = code;
        content["version"] = version;
        change?.Invoke(content);
        var text = SeedNode.FromJson(content.ToJsonString()).ToJson();
        db.Add(ServiceVersion.Of(ServiceReader.FromStored(text, SeedNode.HashOf(text)), text, TestSettings.Now));
        await db.SaveChangesAsync();
        scope.GetRequiredService<SeedChanges>().Happened();
    }
}
