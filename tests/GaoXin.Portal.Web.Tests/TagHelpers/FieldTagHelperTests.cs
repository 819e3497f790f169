using GaoXin.Portal.Web.TagHelpers;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace GaoXin.Portal.Web.Tests.TagHelpers;

public sealed class FieldTagHelperTests
{
    [Fact]
    public void A_field_is_written_as_label_hint_message_control_source()
    {
        var field = new FieldTagHelper { Name = "room", Label = "门牌号", Hint = "和房产证一致", Source = "you", ViewContext = Markup.View(s => s.AddModelError("room", "请填写门牌号")) };

        field.Element().Order().ShouldBe("label.gx-label p.gx-hint p.gx-error input.gx-input div.gx-fieldrow");
    }

    [Fact]
    public void The_label_leads_to_the_control_by_an_id_made_from_the_name()
    {
        var element = new FieldTagHelper { For = Markup.For("Command.Rows[0].Name", "甲"), Label = "姓名", ViewContext = Markup.View() }.Element();

        element.QuerySelector("label")!.GetAttribute("for").ShouldBe("Command_Rows_0__Name");
        element.QuerySelector("input")!.Id.ShouldBe("Command_Rows_0__Name");
        element.QuerySelector("input")!.GetAttribute("name").ShouldBe("Command.Rows[0].Name");
        element.QuerySelector("input")!.GetAttribute("value").ShouldBe("甲");
    }

    [Fact]
    public void The_control_is_described_by_hint_message_and_source_and_nothing_else()
    {
        var wrong = new FieldTagHelper { Name = "a", Hint = "h", Source = "shared", ViewContext = Markup.View(s => s.AddModelError("a", "错")) }.Element();
        var plain = new FieldTagHelper { Name = "a", ViewContext = Markup.View() }.Element();

        wrong.QuerySelector("input")!.GetAttribute("aria-describedby").ShouldBe("a-hint a-error a-source");
        foreach (var id in "a-hint a-error a-source".Split(' '))
            wrong.QuerySelector("#" + id).ShouldNotBeNull();
        plain.QuerySelector("input")!.HasAttribute("aria-describedby").ShouldBeFalse();
    }

    [Fact]
    public void A_wrong_field_is_marked_for_eyes_and_for_screen_readers()
    {
        var element = new FieldTagHelper { Name = "a", ViewContext = Markup.View(s => s.AddModelError("a", "请填写")) }.Element();

        element.ClassList.ShouldContain("gx-field--error");
        element.QuerySelector("input")!.GetAttribute("aria-invalid").ShouldBe("true");
        element.QuerySelector(".gx-error")!.TextContent.ShouldBe("错误：请填写");
    }

    [Fact]
    public void What_was_typed_wins_over_the_stored_value()
    {
        var view = Markup.View(s => s.SetModelValue("amount", "12,5元", "12,5元"));

        new FieldTagHelper { Name = "amount", Value = 12.50m, ViewContext = view }.Element().QuerySelector("input")!.GetAttribute("value").ShouldBe("12,5元");
    }

    [Fact]
    public void Text_is_encoded()
    {
        var html = new FieldTagHelper { Name = "a", Label = "<b>", Value = "\"><script>", ViewContext = Markup.View() }.Html();

        html.ShouldNotContain("<script>");
        html.ShouldNotContain("<b>");
    }

    [Theory]
    [InlineData("password")]
    [InlineData("file")]
    public void A_secret_or_a_file_is_never_written_back(string type) =>
        new FieldTagHelper { Name = "a", Type = type, Value = "hush", ViewContext = Markup.View() }.Html().ShouldNotContain("hush");

    [Fact]
    public void Days_and_amounts_have_one_normal_form()
    {
        Value(new DateOnly(2026, 11, 2)).ShouldBe("2026-11-02");
        Value(1234.50m).ShouldBe("1234.50");
        static string? Value(object value) =>
            new FieldTagHelper { Name = "a", Value = value, ViewContext = Markup.View() }.Element().QuerySelector("input")!.GetAttribute("value");
    }

    [Fact]
    public void A_text_area_keeps_a_leading_line_break()
    {
        var area = new FieldTagHelper { Name = "a", Type = "textarea", Value = "\n第二行", ViewContext = Markup.View() }.Element().QuerySelector("textarea")!;

        area.TextContent.ShouldBe("\n第二行");
    }

    [Fact]
    public void A_list_chooses_the_stored_value_and_offers_nothing_beforehand()
    {
        SelectListItem[] items = [new("零售业", "52"), new("餐饮业", "62")];
        var chosen = new FieldTagHelper { Name = "a", Type = "select", Items = items, Value = "62", ViewContext = Markup.View() }.Element();
        var empty = new FieldTagHelper { Name = "a", Type = "select", Items = items, ViewContext = Markup.View() }.Element();

        chosen.QuerySelector("option[selected]")!.GetAttribute("value").ShouldBe("62");
        empty.QuerySelector("option[selected]")!.GetAttribute("value").ShouldBe("");
    }

    [Fact]
    public void One_question_on_a_page_makes_the_label_the_heading() =>
        new FieldTagHelper { Name = "a", Label = "公司叫什么？", Heading = true, ViewContext = Markup.View() }.Element()
            .QuerySelector("h1 > label")!.TextContent.ShouldBe("公司叫什么？");

    [Fact]
    public void Children_stand_in_the_row_below_the_control() =>
        new FieldTagHelper { Name = "a", ViewContext = Markup.View() }.Element("<a href=\"#\">信息有误</a>")
            .LastElementChild!.QuerySelector("a")!.TextContent.ShouldBe("信息有误");
}
