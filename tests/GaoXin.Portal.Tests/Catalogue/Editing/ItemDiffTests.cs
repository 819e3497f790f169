using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Catalogue.Items;

namespace GaoXin.Portal.Tests.Catalogue.Editing;

public sealed class ItemDiffTests
{
    private static readonly ItemNames Names = new(new Dictionary<ReferenceKind, IReadOnlyList<ReferenceEntry>>
    {
        [ReferenceKind.Departments] = [new("health", "卫生健康委员会"), new("science", "科技创新局")],
    });

    private const string Item = """
        {"code":"x","version":3,"effective_from":"2024-01-01","title":"甲","department":"health","nature":{"kind":"licence","handling":"instant"},
         "guide":{"visits":1,"conditions":["一","二"]},
         "materials":[{"code":"a","title":"申请书","source":"applicant"},{"code":"b","title":"身份证","required_if":{"eq":["x","y"]}}]}
        """;

    [Fact]
    public void The_same_content_has_no_difference_whatever_its_version() =>
        Diff(Item, Item.Replace("\"version\":3", "\"version\":4", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void Values_are_compared_in_words() =>
        Diff(Item, Item.Replace("health", "science", StringComparison.Ordinal).Replace("instant", "promise", StringComparison.Ordinal)).ShouldBe(
        [
            new ElementChange("实施部门", "卫生健康委员会", "科技创新局"),
            new ElementChange("办件类型", "即办件", "承诺件"),
        ]);

    [Fact]
    public void Lists_show_both_sides() =>
        Diff(Item, Item.Replace("[\"一\",\"二\"]", "[\"一\",\"三\"]", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldBe(new ElementChange("受理条件", "一\n二", "一\n三"));

    [Fact]
    public void Rows_are_matched_by_their_code()
    {
        var changes = Diff(Item, Item.Replace("{\"code\":\"a\",\"title\":\"申请书\",\"source\":\"applicant\"},", "", StringComparison.Ordinal)
            .Replace("\"title\":\"身份证\"", "\"title\":\"身份证\",\"copies\":2", StringComparison.Ordinal));

        changes.ShouldBe([new ElementChange("材料：申请书", "a，申请书，申请人自备", ""), new ElementChange("材料：身份证：份数", "", "2")]);
    }

    [Fact]
    public void What_editors_can_not_write_is_compared_too()
    {
        var changes = Diff(Item, Item.Replace("\"y\"", "\"z\"", StringComparison.Ordinal).Replace("\"title\":\"甲\"", "\"title\":\"甲\",\"rule_set\":\"r\"", StringComparison.Ordinal));

        changes.Select(c => c.Element).ShouldBe(["材料：身份证：需要的条件", "自动审批规则"]);
    }

    [Fact]
    public void A_form_is_told_by_the_titles_of_its_pages_and_a_change_below_them_as_one()
    {
        var old = Item.Replace("\"title\":\"甲\"", "\"title\":\"甲\",\"pages\":[{\"title\":\"您是谁？\",\"fields\":[{\"key\":\"a\"}]}]", StringComparison.Ordinal);

        Diff(old, old.Replace("您是谁？", "谁来办？", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldBe(new ElementChange("网上表单", "1 项：您是谁？", "1 项：谁来办？"));
        Diff(old, old.Replace("\"key\":\"a\"", "\"key\":\"b\"", StringComparison.Ordinal)).ShouldHaveSingleItem().New.ShouldBe("1 项：您是谁？（里面有改动）");
    }

    [Fact]
    public void A_new_item_lists_everything_it_has() => ItemDiff.Between(null, ItemDocument.Parse(Item), Names).Select(c => c.Element).ShouldContain("事项名称");

    [Fact]
    public void Setting_rows_keeps_what_a_row_holds_beyond_its_columns()
    {
        var document = ItemDocument.Parse(Item);
        var materials = ItemElements.Named("materials");

        document.SetRows(materials, document.Rows(materials));

        Diff(Item, document.ToJson()).ShouldBeEmpty();
    }

    [Fact]
    public void Every_element_of_an_item_stands_in_the_schema()
    {
        using var seeds = new SeedsFolder();
        var root = Newtonsoft.Json.Linq.JObject.Parse(seeds.Read("schema/service.json"));

        foreach (var element in ItemElements.All)
        {
            var at = Property(root, element.Path);
            at.ShouldNotBeNull(element.Path);
            foreach (var column in element.Columns)
                at!["items"]?["properties"]?[column.Path].ShouldNotBeNull($"{element.Path}.{column.Path}");
            foreach (var choice in element.Values)
                (at!["enum"] ?? at["items"]?["enum"])!.Values<string>().ShouldContain(choice.Code(), element.Path);
        }
    }

    private static Newtonsoft.Json.Linq.JToken? Property(Newtonsoft.Json.Linq.JToken? at, string path)
    {
        foreach (var part in path.Split('.'))
            at = at?["properties"]?[part];
        return at;
    }

    private static IReadOnlyList<ElementChange> Diff(string old, string now) => ItemDiff.Between(ItemDocument.Parse(old), ItemDocument.Parse(now), Names);
}
