using System.Text;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Tests.Cases;

/// <summary>What is kept beside a case in clear, and what an officer may ask for.</summary>
public sealed class CaseSafetyTests(CaseHost host) : IClassFixture<CaseHost>
{
    [Fact]
    public async Task The_facts_of_a_rule_run_are_stored_encrypted_and_replay_to_the_same_result()
    {
        var citizen = await host.NewCitizen(born: 1990);
        var submitted = await host.Submit(citizen, await host.FilledCard(citizen));
        var run = await host.InDatabase(db => db.RuleRuns.AsNoTracking().SingleAsync(r => r.CaseId == submitted.CaseId));

        var results = run.Read(host.Services.GetRequiredService<PersonalDataCipher>());
        results.SelectMany(r => r.Facts).ShouldNotBeEmpty();
        var stored = await host.InDatabase(db => db.Database.SqlQuery<string>($"SELECT t::text AS \"Value\" FROM cases.rule_runs t WHERE case_id = {submitted.CaseId}").SingleAsync());
        foreach (var key in results.SelectMany(r => r.Facts.Keys))
        {
            stored.ShouldNotContain(key);
            stored.ShouldNotContain(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(key)));
        }

        var set = await host.InScope(s => s.GetRequiredService<MediatR.IMediator>().Send(new GetRuleSet(run.RuleSet, TestSettings.Now.Day())));
        foreach (var result in results)
            set!.Rules.Single(r => r.Id == result.RuleId).Evaluate(Facts.Recorded(result.Facts)).Outcome.ShouldBe(result.Outcome);
        run.Reasons.ShouldBe(results.Where(r => r.Outcome == RuleOutcome.Refer).Select(r => r.Message ?? r.Title));
    }

    [Fact]
    public async Task The_hash_of_answers_beside_a_case_is_keyed_and_the_event_chain_holds()
    {
        var citizen = await host.NewCitizen(born: 1990);
        var submitted = await host.Submit(citizen, await host.FilledCard(citizen));
        var answers = await host.InScope(async services =>
        {
            var db = services.GetRequiredService<PortalDbContext>();
            var revision = await db.CaseRevisions.SingleAsync(r => r.CaseId == submitted.CaseId);
            return revision.Read(services.GetRequiredService<PersonalDataCipher>());
        });
        var stored = await host.InDatabase(db => db.Database.SqlQuery<string>($"""
            SELECT coalesce((SELECT string_agg(r.answers_hash, ' ') FROM cases.revisions r WHERE r.case_id = {submitted.CaseId}), '')
                || coalesce((SELECT string_agg(e.detail, ' ') FROM cases.events e WHERE e.case_id = {submitted.CaseId}), '') AS "Value"
            """).SingleAsync());
        stored.ShouldNotContain(answers.Hash());
        (await host.InScope(s => s.GetServices<ICommandLineVerb>().OfType<VerifyAudit>().Single().Verify(CancellationToken.None))).Faults
            .Where(f => f.Contains(submitted.CaseId.ToString(), StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("person.nothing")]
    [InlineData("material:nothing")]
    [InlineData("person/r1/person.phone")]
    [InlineData("person.name")]
    [InlineData("")]
    public async Task What_the_applicant_cannot_mend_is_not_asked_for(string path)
    {
        var (desk, id) = await Claimed();
        (await Should.ThrowAsync<RefusedException>(() => desk.Send(Ask(id, path)))).Refusals.ShouldHaveSingleItem().ShouldBe(CaseRefusals.CannotBeMended(path));
        await desk.Send(Ask(id, "person.phone"));
    }

    [Fact]
    public async Task More_than_sixty_remarks_are_refused_with_a_sentence()
    {
        var (desk, id) = await Claimed();
        var refused = await Should.ThrowAsync<FluentValidation.ValidationException>(() => desk.Send(Ask(id, [.. Enumerable.Range(0, 61).Select(i => $"person.x{i}")])));
        refused.Errors.ShouldContain(e => e.ErrorMessage.Contains("最多要求补正 60 项"));
    }

    [Fact]
    public async Task Ticks_for_rules_that_are_not_in_the_run_are_no_ticks_however_many_they_are()
    {
        var (desk, id) = await Claimed();
        await desk.Send(new AcceptCase(id));
        var referred = (await desk.Send(new GetCaseForReview(id))).Rules.Where(r => r.Outcome == RuleOutcome.Refer).Select(r => r.RuleId).ToList();
        await desk.Send(new DecideCase { CaseId = id, Decision = CaseAction.Approve, CheckedRules = [.. referred, .. Enumerable.Range(0, 2000).Select(i => $"X-{i}")] });
        var decision = await host.InDatabase(db => db.Set<CaseDecision>().SingleAsync(d => d.CaseId == id));
        decision.CheckedRules.ShouldBe(referred, ignoreOrder: true);
    }

    private static RequestCorrection Ask(Guid id, params string[] paths) => new() { CaseId = id, Remarks = paths.ToDictionary(p => p, _ => "请改成正确的内容") };

    private async Task<(UserSession Desk, Guid Id)> Claimed()
    {
        var citizen = await host.NewCitizen(born: 1990);
        var submitted = await host.Submit(citizen, await host.FilledCard(citizen));
        var desk = host.As(TestUsers.Officer(CaseHost.Department));
        await desk.Send(new ClaimCase(submitted.CaseId));
        return (desk, submitted.CaseId);
    }
}
