using GaoXin.Portal.Persistence.Seeds;

namespace GaoXin.Portal.Catalogue.Definitions;

/// <summary>What must hold in the elements of the 实施清单 beyond their schema.</summary>
internal sealed class ItemLint(SeedSet seeds, SeedFaults faults)
{
    private readonly IReadOnlyList<string> _departments = ReferenceSeeds.Codes(seeds, DepartmentSeeds.KindName);
    private readonly IReadOnlyList<string> _places = ReferenceSeeds.Codes(seeds, PlaceSeeds.KindName);
    private readonly IReadOnlyList<string> _lifeEvents = ReferenceSeeds.Codes(seeds, LifeEventSeeds.KindName);
    private readonly HashSet<string> _items = [.. seeds.Of(ServiceSeeds.KindName).Select(f => f.Root.TextOf("code") ?? "")];

    public void Check(SeedNode root, ServiceDefinition service)
    {
        Known(root["nature"]?.ListOf("joint_departments") ?? [], _departments, "department");
        Known(root.ListOf("life_events"), _lifeEvents, "life event");
        Known(root.ListOf("places").Select(p => p["place"]).OfType<SeedNode>(), _places, "place");
        CheckLimits(root, service);
        CheckMoney(root, service);
        CheckForm(root, service);
        CheckCancelled(root, service);
    }

    private void Known(IEnumerable<SeedNode> nodes, IReadOnlyCollection<string> known, string what)
    {
        foreach (var node in nodes.Where(n => !known.Contains(n.Text ?? "")))
            faults.Add(node, $"There is no {what} \"{node.Text}\"", Nearest.Fix(node.Text ?? "", known), new SeedWords($"没有“{node.Text}”", "请核对，或先在参考表里加上"));
    }

    private void CheckLimits(SeedNode root, ServiceDefinition service)
    {
        if (service.Clock.PromisedDays > service.Clock.StatutoryDays)
            faults.Add(root["clock"]!["promised_days"]!, $"{service.Clock.PromisedDays} promised days are more than the {service.Clock.StatutoryDays} of the law", "promise at most the statutory days",
                new SeedWords($"承诺 {service.Clock.PromisedDays} 个工作日，比法定的 {service.Clock.StatutoryDays} 天还长", $"承诺时限最多 {service.Clock.StatutoryDays}"));
        if (root["clock"]?["officer_days"] is { } officer && service.Clock.OfficerDays > service.Clock.StatutoryDays)
            faults.Add(officer, $"{service.Clock.OfficerDays} days for an officer are more than the {service.Clock.StatutoryDays} of the law", "promise at most the statutory days",
                new SeedWords($"人工办理 {service.Clock.OfficerDays} 天，比法定的 {service.Clock.StatutoryDays} 天还长", $"最多 {service.Clock.StatutoryDays}"));
        if (service.Process.Sum(p => p.Days ?? 0) is var days && service.Clock.StatutoryDays < days)
            faults.Add(root["process"]!, $"The steps take {days} days, more than the {service.Clock.StatutoryDays} of the law", "shorten a step, or take special procedures out of it",
                new SeedWords($"各环节加起来 {days} 天，比法定的 {service.Clock.StatutoryDays} 天还长", "请缩短环节，特别程序另列"));
    }

    private void CheckMoney(SeedNode root, ServiceDefinition service)
    {
        if (service.Fee is { Charged: true, Standard: null } or { Charged: true, Basis: null })
            faults.Add(root["fee"]!, "A fee needs its standard and its basis", "add standard: and basis:, or charged: false",
                new SeedWords("收费的事项要写收费标准和收费依据", "请补上，或去掉“收费”"));
    }

    private void CheckForm(SeedNode root, ServiceDefinition service)
    {
        if (service.FormFields.Count > 0 && service.Pages.Count > 0)
            faults.Add(root["form_fields"]!, "The service has pages and form_fields: two lists of what is asked", "keep the pages; form_fields: is for a guide without an online form",
                new SeedWords("有网上表单的事项不能再列表单字段", "请清空“表单字段”"));
        foreach (var twice in root.ListOf("form_fields").GroupBy(f => f.TextOf("name")).Where(g => g.Count() > 1))
            faults.Add(twice.Last()["name"]!, $"The field \"{twice.Key}\" is there twice", "keep one of them", new SeedWords($"表单字段“{twice.Key}”写了两次", "请留一个"));
    }

    private void CheckCancelled(SeedNode root, ServiceDefinition service)
    {
        if (service.Cancelled?.Redirect is not { } redirect)
            return;
        var node = root["cancelled"]!["redirect"]!;
        if (redirect == service.Code)
            faults.Add(node, "A cancelled item can not lead to itself", "name another item, or take redirect away", new SeedWords("取消的事项不能指向自己", "请写另一件事项的编码，或不填"));
        else
            Known([node], _items, "item");
    }
}
