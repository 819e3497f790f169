using GaoXin.Portal.Cases.Forms;
using GaoXin.Portal.Catalogue;

namespace GaoXin.Portal.Tests.Cases;

public sealed class FieldInputTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    private static FieldUse Use(FieldType type, int? longest = null, string? least = null, string? most = null, int decimals = 0, params Choice[] choices) => new()
    {
        Element = new DataElement { Key = "x", Type = type, Label = "这一项", MaximumLength = longest, Minimum = least, Maximum = most, Decimals = decimals, Choices = choices },
    };

    [Theory]
    [InlineData(FieldType.ResidentId, " 410102 19900307 0027 ", "410102199003070027")]
    [InlineData(FieldType.ResidentId, "41010219900101008x", "41010219900101008X")]
    [InlineData(FieldType.ResidentId, "４１０１０２１９９００３０７００２７", "410102199003070027")]
    [InlineData(FieldType.Mobile, "+86 138-0000-0000", "13800000000")]
    [InlineData(FieldType.Telephone, "0371-00000000", "0371-00000000")]
    [InlineData(FieldType.CreditCode, "91410100ma0000015b", "91410100MA0000015B")]
    [InlineData(FieldType.Date, "2026-2-28", "2026-02-28")]
    [InlineData(FieldType.PersonName, "买买提•艾力", "买买提·艾力")]
    [InlineData(FieldType.PersonName, "李𠮷", "李𠮷")]
    [InlineData(FieldType.Text, "  槐叶  ", "槐叶")]
    [InlineData(FieldType.Text, "   ", null)]
    public void What_people_type_is_brought_into_normal_form(FieldType type, string typed, string? expected)
    {
        var (value, problem) = FieldInput.Normalise(Use(type), typed, Today);

        problem.ShouldBeNull();
        value.ShouldBe(expected);
    }

    [Theory]
    [InlineData("1,000,000.50", 2, "1000000.5")]
    [InlineData("１００", 0, "100")]
    [InlineData("0.10", 2, "0.1")]
    [InlineData("100.00", 2, "100")]
    public void Amounts_are_decimals_in_one_form(string typed, int decimals, string expected) =>
        FieldInput.Normalise(Use(FieldType.Money, decimals: decimals), typed, Today).ShouldBe((expected, null));

    [Theory]
    [InlineData(FieldType.ResidentId, "110105194912310021", "出生日期和最后一位")]
    [InlineData(FieldType.ResidentId, "41010219810229001", "现在是 17 位")]
    [InlineData(FieldType.ResidentId, "410102810302001", "15 位的旧号码已经停用")]
    [InlineData(FieldType.ResidentId, "440524188001010014", "出生日期不对")]
    [InlineData(FieldType.CreditCode, "91350211M000100Y43", "统一社会信用代码不对")]
    [InlineData(FieldType.Mobile, "1380000", "11 位手机号")]
    [InlineData(FieldType.Date, "2026-02-30", "有这一天的日期")]
    [InlineData(FieldType.Text, "槐叶😀", "不能用的符号“😀”")]
    [InlineData(FieldType.Text, "槐\u200b叶", "不可见字符")]
    [InlineData(FieldType.PersonName, "李1", "按身份证填写姓名")]
    [InlineData(FieldType.Money, "一百", "只填数字")]
    [InlineData(FieldType.Money, "1e9", "只填数字")]
    [InlineData(FieldType.Money, "10.5", "请填整数")]
    [InlineData(FieldType.SingleChoice, "<script>", "请从列表里选")]
    [InlineData(FieldType.YesNo, "maybe", "是或否")]
    public void What_is_malformed_is_kept_as_typed_and_explained(FieldType type, string typed, string message)
    {
        var (value, problem) = FieldInput.Normalise(Use(type), typed, Today);

        value.ShouldBe(typed);
        problem.ShouldNotBeNull().ShouldContain(message);
    }

    [Fact]
    public void Ten_thousand_characters_get_a_count_not_a_crash()
    {
        var (_, problem) = FieldInput.Normalise(Use(FieldType.Text, longest: 20), new string('槐', 10_000), Today);

        problem.ShouldBe("这一项最多 20 个字，现在是 10000 个");
    }

    [Fact]
    public void Several_choices_are_kept_in_the_order_of_the_list()
    {
        var use = Use(FieldType.MultipleChoice, choices: [new("a", "甲"), new("b", "乙"), new("c", "丙")]);

        FieldInput.Normalise(use, "c,a", Today).ShouldBe(("a,c", null));
    }
}
