using System.Text.Json.Nodes;
using GaoXin.Portal.Catalogue;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace GaoXin.Portal.Web.Api;

/// <summary>What the names in answers mean, for the types of the core, which carry no words for programmers outside.</summary>
internal static class ApiWords
{
    private static readonly Dictionary<string, string> Words = new()
    {
        ["address"] = "地址。",
        ["answer"] = "回答。",
        ["basicCode"] = "基本编码。",
        ["basis"] = "依据。",
        ["channels"] = "办理形式。",
        ["charged"] = "收不收费。",
        ["code"] = "编号。",
        ["complaint"] = "监督投诉电话。",
        ["consult"] = "咨询电话。",
        ["copies"] = "份数。",
        ["correctionDays"] = "补材料最多几天。",
        ["days"] = "几个工作日。",
        ["delivery"] = "怎么送达。",
        ["detail"] = "怎么办。",
        ["faceScan"] = "刷脸以后共享信息。",
        ["fromSigning"] = "时限从到大厅面签那天起算。",
        ["handling"] = "即办件或承诺件。",
        ["hint"] = "填报须知。",
        ["hours"] = "办公时间。",
        ["implementationCode"] = "实施编码。",
        ["implementer"] = "实施主体；没有的就是部门。",
        ["instance"] = "出错的请求。",
        ["kind"] = "种类。",
        ["lawsuit"] = "行政诉讼。",
        ["level"] = "哪一级办。",
        ["name"] = "名称。",
        ["necessity"] = "必要、非必要或者先办后补。",
        ["note"] = "说明。",
        ["officerDays"] = "要人工审的，承诺几个工作日。",
        ["on"] = "从哪一天起。",
        ["payment"] = "怎么付。",
        ["phone"] = "电话。",
        ["powerSource"] = "权力来源。",
        ["promisedDays"] = "承诺几个工作日办好，0 是当天。",
        ["question"] = "问题。",
        ["reach"] = "通办范围。",
        ["reason"] = "原因。",
        ["receiptDays"] = "几个工作日内决定收不收。",
        ["redirect"] = "改办哪一项，事项编号。",
        ["reductions"] = "减免情形。",
        ["review"] = "行政复议。",
        ["source"] = "来源渠道。",
        ["sourceNote"] = "来源说明。",
        ["specialProcedures"] = "特别程序，不算在时限里。",
        ["stage"] = "环节。",
        ["standard"] = "标准。",
        ["status"] = "HTTP 状态。",
        ["statutoryDays"] = "法定时限；没有固定时限的为空。",
        ["statutoryUnit"] = "法定时限的单位：工作日或自然日。",
        ["text"] = "说明。",
        ["title"] = "名称。",
        ["transit"] = "怎么来。",
        ["type"] = "出错的种类，链接到说明。",
        ["validity"] = "有效期。",
        ["who"] = "谁来做。",
        ["window"] = "窗口。",
        ["words"] = "一句话说明。",
    };

    /// <summary>Describes the properties that say nothing about themselves, and a coded value as the text it is in an address.</summary>
    public static Task Describe(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken ct)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Coded<>))
        {
            schema.Type = JsonSchemaType.String;
            schema.Properties = null;
            schema.Required = null;
            schema.Enum = [.. Enum.GetValues(type.GetGenericArguments()[0]).Cast<Enum>().Select(v => (JsonNode)JsonValue.Create(v.Code())!)];
        }

        foreach (var (name, property) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
        {
            if (string.IsNullOrEmpty(property.Description) && Words.TryGetValue(name, out var words))
                property.Description = words;
        }

        return Task.CompletedTask;
    }
}
