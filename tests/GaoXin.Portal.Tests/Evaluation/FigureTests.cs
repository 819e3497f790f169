using GaoXin.Portal.Evaluation;
using GaoXin.Portal.Evaluation.Figures;
using GaoXin.Portal.Evaluation.Staff;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Tests.Evaluation;

/// <summary>The published figures: what counts, what is hidden, and the rows behind.</summary>
public sealed class FigureTests(EvaluationHost host) : IClassFixture<EvaluationHost>
{
    private DateOnly Month => new(host.Clock.Today().Year, host.Clock.Today().Month, 1);

    [Fact]
    public async Task A_month_counts_what_ended_in_it_and_what_nobody_rated_stays_unrated()
    {
        const string Unit = "health";
        FreshMonth();
        await Rated(Unit, 6, RatingLevel.VerySatisfied);
        await Rated(Unit, 5, RatingLevel.Satisfied);
        await Rated(Unit, 5, RatingLevel.Dissatisfied);
        for (var i = 0; i < 4; i++)
            await host.Event(unit: Unit);
        var row = (await host.Send(new GetPublishedFigures(Month))).Rows.Single(r => r.Code == Unit);
        (row.Invited.Value, row.Rated.Value, row.RatingRate, row.Satisfaction).ShouldBe((20, 16, 80.0m, 68.8m));
        row.Levels.Select(l => l.Value).ShouldBe([6, 5, 0, 5, 0]);
        row.SatisfactionChange.ShouldBeNull();

        host.Clock.Advance(TimeSpan.FromDays(31));
        await Rated(Unit, 9, RatingLevel.VerySatisfied);
        await Rated(Unit, 6, RatingLevel.VeryDissatisfied);
        var later = (await host.Send(new GetPublishedFigures(Month))).Rows.Single(r => r.Code == Unit);
        (later.Satisfaction, later.SatisfactionChange, later.RatingRateChange).ShouldBe((60.0m, -8.8m, 20.0m));
        var table = await host.Send(new ExportPublishedFigures(Month, Unit));
        MiniExcelLibs.MiniExcel.Query(new MemoryStream(table), sheetName: "单位").Count().ShouldBe(2);
    }

    [Fact]
    public async Task Small_counts_are_hidden_in_the_figures_of_a_unit_and_exact_for_its_own_staff()
    {
        const string Unit = "veterans";
        FreshMonth();
        await Rated(Unit, 12, RatingLevel.VerySatisfied);
        await Rated(Unit, 2, RatingLevel.VeryDissatisfied);
        var figures = await host.Send(new GetPublishedFigures(Month, Unit));
        var row = figures.Rows.ShouldHaveSingleItem();
        (row.Rated.Value, row.Levels[4].Value, row.Levels[0].Value, row.Satisfaction).ShouldBe((14, null, null, null));
        figures.Items.ShouldNotBeEmpty();
        figures.Items.SelectMany(i => i.Levels).Where(l => l.Value is > 0 and < 5).ShouldBeEmpty();

        var exact = (await host.As(EvaluationHost.Staff(Roles.UnitLiaison, Unit)).Send(new GetExactFigures(Month))).ShouldHaveSingleItem();
        (exact.Unit, exact.Counts.Of(EvaluationFigure.VeryDissatisfied)).ShouldBe((Unit, 2));
    }

    [Fact]
    public async Task Every_count_has_exactly_its_rows_behind_it()
    {
        const string Unit = "education-culture";
        FreshMonth();
        await Rated(Unit, 3, RatingLevel.Fair);
        var excluded = await host.Bad(await host.Event(unit: Unit));
        await host.As(EvaluationHost.Staff(Roles.UnitLiaison, Unit)).Send(new AppealRating(excluded.Id, "查了记录，这一件不是我们办的。"));
        await host.As(EvaluationHost.Supervisor).Send(new RuleAppeal { Id = excluded.Id, Uphold = true, Reason = ExclusionReason.Malicious, Text = "查实和这次服务没有关系。" });
        var (called, late) = (await host.Bad(await host.Event(unit: Unit)), await host.Bad(await host.Event(unit: Unit)));
        await host.As(EvaluationHost.Staff(Roles.UnitLiaison, Unit)).Send(new ClaimRectification(called.Id));
        await host.As(EvaluationHost.Caller).Send(new CallRater(called.Id, true, "说流程太绕，跑了两个窗口。"));
        await host.As(EvaluationHost.Staff(Roles.UnitLiaison, Unit)).Send(new SubmitFix(called.Id, "两个窗口并成一个，指南已经改好。"));
        await host.As(EvaluationHost.Supervisor).Send(new ReviewFix(called.Id, true));
        var month = Month;
        host.Clock.Advance(TimeSpan.FromDays(10));
        late.State.ShouldBe(RectificationState.Open);

        var liaison = host.As(EvaluationHost.Staff(Roles.UnitLiaison, Unit));
        var counts = (await liaison.Send(new GetExactFigures(month))).Single().Counts;
        foreach (var figure in Enum.GetValues<EvaluationFigure>())
            (await liaison.Send(new GetFigureRows(month, figure, null))).Items.Count.ShouldBe(counts.Of(figure), figure.ToString());
        (counts.Invited, counts.Rated, counts.Excluded, counts.FixDue, counts.FixedInTime, counts.CallDue, counts.CalledInTime).ShouldBe((6, 5, 1, 2, 1, 1, 1));
        (await liaison.Send(new ExportFigureRows(month, EvaluationFigure.Rated, null))).Length.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_unit_never_opens_the_rows_of_another_one()
    {
        await Rated("disabled-persons", 1, RatingLevel.Fair);
        var other = host.As(EvaluationHost.Staff(Roles.UnitLiaison, "development"));
        (await other.Send(new GetFigureRows(Month, EvaluationFigure.Rated, "disabled-persons"))).Items.ShouldBeEmpty();
        await Should.ThrowAsync<AccessDeniedException>(() => host.As(TestUsers.Citizen()).Send(new GetFigureRows(Month, EvaluationFigure.Rated, null)));
    }

    /// <summary>A month of its own: what others counted hides or shows nothing here.</summary>
    private void FreshMonth() => host.Clock.SetUtcNow(Month.AddMonths(2).AddDays(1).At(new TimeOnly(10, 0)));

    private async Task Rated(string unit, int count, RatingLevel level)
    {
        for (var i = 0; i < count; i++)
            await host.Send(EvaluationHost.Rating(await host.Token(await host.Event(unit: unit, item: $"item-{unit}")), level));
    }
}
