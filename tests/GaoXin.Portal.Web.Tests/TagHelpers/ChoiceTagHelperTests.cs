using GaoXin.Portal.Web.TagHelpers;

namespace GaoXin.Portal.Web.Tests.TagHelpers;

public sealed class ChoiceTagHelperTests
{
    private static readonly Choice[] Answers = [new("own", "自己的房子"), new("rent", "租来的", "要有租赁合同")];

    [Fact]
    public void The_question_is_the_legend_of_a_fieldset()
    {
        var element = new ChoiceTagHelper { Name = "own", Label = "这个地方是", Items = Answers, ViewContext = Markup.View() }.Element();

        element.LocalName.ShouldBe("fieldset");
        element.FirstElementChild!.LocalName.ShouldBe("legend");
        element.FirstElementChild.TextContent.ShouldBe("这个地方是");
    }

    [Fact]
    public void Nothing_is_chosen_beforehand() =>
        new ChoiceTagHelper { Name = "own", Items = Answers, ViewContext = Markup.View() }.Element().QuerySelectorAll("[checked]").ShouldBeEmpty();

    [Fact]
    public void The_first_answer_carries_the_id_that_the_error_summary_leads_to()
    {
        var inputs = new ChoiceTagHelper { Name = "Command.Own", Items = Answers, ViewContext = Markup.View() }.Element().QuerySelectorAll("input");

        inputs[0].Id.ShouldBe(FieldIds.Of("Command.Own"));
        inputs.Select(i => i.Id).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public void What_was_ticked_stays_ticked_after_a_refusal()
    {
        var view = Markup.View(s => s.SetModelValue("own", new[] { "rent" }, "rent"));

        var element = new ChoiceTagHelper { Name = "own", Multiple = true, Items = Answers, Value = new[] { "own" }, ViewContext = view }.Element();

        element.QuerySelectorAll("[checked]").Select(e => e.GetAttribute("value")).ShouldBe(["rent"]);
    }

    [Fact]
    public void The_message_describes_the_whole_group()
    {
        var view = Markup.View(s => s.AddModelError("own", "请选一个"));
        var element = new ChoiceTagHelper { Name = "own", Items = Answers, ViewContext = view }.Element();

        element.GetAttribute("aria-describedby").ShouldBe("own-error");
        element.QuerySelector("#own-error")!.TextContent.ShouldBe("错误：请选一个");
    }
}
