using FluentValidation;
using GaoXin.Portal.Evaluation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace GaoXin.Portal.Tests.Evaluation;

/// <summary>A rating is given once, by the person alone, and stays.</summary>
public sealed class RatingTests(EvaluationHost host) : IClassFixture<EvaluationHost>
{
    [Fact]
    public async Task Of_50_ratings_of_one_event_at_once_one_is_stored()
    {
        var about = await host.Event();
        var tokens = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => host.Token(about)));
        var outcomes = await Task.WhenAll(tokens.Select((t, i) => Try(() => host.Send(EvaluationHost.Rating(t, (RatingLevel)(1 + i % 5))))));
        outcomes.Count(o => o is null).ShouldBe(1);
        outcomes.OfType<RefusedException>().Count().ShouldBe(49);
        (await host.Ratings(about.Id)).ShouldBe(1);
    }

    [Fact]
    public async Task Of_50_uses_of_one_token_at_once_one_gets_through_and_the_others_find_nothing()
    {
        var about = await host.Event();
        var token = await host.Token(about);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Try(() => host.Send(EvaluationHost.Rating(token, RatingLevel.VeryDissatisfied)))));
        outcomes.Count(o => o is null).ShouldBe(1);
        outcomes.OfType<NotFoundException>().Count().ShouldBe(49);
        (await host.Ratings(about.Id)).ShouldBe(1);
        (await host.InDatabase(db => db.Rectifications.CountAsync(r => r.EventId == about.Id))).ShouldBe(1);
    }

    [Fact]
    public async Task A_used_an_expired_a_foreign_and_an_unknown_token_are_answered_alike()
    {
        var (used, expired) = (await host.Event(), await host.Event());
        var usedToken = await host.Token(used);
        var followUp = await host.Send(EvaluationHost.Rating(usedToken, RatingLevel.Fair));
        var expiredToken = await host.Token(expired);
        host.Clock.Advance(TimeSpan.FromDays(31));
        var answers = new List<string>();
        foreach (var token in (string?[])[usedToken, expiredToken, followUp, "0123456789abcdef0123456789abcdef", "short", null])
        {
            answers.Add((await Should.ThrowAsync<NotFoundException>(() => host.Send(EvaluationHost.Rating(token!, RatingLevel.Satisfied)))).Message);
            answers.Add((await Should.ThrowAsync<NotFoundException>(() => host.Send(new GetRatingForm(token)))).Message);
        }

        answers.Distinct().ShouldHaveSingleItem();
        (await host.Ratings(expired.Id)).ShouldBe(0);
    }

    [Fact]
    public async Task Staff_make_no_token_open_none_and_rate_with_none()
    {
        var citizen = TestUsers.Citizen();
        var about = await host.Event(citizen.Id);
        var token = await host.Token(about);
        foreach (var staff in Roles.All.Select(r => TestUsers.Staff(r) with { Id = citizen.Id }))
        {
            await Should.ThrowAsync<NotFoundException>(() => host.As(staff).Send(new GetRatingForm(token)));
            await Should.ThrowAsync<NotFoundException>(() => host.As(staff).Send(EvaluationHost.Rating(token, RatingLevel.VerySatisfied)));
            await Should.ThrowAsync<AccessDeniedException>(() => host.As(staff).Send(new InviteMyself(about.Id, InvitationPurpose.Rate)));
            await Should.ThrowAsync<NotFoundException>(() => host.As(staff).Send(new InviteByTicket("abc")));
            await Should.ThrowAsync<NotFoundException>(() => host.As(staff).Send(new InviteAtWindow { Number = "A001", Code = "abcdef" }));
            (await host.As(staff).Send(new GetWaitingRating(about.Kind, about.RootRef))).ShouldBeNull();
        }

        (await host.Ratings(about.Id)).ShouldBe(0);
    }

    [Fact]
    public async Task Somebody_elses_service_cannot_be_rated_from_the_own_list()
    {
        var about = await host.Event(Guid.CreateVersion7());
        var other = host.As(TestUsers.Citizen());
        await Should.ThrowAsync<NotFoundException>(() => other.Send(new InviteMyself(about.Id, InvitationPurpose.Rate)));
        await Should.ThrowAsync<NotFoundException>(() => other.Send(new InviteMyself(Guid.CreateVersion7(), InvitationPurpose.Rate)));
        (await other.Send(new GetMyRatings())).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_is_chosen_beforehand_and_nothing_is_rated_by_itself()
    {
        var about = await host.Event(Guid.CreateVersion7());
        var token = await host.Token(about);
        var form = new RateService { Token = token };
        (form.Level, form.Identity).ShouldBe((null, null));
        var invalid = await Should.ThrowAsync<ValidationException>(() => host.Send(form));
        invalid.Errors.Select(e => e.PropertyName).ShouldBe([nameof(RateService.Level), nameof(RateService.Identity)], ignoreOrder: true);
        host.Clock.Advance(TimeSpan.FromDays(90));
        await host.DrainOutbox();
        await host.InScope(async services =>
        {
            foreach (var task in services.GetServices<IPeriodicTask>())
                await task.Run(CancellationToken.None);
        });
        (await host.Ratings(about.Id)).ShouldBe(0);
    }

    [Theory]
    [InlineData("UPDATE evaluation.evaluations SET level = 1 WHERE event_id = '{0}'")]
    [InlineData("DELETE FROM evaluation.evaluations WHERE event_id = '{0}'")]
    [InlineData("TRUNCATE evaluation.evaluations CASCADE")]
    [InlineData("UPDATE evaluation.follow_ups SET created_at = now() WHERE event_id = '{0}'")]
    [InlineData("DELETE FROM evaluation.follow_ups WHERE event_id = '{0}'")]
    [InlineData("TRUNCATE evaluation.follow_ups")]
    [InlineData("UPDATE evaluation.service_events SET staff_id = NULL WHERE id = '{0}'")]
    [InlineData("DELETE FROM evaluation.rectifications WHERE event_id = '{0}'")]
    [InlineData("UPDATE evaluation.rectifications SET rated_id = NULL WHERE event_id = '{0}'")]
    [InlineData("UPDATE evaluation.invitations SET used_at = NULL WHERE event_id = '{0}' AND used_at IS NOT NULL")]
    public async Task Not_even_the_user_of_the_application_changes_or_removes_a_rating(string statement)
    {
        var about = await host.Event(staff: Guid.CreateVersion7());
        var followUp = await host.Send(EvaluationHost.Rating(await host.Token(about), RatingLevel.VeryDissatisfied));
        await host.Send(new AddFollowUp { Token = followUp, Text = "后来又等了一小时。" });
        await using var connection = new NpgsqlConnection(host.Database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(string.Format(System.Globalization.CultureInfo.InvariantCulture, statement, about.Id), connection);
        (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        (await host.InDatabase(db => db.ServiceRatings.AsNoTracking().SingleAsync(r => r.EventId == about.Id))).Level.ShouldBe(RatingLevel.VeryDissatisfied);
    }

    [Fact]
    public async Task Nobody_is_granted_to_change_ratings()
    {
        await using var connection = new NpgsqlConnection(host.Database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("""
            SELECT count(*) FROM pg_class c CROSS JOIN LATERAL aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a
            WHERE c.oid IN ('evaluation.evaluations'::regclass, 'evaluation.follow_ups'::regclass) AND a.privilege_type IN ('UPDATE', 'DELETE', 'TRUNCATE')
            """, connection);
        (await command.ExecuteScalarAsync()).ShouldBe(0L);
    }

    [Fact]
    public async Task An_owner_without_superpowers_still_rates_and_adds_and_cannot_change()
    {
        // The same tables under an ordinary owner: the foreign keys must not need what was revoked.
        await using var connection = new NpgsqlConnection(host.Database.ConnectionString);
        await connection.OpenAsync();
        var about = await host.Event();
        await using var command = new NpgsqlCommand($"""
            BEGIN;
            CREATE ROLE plain_owner;
            GRANT USAGE ON SCHEMA evaluation TO plain_owner;
            ALTER TABLE evaluation.service_events OWNER TO plain_owner;
            ALTER TABLE evaluation.evaluations OWNER TO plain_owner;
            ALTER TABLE evaluation.follow_ups OWNER TO plain_owner;
            SET LOCAL ROLE plain_owner;
            REVOKE UPDATE, DELETE, TRUNCATE ON evaluation.evaluations, evaluation.follow_ups FROM PUBLIC, CURRENT_USER;
            INSERT INTO evaluation.evaluations (event_id, level, reasons, identity, door, created_at) VALUES ('{about.Id}', 5, ARRAY[]::text[], 'Anonymous', 'Ticket', now());
            INSERT INTO evaluation.follow_ups (event_id, protected_text, created_at) VALUES ('{about.Id}', 'x', now());
            DO $$ BEGIN
                UPDATE evaluation.evaluations SET level = 1;
                RAISE EXCEPTION 'changed';
            EXCEPTION WHEN insufficient_privilege THEN NULL;
            END $$;
            ROLLBACK;
            """, connection);
        await command.ExecuteNonQueryAsync();
    }

    [Fact]
    public async Task Anonymous_keeps_no_telephone_and_named_keeps_it_encrypted()
    {
        var (hidden, shown) = (await host.Event(), await host.Event());
        await host.Send(EvaluationHost.Rating(await host.Token(hidden), RatingLevel.Satisfied, RaterIdentity.Anonymous));
        await host.Send(EvaluationHost.Rating(await host.Token(shown), RatingLevel.Satisfied));
        (await host.InDatabase(db => db.ServiceRatings.AsNoTracking().SingleAsync(r => r.EventId == hidden.Id))).ProtectedPhone.ShouldBeNull();
        (await host.InDatabase(db => db.ServiceRatings.AsNoTracking().SingleAsync(r => r.EventId == shown.Id))).ProtectedPhone.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_follow_up_is_added_once_and_an_unknown_reason_is_refused_without_using_the_token_up()
    {
        var citizen = TestUsers.Citizen();
        var about = await host.Event(citizen.Id);
        var token = await host.As(citizen).Send(new InviteMyself(about.Id, InvitationPurpose.Rate));
        await Should.ThrowAsync<RefusedException>(() => host.Send(EvaluationHost.Rating(token, RatingLevel.Fair) with { Reasons = ["nonsense"] }));
        await host.Send(EvaluationHost.Rating(token, RatingLevel.Fair, comment: "办得还行。") with { Reasons = ["speed"] });
        var first = await host.As(citizen).Send(new InviteMyself(about.Id, InvitationPurpose.FollowUp));
        var second = await host.As(citizen).Send(new InviteMyself(about.Id, InvitationPurpose.FollowUp));
        await host.Send(new AddFollowUp { Token = first, Text = "后来证也寄到了。" });
        await Should.ThrowAsync<RefusedException>(() => host.Send(new AddFollowUp { Token = second, Text = "再说一句。" }));
        await Should.ThrowAsync<RefusedException>(() => host.As(citizen).Send(new InviteMyself(about.Id, InvitationPurpose.Rate)));
        var mine = (await host.As(citizen).Send(new GetMyRatings())).Items.ShouldHaveSingleItem();
        (mine.Level, mine.Comment, mine.FollowUp, mine.MayFollowUp, mine.RateBefore).ShouldBe((RatingLevel.Fair, "办得还行。", "后来证也寄到了。", false, null));
    }

    [Fact]
    public async Task The_token_is_nowhere_in_clear()
    {
        var token = await host.Token(await host.Event());
        await using var connection = new NpgsqlConnection(host.Database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT count(*) FROM evaluation.invitations i WHERE i::text LIKE '%' || $1 || '%'", connection) { Parameters = { new() { Value = token } } };
        (await command.ExecuteScalarAsync()).ShouldBe(0L);
        Convert.FromHexString(token).Length.ShouldBe(16);
    }

    private static async Task<Exception?> Try(Func<Task> act)
    {
        try
        {
            await act();
            return null;
        }
        catch (Exception error) when (error is RefusedException or NotFoundException)
        {
            return error;
        }
    }
}
