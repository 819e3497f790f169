using System.Globalization;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Cases;

/// <summary>
/// <c>-- audit verify</c>: walks every case's event chain and tells each edited, removed or reordered event, each case whose
/// head does not fit, and each day whose numbers have a gap (a case removed as a whole).
/// </summary>
internal sealed class VerifyAudit(IServiceProvider services, PersonalDataCipher cipher) : ICommandLineVerb
{
    /// <summary>Late, because verbs are made before the database is there.</summary>
    private PortalDbContext Db => services.GetRequiredService<PortalDbContext>();

    public string Name => "audit";

    public IReadOnlyList<string> Usage => ["audit verify    check the event chain of every case"];

    public bool NeedsDatabase(string[] arguments) => true;

    public async Task<int> Run(string[] arguments, TextWriter output, CancellationToken ct)
    {
        if (arguments is not ["verify"])
        {
            await output.WriteLineAsync(Usage[0]);
            return 2;
        }

        var (events, faults) = await Verify(ct);
        foreach (var fault in faults)
            await output.WriteLineAsync(fault);
        await output.WriteLineAsync($"{events.ToString(CultureInfo.InvariantCulture)} events, {faults.Count} faults");
        return faults.Count == 0 ? 0 : 1;
    }

    /// <summary>The number of events and what is wrong with them.</summary>
    public async Task<(int Events, IReadOnlyList<string> Faults)> Verify(CancellationToken ct)
    {
        var heads = await Db.Cases.AsNoTracking().Select(c => new { c.Id, c.EventCount, c.EventHead }).ToDictionaryAsync(c => c.Id, ct);
        var faults = new List<string>();
        var total = 0;
        var current = Guid.Empty;
        byte[] previous = [];
        var sequence = 0;
        void Finish()
        {
            if (current == Guid.Empty)
                return;
            if (!heads.Remove(current, out var head) || head.EventCount != sequence || !head.EventHead.AsSpan().SequenceEqual(previous))
                faults.Add($"case {current}: the chain ends at event {sequence}, the case says {head?.EventCount}");
        }

        await foreach (var happened in Db.CaseEvents.AsNoTracking().OrderBy(e => e.CaseId).ThenBy(e => e.Sequence).AsAsyncEnumerable().WithCancellation(ct))
        {
            total++;
            if (happened.CaseId != current)
            {
                Finish();
                (current, previous, sequence) = (happened.CaseId, [], 0);
            }

            sequence++;
            if (happened.Sequence != sequence || !happened.Compute(previous, cipher).AsSpan().SequenceEqual(happened.Link))
                faults.Add($"case {current}: event {happened.Sequence} was edited, removed or reordered");
            sequence = happened.Sequence;
            previous = happened.Link;
        }

        Finish();
        faults.AddRange(heads.Values.Where(h => h.EventCount > 0).Select(h => $"case {h.Id}: all {h.EventCount} events are gone"));
        faults.AddRange(await MissingNumbers(ct));
        return (total, faults);
    }

    /// <summary>One pass over the numbers: a look-up for each day would read the whole table as often as there are days.</summary>
    private async Task<IReadOnlyList<string>> MissingNumbers(CancellationToken ct)
    {
        var days = await Db.Database.SqlQuery<DayRow>($"""
            SELECT n.day, n.last, coalesce(c.present, 0) AS present
            FROM cases.number_counters n
            LEFT JOIN (SELECT substr(number, 3, 8) AS day, count(*)::int AS present FROM cases.cases WHERE number IS NOT NULL GROUP BY 1) c
                ON c.day = to_char(n.day, 'YYYYMMDD')
            ORDER BY n.day
            """).ToListAsync(ct);
        return [.. days.Where(d => d.Last != d.Present).Select(d => $"day {d.Day:yyyy-MM-dd}: {d.Last} numbers were given, {d.Present} cases are there")];
    }

    private sealed record DayRow(DateOnly Day, int Last, int Present);
}
