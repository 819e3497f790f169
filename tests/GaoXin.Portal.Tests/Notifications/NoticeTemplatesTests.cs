using GaoXin.Portal.Kernel;
using GaoXin.Portal.Notifications;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Tests.Notifications;

public sealed class NoticeTemplatesTests
{
    /// <summary>One short message of Chinese text; a longer one is charged and split.</summary>
    private const int OneMessage = 70;

    private static readonly NoticeTemplates Real = new(Options.Create(new PortalOptions()));

    private static readonly Dictionary<string, string> Values = new()
    {
        [NoticeToken.Service] = "企业设立",
        [NoticeToken.Number] = "GX-2026-000138-4",
        [NoticeToken.Deadline] = "11月24日（周二）",
        [NoticeToken.Time] = "11月26日（周四）10:00–10:30",
        [NoticeToken.Halls] = "高新区政务服务大厅、枫杨街道便民服务中心",
    };

    public static TheoryData<string> Codes => [.. NoticeTemplate.All];

    [Fact]
    public void The_templates_of_the_repository_have_no_fault() => Real.Faults.ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_notice_fits_one_short_message_and_says_nothing_in_half_width(string code)
    {
        var words = Real.Render(code, Values);

        words.Sms.ShouldStartWith("【");
        words.Sms.Length.ShouldBeLessThanOrEqualTo(OneMessage, words.Sms);
        words.Text.ShouldNotContain("{");
        // A time of day has its own colon.
        $"{words.Title}{words.Text}".Replace("10:00–10:30", "", StringComparison.Ordinal).IndexOfAny([',', ';', ':', '?', '!', '(', ')', '"']).ShouldBe(-1);
    }

    [Fact]
    public void A_missing_value_throws_instead_of_leaving_a_hole() =>
        Should.Throw<InvalidOperationException>(() => Real.Render(NoticeTemplate.CaseSubmitted, new Dictionary<string, string> { [NoticeToken.Service] = "企业设立" }));

    [Fact]
    public void An_unknown_code_throws() => Should.Throw<InvalidOperationException>(() => Real.Render("case-forgotten", Values));

    [Theory]
    [InlineData("标题\n您的{{ servce }}已提交", "servce")]
    [InlineData("标题\n您的{{ service", "brace")]
    [InlineData("只有标题", "Only one line")]
    public void A_faulty_file_is_named_with_a_fix(string content, string expected)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, $"{NoticeTemplate.CaseSubmitted}.liquid"), content);

            var fault = new NoticeTemplates(folder.FullName).Faults.Single(f => f.File.Contains(NoticeTemplate.CaseSubmitted, StringComparison.Ordinal));

            fault.Message.ShouldContain(expected);
            fault.Fix.ShouldNotBeEmpty();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_missing_file_is_a_fault()
    {
        var folder = Directory.CreateTempSubdirectory();
        new NoticeTemplates(folder.FullName).Faults.Count.ShouldBe(NoticeTemplate.All.Count);
        folder.Delete();
    }
}
