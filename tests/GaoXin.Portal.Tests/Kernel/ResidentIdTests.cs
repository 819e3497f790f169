using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Tests.Kernel;

public sealed class ResidentIdTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    [Theory]
    [InlineData("11010519491231002X", false)]
    [InlineData("440524188001010014", true)]
    [InlineData("34052419800101001X", true)]
    [InlineData("410102198002290015", true)]
    [InlineData("410102199003070027", false)]
    [InlineData("410172199912310031", true)]
    [InlineData("410181200010100045", false)]
    [InlineData("810000199001010019", true)]
    [InlineData("830000198505050021", false)]
    [InlineData("410102198501011113", true)]
    [InlineData("41010219900101008X", false)]
    public void A_right_number_is_read_and_tells_sex_and_birth_date(string number, bool male)
    {
        ResidentId.TryParse(number, out var id).ShouldBeTrue();
        id.IsMale.ShouldBe(male);
        id.BirthDate.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture).ShouldBe(number[6..14]);
    }

    [Theory]
    [InlineData("110105194912310021")]
    [InlineData("410102198102290015")]
    [InlineData("110105491231002")]
    [InlineData("11010519491231002")]
    [InlineData("X10105194912310021")]
    [InlineData(null)]
    public void A_wrong_number_is_not_read(string? number) => ResidentId.TryParse(number, out _).ShouldBeFalse();

    [Theory]
    [InlineData("11010519491231002x")]
    [InlineData("１１０１０５１９４９１２３１００２Ｘ")]
    [InlineData("110105 19491231 002X")]
    public void What_people_type_is_normalised(string typed)
    {
        ResidentId.TryParse(typed, out var id).ShouldBeTrue();
        id.Number.ShouldBe("11010519491231002X");
    }

    [Fact]
    public void A_birth_long_ago_or_in_the_future_passes_the_check_but_is_not_plausible()
    {
        ResidentId.TryParse("440524188001010014", out var old).ShouldBeTrue();
        old.IsPlausibleOn(Today).ShouldBeFalse();
        ResidentId.TryParse(WithCheck("41010220300101001"), out var unborn).ShouldBeTrue();
        unborn.IsPlausibleOn(Today).ShouldBeFalse();
        ResidentId.TryParse("410102199003070027", out var alive).ShouldBeTrue();
        alive.IsPlausibleOn(Today).ShouldBeTrue();
    }

    [Fact]
    public void Age_counts_whole_years()
    {
        ResidentId.TryParse("410102198002290015", out var leap).ShouldBeTrue();
        leap.AgeOn(new DateOnly(2026, 2, 27)).ShouldBe(45);
        leap.AgeOn(new DateOnly(2026, 2, 28)).ShouldBe(46);
        leap.AgeOn(new DateOnly(2028, 2, 28)).ShouldBe(47);
        leap.AgeOn(new DateOnly(2028, 2, 29)).ShouldBe(48);
    }

    [Fact]
    public void The_number_never_shows_in_text()
    {
        ResidentId.TryParse("410102199003070027", out var id).ShouldBeTrue();
        $"{id}".ShouldBe("4101**********0027");
    }

    private static string WithCheck(string digits) => digits + ResidentId.CheckCharacter(digits);
}
