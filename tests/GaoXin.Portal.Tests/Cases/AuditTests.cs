using GaoXin.Portal.Cases;
using GaoXin.Portal.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace GaoXin.Portal.Tests.Cases;

/// <summary>Each on a database of its own state: what somebody with all rights on the database does is found.</summary>
public sealed class AuditTests(CaseHost host) : IClassFixture<CaseHost>
{
    private Task<(int Events, IReadOnlyList<string> Faults)> Verify() =>
        host.InScope(s => s.GetServices<ICommandLineVerb>().OfType<VerifyAudit>().Single().Verify(CancellationToken.None));

    private async Task<Guid> Filed()
    {
        var citizen = await host.NewCitizen();
        var submitted = await host.Submit(citizen, await host.FilledCard(citizen));
        await host.DrainOutbox();
        return submitted.CaseId;
    }

    private Task<int> Tamper(string sql) => host.InDatabase(async db =>
    {
        await db.Database.ExecuteSqlRawAsync("ALTER TABLE cases.events DISABLE TRIGGER USER");
        var changed = await db.Database.ExecuteSqlRawAsync(sql);
        await db.Database.ExecuteSqlRawAsync("ALTER TABLE cases.events ENABLE TRIGGER USER");
        return changed;
    });

    [Fact]
    public async Task Edits_removals_and_removed_cases_are_found_and_the_untouched_chain_is_whole()
    {
        var (edited, cut, gone) = (await Filed(), await Filed(), await Filed());
        (await Verify()).Faults.ShouldBeEmpty();

        await Tamper($"UPDATE cases.events SET actor = 'x' WHERE case_id = '{edited}' AND sequence = 2");
        (await Verify()).Faults.ShouldContain(f => f.Contains(edited.ToString()));
        await Tamper($"DELETE FROM cases.events WHERE case_id = '{cut}' AND sequence = (SELECT max(sequence) FROM cases.events WHERE case_id = '{cut}')");
        (await Verify()).Faults.ShouldContain(f => f.Contains(cut.ToString()));
        await Tamper($"DELETE FROM cases.events WHERE case_id = '{gone}'");
        await host.InDatabase(async db =>
        {
            await db.Database.ExecuteSqlRawAsync("ALTER TABLE cases.revisions DISABLE TRIGGER USER");
            await db.Database.ExecuteSqlAsync($"DELETE FROM cases.cases WHERE id = {gone}");
            return await db.Database.ExecuteSqlRawAsync("ALTER TABLE cases.revisions ENABLE TRIGGER USER");
        });
        (await Verify()).Faults.ShouldContain(f => f.StartsWith("day "));
    }

    [Fact]
    public async Task The_application_itself_can_not_change_an_event_or_a_submitted_revision()
    {
        var filed = await Filed();

        await Should.ThrowAsync<PostgresException>(() => host.InDatabase(db => db.CaseEvents.Where(e => e.CaseId == filed).ExecuteDeleteAsync()));
        await Should.ThrowAsync<PostgresException>(() => host.InDatabase(db =>
            db.CaseRevisions.Where(r => r.CaseId == filed).ExecuteUpdateAsync(r => r.SetProperty(x => x.AnswersHash, "x"))));
    }
}
