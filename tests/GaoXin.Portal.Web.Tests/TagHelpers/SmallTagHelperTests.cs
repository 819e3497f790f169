using GaoXin.Portal.Web.TagHelpers;
using Microsoft.Extensions.Time.Testing;

namespace GaoXin.Portal.Web.Tests.TagHelpers;

public sealed class SmallTagHelperTests
{
    private static readonly FakeTimeProvider Clock = new(new DateTimeOffset(2026, 11, 22, 4, 0, 0, TimeSpan.Zero));
    private static readonly DateTimeOffset Thursday = new(2026, 11, 26, 2, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_icon_is_hidden_from_screen_readers()
    {
        var icon = new IconTagHelper { Name = "search" }.Element();

        icon.GetAttribute("aria-hidden").ShouldBe("true");
        icon.GetAttribute("focusable").ShouldBe("false");
    }

    [Fact]
    public void An_unknown_icon_or_state_is_a_programming_error()
    {
        Should.Throw<ArgumentException>(() => new IconTagHelper { Name = "no-such" }.Html());
        Should.Throw<ArgumentException>(() => new TagTagHelper { Kind = "no-such" }.Html());
        Should.Throw<ArgumentException>(() => new SourceTagHelper { Kind = "no-such" }.Html());
    }

    [Theory]
    [InlineData("done")]
    [InlineData("doing")]
    [InlineData("wait")]
    [InlineData("bad")]
    [InlineData("grey")]
    [InlineData("brand")]
    public void A_state_has_a_shape_and_words(string kind)
    {
        var tag = new TagTagHelper { Kind = kind }.Element("已填好");

        tag.LocalName.ShouldBe("strong");
        tag.QuerySelector("svg").ShouldNotBeNull();
        tag.TextContent.ShouldBe("已填好");
    }

    [Fact]
    public void Every_light_has_its_own_shape() =>
        new[] { "overdue", "today", "ok", "waiting", "ended" }.Select(k => new LightTagHelper { Kind = k }.Element("字").QuerySelector("svg")!.InnerHtml)
            .Distinct().Count().ShouldBe(5);

    [Fact]
    public void A_day_is_written_in_full() => Date(new(Clock) { Value = new DateOnly(2026, 11, 2) }).ShouldBe("2026年11月2日");

    [Fact]
    public void This_year_may_go_unsaid_and_another_year_may_not()
    {
        Date(new(Clock) { Value = new DateOnly(2026, 11, 22), Brief = true }).ShouldBe("11月22日");
        Date(new(Clock) { Value = new DateOnly(2027, 1, 2), Brief = true }).ShouldBe("2027年1月2日");
    }

    [Fact]
    public void An_instant_is_told_in_local_time_with_its_week_day() =>
        Date(new(Clock) { Value = Thursday, Brief = true, Weekday = true, Time = true }).ShouldBe("11月26日（周四）10:00");

    [Fact]
    public void A_table_has_the_short_form() => Date(new(Clock) { Value = Thursday, Short = true }).ShouldBe("11-26 10:00");

    [Fact]
    public void The_machine_form_carries_the_offset() =>
        new DateTagHelper(Clock) { Value = Thursday }.Element().GetAttribute("datetime").ShouldBe("2026-11-26T10:00:00+08:00");

    [Fact]
    public void No_date_writes_nothing() => new DateTagHelper(Clock).Html().ShouldBeEmpty();

    [Theory]
    [InlineData("800", "800 元")]
    [InlineData("9999.5", "9,999.5 元")]
    [InlineData("500000", "50 万元")]
    [InlineData("500001", "50.0001 万元")]
    [InlineData("218000000", "2.18 亿元")]
    public void Money_is_counted_the_Chinese_way_and_stays_exact(string yuan, string text) =>
        MoneyTagHelper.Format(decimal.Parse(yuan, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(text);

    [Fact]
    public void A_code_says_in_words_what_it_holds()
    {
        var code = new QrTagHelper { Text = "https://portal.example/verify/7K3M", Label = "核验码 7K3M" }.Element();

        code.GetAttribute("role").ShouldBe("img");
        code.GetAttribute("aria-label").ShouldBe("核验码 7K3M");
        code.QuerySelectorAll("path").Length.ShouldBe(2);
    }

    [Fact]
    public void The_way_here_is_a_named_list_of_links()
    {
        var trail = new CrumbTagHelper { Trail = [new("首页", "/"), new("办事指南", "/services")] }.Element();

        trail.GetAttribute("aria-label").ShouldBe("当前位置");
        trail.QuerySelectorAll("ol > li > a").Select(a => a.GetAttribute("href")).ShouldBe(["/", "/services"]);
    }

    [Fact]
    public void No_helper_writes_inline_style_or_script()
    {
        string[] written =
        [
            new NoticeTagHelper { Kind = "warn" }.Html("字"),
            new QrTagHelper { Text = "x", Label = "y" }.Html(),
            new BackTagHelper().Html(),
            new FieldTagHelper { Name = "a", Suffix = "元", ViewContext = Markup.View() }.Html(),
        ];

        written.ShouldAllBe(html => !html.Contains("style=") && !html.Contains("<script") && !html.Contains(" on"));
    }

    private static string Date(DateTagHelper date) => date.Element().TextContent;
}
