using GaoXin.Portal.Catalogue.Items;
using GaoXin.Portal.Persistence.Seeds;

namespace GaoXin.Portal.Catalogue.Exchange;

/// <summary>Reads definition files: one item a file, everything it can carry, the online form too.</summary>
internal static class YamlImport
{
    public static ImportedItems Read(IReadOnlyList<(string Name, string Text)> files)
    {
        var result = new ImportedItems { ListsItems = true };
        var faults = new SeedFaults();
        foreach (var (name, text) in files.OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            if (SeedYaml.Read(name, text, faults) is not { } root)
                continue;
            var code = root.TextOf("code") ?? "";
            if (code.Length == 0)
                result.Faults.Add(new ImportFault(name, 1, "code", "没有写事项编码", "请加上 code:"));
            else if (!result.Items.TryAdd(code, ItemDocument.Of(root)))
                result.Faults.Add(new ImportFault(name, 1, "code", $"“{code}”有两个文件", "请留一个"));
            else
                Places(result, code, root, "");
        }

        result.Faults.AddRange(faults.All.Select(f => new ImportFault(f.File, f.Line, "", f.Message, f.Fix)));
        return result;
    }

    private static void Places(ImportedItems result, string code, SeedNode node, string path)
    {
        result.Place(code, path, node.File, node.Line, path);
        foreach (var (key, value) in node.Entries)
            Places(result, code, value, path.Length == 0 ? key : $"{path}.{key}");
        for (var i = 0; i < node.Items.Count; i++)
            Places(result, code, node.Items[i], $"{path}[{i}]");
    }
}
