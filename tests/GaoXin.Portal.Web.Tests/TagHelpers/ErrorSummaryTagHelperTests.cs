using GaoXin.Portal.Web.TagHelpers;

namespace GaoXin.Portal.Web.Tests.TagHelpers;

public sealed class ErrorSummaryTagHelperTests
{
    [Fact]
    public void Nothing_is_written_when_all_is_well() =>
        new ErrorSummaryTagHelper { ViewContext = Markup.View(s => s.SetModelValue("a", "1", "1")) }.Html().ShouldBeEmpty();

    [Fact]
    public void It_is_announced_takes_the_focus_and_counts()
    {
        var element = new ErrorSummaryTagHelper
        {
            ViewContext = Markup.View(s =>
            {
                s.AddModelError("Command.Room", "请填写门牌号");
                s.AddModelError("", "名称已被占用，请换一个");
            }),
        }.Element();

        element.GetAttribute("role").ShouldBe("alert");
        element.GetAttribute("tabindex").ShouldBe("-1");
        element.QuerySelector("#" + element.GetAttribute("aria-labelledby"))!.TextContent.ShouldBe("有 2 处要改");
    }

    [Fact]
    public void Each_line_leads_to_its_control_and_a_general_one_to_none()
    {
        var lines = new ErrorSummaryTagHelper
        {
            ViewContext = Markup.View(s =>
            {
                s.AddModelError("Command.Rows[1].Name", "请填写姓名");
                s.AddModelError("", "名称已被占用，请换一个");
            }),
        }.Element().QuerySelectorAll("li").ToDictionary(l => l.TextContent, l => l.QuerySelector("a")?.GetAttribute("href"));

        lines["请填写姓名"].ShouldBe("#" + FieldIds.Of("Command.Rows[1].Name"));
        lines["名称已被占用，请换一个"].ShouldBeNull();
    }

    [Fact]
    public void The_same_message_twice_at_one_field_counts_once() =>
        new ErrorSummaryTagHelper
        {
            ViewContext = Markup.View(s =>
            {
                s.AddModelError("a", "请填写");
                s.AddModelError("a", "请填写");
            }),
        }.Element().QuerySelector("h2")!.TextContent.ShouldBe("有 1 处要改");
}
