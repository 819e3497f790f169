using GaoXin.Portal.Evaluation;
using GaoXin.Portal.Evaluation.Staff;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Notifications;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace GaoXin.Portal.Tests.Evaluation;

/// <summary>What follows a 差评, on the real database.</summary>
public sealed class RectificationTests(EvaluationHost host) : IClassFixture<EvaluationHost>
{
    [Theory]
    [InlineData(RatingLevel.VerySatisfied, 0)]
    [InlineData(RatingLevel.Fair, 0)]
    [InlineData(RatingLevel.Dissatisfied, 1)]
    [InlineData(RatingLevel.VeryDissatisfied, 1)]
    public async Task Only_the_two_last_levels_open_a_rectification(RatingLevel level, int opened)
    {
        var about = await host.Event();
        await host.Send(EvaluationHost.Rating(await host.Token(about), level));
        (await host.InDatabase(db => db.Rectifications.CountAsync(r => r.EventId == about.Id))).ShouldBe(opened);
    }

    [Fact]
    public async Task A_whole_way_ends_closed_and_the_person_reads_what_was_done()
    {
        var citizen = TestUsers.Citizen();
        var about = await host.Fixed(await host.Event(citizen.Id));
        await host.As(EvaluationHost.Supervisor).Send(new ReviewFix(about.Id, true));
        await host.DrainOutbox(failuresAreWanted: true);
        (await host.Load(about.EventId)).State.ShouldBe(RectificationState.Closed);
        var mine = (await host.As(citizen).Send(new GetMyRatings())).Items.Single();
        mine.Answer!.Text!.ShouldContain("加一个人");
        (await host.As(citizen).Send(new GetMyNotices())).Items.ShouldContain(n => n.Title == "您的评价有回音了");
    }

    [Fact]
    public async Task An_upheld_appeal_takes_the_rating_out_of_the_counts_and_deletes_nothing()
    {
        var rated = EvaluationHost.Staff(Roles.Officer, EvaluationHost.Unit);
        var about = await host.Event(staff: rated.Id);
        var opened = await host.Bad(about);
        await host.As(rated).Send(new AppealRating(opened.Id, "这一件不是我们办的，编号对不上，附了记录。"));
        await host.As(EvaluationHost.Supervisor).Send(new RuleAppeal { Id = opened.Id, Uphold = true, Reason = ExclusionReason.WrongSubject, Text = "查了记录，评的是另一个单位的事。" });
        var ruled = await host.Load(about.Id);
        (ruled.State, ruled.Counted, ruled.Exclusion).ShouldBe((RectificationState.Excluded, false, ExclusionReason.WrongSubject));
        (await host.Ratings(about.Id)).ShouldBe(1);
    }

