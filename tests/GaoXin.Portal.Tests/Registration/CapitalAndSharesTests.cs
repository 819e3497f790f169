using CsCheck;
using GaoXin.Portal.Registration;

namespace GaoXin.Portal.Tests.Registration;

public sealed class CapitalAndSharesTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    [Theory]
    [InlineData("100", null)]
    [InlineData("0.000001", null)]
    [InlineData("12.345678", null)]
    [InlineData("１００．５", null)]
    [InlineData("12.3456780", null)]
    [InlineData("12.3456789", "最多 6 位小数")]
    [InlineData("0", "大于 0")]
    [InlineData("-5", "大于 0")]
    [InlineData("一百", "要填数字")]
    [InlineData("", "要填数字")]
    [InlineData("1e9", "要填数字")]
    [InlineData("99999999999999", "太大")]
    [InlineData("99999999999999999999999999999999999999", "要填数字")]
    public void An_amount_is_a_positive_decimal_with_six_digits_at_most(string typed, string? says)
    {
        var problem = RegisteredCapital.AmountProblem(typed, "注册资本");
        if (says is null)
            problem.ShouldBeNull();
        else
            problem.ShouldNotBeNull().ShouldContain(says);
    }

    [Fact]
    public void Subscriptions_have_to_sum_up_exactly()
    {
        RegisteredCapital.SumProblem(100m, [33.333333m, 33.333333m, 33.333334m]).ShouldBeNull();
        RegisteredCapital.SumProblem(100m, [33.333333m, 33.333333m, 33.333333m]).ShouldNotBeNull().ShouldContain("还差 0.000001 万元");
        RegisteredCapital.SumProblem(100m, [60m, 50m]).ShouldNotBeNull().ShouldContain("多出 10 万元");
    }

    [Theory]
    [InlineData("2026-11-22", "2031-11-22", true)]
    [InlineData("2026-11-22", "2031-11-23", false)]
    [InlineData("2026-11-22", "2026-11-21", false)]
    [InlineData("2024-07-01", "2029-07-02", false)]
    [InlineData("2024-06-30", "2054-06-30", true)]
    [InlineData("2028-02-29", "2033-02-28", true)]
    [InlineData("2028-02-29", "2033-03-01", false)]
    public void The_due_date_follows_the_law_of_the_day_of_application(string applied, string due, bool accepted) =>
        (RegisteredCapital.DueDateProblem(DateOnly.Parse(due), DateOnly.Parse(applied)) is null).ShouldBe(accepted);

    [Theory]
    [InlineData("100000", 4, false)]
    [InlineData("100000.000001", 4, true)]
    [InlineData("100", 31, true)]
    [InlineData("100", 30, false)]
    public void Abnormal_amounts_and_terms_are_noticed(string capital, int years, bool abnormal) =>
        RegisteredCapital.IsAbnormal(decimal.Parse(capital), [Today.AddYears(years)], Today).ShouldBe(abnormal);

    [Theory]
    [InlineData("50,50", "50,50")]
    [InlineData("1,1,1", "33.3334,33.3333,33.3333")]
    [InlineData("0.000001,99.999999", "0.0000,100.0000")]
    [InlineData("1,2,4,6", "7.6923,15.3846,30.7692,46.1539")]
    public void Shares_follow_from_the_amounts_and_make_exactly_one_hundred(string amounts, string expected)
    {
        var ratios = Shareholdings.Ratios([.. amounts.Split(',').Select(decimal.Parse)]);
        ratios.ShouldBe([.. expected.Split(',').Select(decimal.Parse)]);
        ratios.Sum().ShouldBe(100m);
    }

    [Fact]
    public void Shares_of_random_amounts_always_make_one_hundred() =>
        Gen.Int[1, 2_000_000_000].Array[1, 50].Sample(amounts =>
             Shareholdings.Ratios([.. amounts.Select(a => a / 1_000_000m)]).Sum() == 100m);

    [Theory]
    [InlineData(0, "至少添加一位股东")]
    [InlineData(51, "最多 50 位股东")]
    public void One_to_fifty_shareholders(int count, string says) =>
        Shareholdings.Check([.. People(count)]).ShouldHaveSingleItem().Message.ShouldContain(says);

    [Fact]
    public void Fifty_shareholders_are_fine() => Shareholdings.Check([.. People(50)]).ShouldBeEmpty();

    [Fact]
    public void The_same_person_twice_is_pointed_at_in_the_later_row()
    {
        var twice = People(2).Select(p => p with { IdNumber = " 11010519491231002x " }).ToList();
        var problem = Shareholdings.Check(twice).ShouldHaveSingleItem();
        (problem.RowId, problem.Column).ShouldBe(("r1", Shareholdings.NumberColumn));
    }

    [Theory]
    [InlineData("50,49.99", "99.99%")]
    [InlineData("50,50.01", "100.01%")]
    public void Typed_shares_have_to_make_exactly_one_hundred(string ratios, string says)
    {
        var typed = ratios.Split(',');
        Shareholdings.Check([.. People(2).Select((p, i) => p with { Ratio = typed[i] })])
            .ShouldHaveSingleItem().Message.ShouldContain(says);
    }

    [Fact]
    public void Typed_shares_of_one_hundred_are_fine() =>
        Shareholdings.Check([.. People(3).Select((p, i) => p with { Ratio = i == 0 ? "33.3334" : "33.3333" })]).ShouldBeEmpty();

    [Theory]
    [InlineData("person:100", "有限责任公司（自然人独资）")]
    [InlineData("enterprise:100", "有限责任公司（法人独资）")]
    [InlineData("person:50,person:50", "有限责任公司（自然人投资或控股）")]
    [InlineData("person:51,enterprise:49", "有限责任公司（自然人投资或控股）")]
    [InlineData("person:50,enterprise:50", "其他有限责任公司")]
    [InlineData("enterprise:50,enterprise:50", "其他有限责任公司")]
    public void The_type_follows_from_the_shareholders(string shares, string type) =>
        CompanyType.Display([.. shares.Split(',').Select((s, i) => new Shareholder
        {
            RowId = $"r{i}",
            IsNaturalPerson = s.StartsWith("person", StringComparison.Ordinal),
            Subscribed = s.Split(':')[1],
        })]).ShouldBe(type);

    private static IEnumerable<Shareholder> People(int count) => Enumerable.Range(0, count)
        .Select(i => new Shareholder { RowId = $"r{i}", Name = "演示甲", IdNumber = $"person-{i}", Subscribed = "1" });
}
