using GaoXin.Portal.Registration;

namespace GaoXin.Portal.Tests.Registration;

public sealed class CompanyOfficersTests
{
    private const string A = "11010519491231002X";
    private const string B = "410102199003070027";
    private const string C = "410102198002290015";
    private static readonly DateOnly Today = new(2026, 11, 22);

    [Fact]
    public void One_person_may_lead_and_another_supervise() =>
        Check([At(Post.LegalRepresentative, A), At(Post.Director, A), At(Post.Manager, A), At(Post.FinanceHead, A), At(Post.Supervisor, B), At(Post.Liaison, A)])
            .ShouldBeEmpty();

    [Fact]
    public void The_legal_representative_is_a_director_or_the_manager()
    {
        Check([At(Post.LegalRepresentative, A), At(Post.Director, B), At(Post.Manager, A), At(Post.Supervisor, C)]).ShouldBeEmpty();
        Check([At(Post.LegalRepresentative, A), At(Post.Director, B), At(Post.Manager, B), At(Post.Supervisor, C)])
            .ShouldHaveSingleItem().ShouldBe("legalRep.idNo");
    }

    [Theory]
    [InlineData(Post.Director)]
    [InlineData(Post.Manager)]
    [InlineData(Post.FinanceHead)]
    public void Who_leads_may_not_supervise(object post) =>
        Check([At(Post.LegalRepresentative, A), At(Post.Director, A), At((Post)post, B), At(Post.Director, C), At(Post.Supervisor, B)], filter: "supervisor.idNo")
            .ShouldHaveSingleItem();

    [Fact]
    public void No_supervisor_needs_the_consent_of_all()
    {
        Officer[] officers = [At(Post.LegalRepresentative, A), At(Post.Director, A)];
        Check(officers).ShouldHaveSingleItem().ShouldBe("supervisor.from");
        CompanyOfficers.Check(officers, noSupervisor: true, Today).ShouldBeEmpty();
    }

    [Fact]
    public void A_board_has_three_members_or_there_is_one_director()
    {
        Check([At(Post.Director, A), At(Post.Director, B), At(Post.Supervisor, C)]).ShouldHaveSingleItem().ShouldBe("director.name");
        CompanyOfficers.Check([At(Post.Director, A), At(Post.Director, B), At(Post.Director, C)], true, Today).ShouldBeEmpty();
    }

    [Fact]
    public void Officers_are_adults_with_a_plausible_age()
    {
        const string child = "410181200010100045";
        Check([At(Post.Director, child), At(Post.Supervisor, B)], on: new DateOnly(2018, 10, 9)).ShouldHaveSingleItem().ShouldBe("director.idNo");
        Check([At(Post.Director, child), At(Post.Supervisor, B)], on: new DateOnly(2018, 10, 10)).ShouldBeEmpty();
        Check([At(Post.Director, "440524188001010014"), At(Post.Supervisor, B)]).ShouldHaveSingleItem().ShouldBe("director.idNo");
    }

    [Fact]
    public void One_number_has_one_name() =>
        Check([At(Post.Director, A), At(Post.Manager, A) with { Name = "演示乙" }, At(Post.Supervisor, B)]).ShouldHaveSingleItem().ShouldBe("manager.name");

    private static List<string> Check(IReadOnlyList<Officer> officers, DateOnly? on = null, string? filter = null) =>
        [.. CompanyOfficers.Check(officers, false, on ?? Today).Select(p => p.Path).Where(p => filter is null || p == filter)];

    private static Officer At(Post post, string number) => new(post, post switch
    {
        Post.LegalRepresentative => "legalRep.",
        Post.FinanceHead => "finance.",
        _ => post.ToString().ToLowerInvariant() + ".",
    }, "演示甲", number, "13800000000");
}