    [Fact]
    public async Task The_database_holds_that_rated_caller_and_reviewer_are_three_people()
    {
        var rated = Guid.CreateVersion7();
        var opened = await host.Bad(await host.Event(staff: rated));
        foreach (var set in (string[])
            [$"called_by = '{rated}'", $"reviewed_by = '{rated}'", $"ruled_by = '{rated}'", $"claimed_by = '{rated}'",
                "called_by = 'aaaaaaaa-0000-7000-8000-000000000001', reviewed_by = 'aaaaaaaa-0000-7000-8000-000000000001'", "fixed_by = 'aaaaaaaa-0000-7000-8000-000000000001', reviewed_by = 'aaaaaaaa-0000-7000-8000-000000000001'"])
        {
            await using var connection = new NpgsqlConnection(host.Database.ConnectionString);
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand($"UPDATE evaluation.rectifications SET {set} WHERE id = '{opened.Id}'", connection);
            (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync(), set)).ConstraintName.ShouldBe("ck_rectifications_three_people");
        }
    }

    [Fact]
    public async Task Another_unit_and_a_colleague_of_the_person_rated_find_nothing()
    {
        var opened = await host.Bad(await host.Event(staff: Guid.CreateVersion7()));
        foreach (var other in (TestUser[])[EvaluationHost.Staff(Roles.UnitLiaison, "civil-affairs"), EvaluationHost.Staff(Roles.Officer, EvaluationHost.Unit)])
            await Should.ThrowAsync<NotFoundException>(() => host.As(other).Send(new GetRectification(opened.Id)));
        await Should.ThrowAsync<NotFoundException>(() => host.As(EvaluationHost.Staff(Roles.UnitLiaison, "civil-affairs")).Send(new ClaimRectification(opened.Id)));
        await Should.ThrowAsync<AccessDeniedException>(() => host.As(EvaluationHost.Staff(Roles.CatalogueEditor, EvaluationHost.Unit)).Send(new GetRectification(opened.Id)));
        (await host.As(EvaluationHost.Liaison).Send(new GetRectification(opened.Id))).Actions.ShouldBe([RectificationAction.Claim, RectificationAction.Appeal]);
    }

    [Fact]
    public async Task Who_rated_anonymously_leaves_neither_number_nor_day_nor_telephone()
    {
        var about = await host.Event(Guid.CreateVersion7());
        var opened = await host.Bad(about, RaterIdentity.Anonymous, comment: "态度不好。");
        foreach (var staff in (TestUser[])[EvaluationHost.Liaison, EvaluationHost.Caller, EvaluationHost.Supervisor])
        {
            var view = await host.As(staff).Send(new GetRectification(opened.Id));
            (view.Number, view.When.Contains('日', StringComparison.Ordinal), view.Comment).ShouldBe((null, false, "态度不好。"));
        }

        (await Should.ThrowAsync<RefusedException>(() => host.As(EvaluationHost.Caller).Send(new RevealRater(opened.Id, "要打电话回访")))).Refusals.Single().Code.ShouldBe("evaluation.no-phone");
        await host.As(EvaluationHost.Liaison).Send(new ClaimRectification(opened.Id));
        (await host.Load(about.Id)).State.ShouldBe(RectificationState.Fixing);
    }

    [Fact]
    public async Task The_telephone_of_a_stranger_is_shown_with_a_reason_and_recorded()
    {
        var opened = await host.Bad(await host.Event());
        await Should.ThrowAsync<RefusedException>(() => host.As(EvaluationHost.Caller).Send(new RevealRater(opened.Id, "要打电话回访")));
        await host.As(EvaluationHost.Liaison).Send(new ClaimRectification(opened.Id));
        (await host.As(EvaluationHost.Caller).Send(new RevealRater(opened.Id, "要打电话回访"))).Phone.ShouldBe("13700001111");
        (await host.As(EvaluationHost.Supervisor).Send(new GetRectification(opened.Id))).History.ShouldContain(h => h.Words.Contains("电话"));
        await Should.ThrowAsync<AccessDeniedException>(() => host.As(EvaluationHost.Liaison).Send(new RevealRater(opened.Id, "要打电话回访")));
    }

    [Fact]
    public async Task Two_on_one_item_within_30_days_open_one_task_and_one_does_not()
    {
        var item = $"item-{Guid.NewGuid():N}";
        await host.Bad(await host.Event(item: item));
        (await Tasks(item)).ShouldBeEmpty();
        host.Clock.Advance(TimeSpan.FromDays(31));
        await host.Bad(await host.Event(item: item));
        (await Tasks(item)).ShouldBeEmpty();
        await host.Bad(await host.Event(item: item));
        var task = (await Tasks(item)).ShouldHaveSingleItem();
        host.Clock.Advance(TimeSpan.FromHours(1));
        await host.Bad(await host.Event(item: item));
        (await Tasks(item)).Count.ShouldBe(1);

        await Should.ThrowAsync<NotFoundException>(() => host.As(EvaluationHost.Staff(Roles.UnitLiaison, "civil-affairs")).Send(new FinishImprovement(task.Id, "把要的材料从五样减到了两样，指南已经改好。")));
        (await host.As(EvaluationHost.Liaison).Send(new GetImprovements())).Items.ShouldContain(t => t.Id == task.Id && t.MayFinish && t.Ratings == 2);
        await host.As(EvaluationHost.Liaison).Send(new FinishImprovement(task.Id, "把要的材料从五样减到了两样，指南已经改好。"));
        await Should.ThrowAsync<RefusedException>(() => host.As(EvaluationHost.Liaison).Send(new FinishImprovement(task.Id, "把要的材料从五样减到了两样，指南已经改好。")));
        await host.Bad(await host.Event(item: item));
        (await Tasks(item)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Two_on_one_item_at_once_open_one_task()
    {
        var item = $"item-{Guid.NewGuid():N}";
        var tokens = new List<string>();
        for (var i = 0; i < 8; i++)
            tokens.Add(await host.Token(await host.Event(item: item)));
        await Task.WhenAll(tokens.Select(t => host.Send(EvaluationHost.Rating(t, RatingLevel.VeryDissatisfied))));
        (await Tasks(item)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_comment_is_public_only_in_words_without_personal_data()
    {
        var about = await host.Bad(await host.Event(), comment: "窗口让我打 13712345678 找张三丰，白跑一趟。");
        async Task<bool> IsPublic() => (await host.Send(new Portal.Evaluation.Figures.GetPublicComments())).Items.Any(c => c.Text.Contains("白跑一趟", StringComparison.Ordinal));
        (await IsPublic()).ShouldBeFalse();
        var view = await host.As(EvaluationHost.Supervisor).Send(new GetRectification(about.Id));
        view.PublicProposal!.ShouldNotContain("13712345678");
        await Should.ThrowAsync<FluentValidation.ValidationException>(() => host.As(EvaluationHost.Supervisor).Send(new PublishComment(about.Id, view.Comment)));
        (await IsPublic()).ShouldBeFalse();
        await host.As(EvaluationHost.Supervisor).Send(new PublishComment(about.Id, "窗口让我打电话找别人，白跑一趟。"));
        (await IsPublic()).ShouldBeTrue();
        await Should.ThrowAsync<RefusedException>(() => host.As(EvaluationHost.Supervisor).Send(new PublishComment(about.Id, "再公开一次，白跑一趟。")));
    }

    [Fact]
    public async Task A_list_of_many_takes_as_many_statements_as_a_list_of_one()
    {
        await host.Bad(await host.Event());
        var one = await Statements();
        for (var i = 0; i < 12; i++)
            await host.Bad(await host.Event());
        (await Statements()).ShouldBe(one);
        one.ShouldBeLessThanOrEqualTo(6);
    }

    private async Task<int> Statements()
    {
        await host.As(EvaluationHost.Supervisor).Send(new GetRectifications(RectificationList.All));
        var before = host.Statements.All.Count;
        await host.As(EvaluationHost.Supervisor).Send(new GetRectifications(RectificationList.All));
        return host.Statements.All.Count - before;
    }

    private Task<List<ImprovementTask>> Tasks(string item) => host.InDatabase(db => db.ImprovementTasks.AsNoTracking().Where(t => t.Item == item).ToListAsync());
}
