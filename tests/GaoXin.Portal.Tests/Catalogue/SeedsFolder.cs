using GaoXin.Portal.Appointments.Schedules;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Catalogue.Bundles;
using GaoXin.Portal.Catalogue.Definitions;
using GaoXin.Portal.Complaints.Definitions;
using GaoXin.Portal.Evaluation.Definitions;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence.Seeds;
using GaoXin.Portal.Registration;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Tests.Catalogue;

/// <summary>A copy of the delivered definitions that a test may break.</summary>
internal sealed class SeedsFolder : IDisposable
{
    private readonly string _root = Path.Combine(Path.GetTempPath(), "gaoxin-seeds-" + Guid.NewGuid().ToString("N")[..12]);

    public SeedsFolder()
    {
        foreach (var source in Directory.EnumerateFiles(Delivered, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(Folder, Path.GetRelativePath(Delivered, source));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(source, target);
        }
    }

    public static string Delivered { get; } = Reader(null).Folder;

    public string Folder => Path.Combine(_root, "seeds");

    public string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));

    public SeedsFolder Write(string file, string text)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    /// <summary>Replaces one text and answers the line it stands on.</summary>
    public int Replace(string file, string old, string replacement)
    {
        var text = Read(file).ReplaceLineEndings("\n");
        var at = text.IndexOf(old, StringComparison.Ordinal);
        at.ShouldBeGreaterThanOrEqualTo(0, $"{file} no longer holds: {old}");
        Write(file, text[..at] + replacement + text[(at + old.Length)..]);
        return text[..at].Count(c => c == '\n') + 1;
    }

    public async Task<IReadOnlyList<SeedFault>> Check(params IKnownFacts[] facts)
    {
        var faults = new SeedFaults();
        await Reader(Folder, facts).Read(faults, TestContext.Current.CancellationToken);
        return faults.All;
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>The catalogue's own kinds; checking needs no database.</summary>
    public static SeedReader Reader(string? folder, params IKnownFacts[] facts)
    {
        var clock = TimeProvider.System;
        ISeedKind[] kinds =
        [
            new DictionarySeeds(), new DepartmentSeeds(clock), new ThemeSeeds(clock), new DivisionSeeds(clock),
            new LifeEventSeeds(clock), new PlaceSeeds(clock), new ZoneSeeds(clock),
            new CalendarSeeds(clock), new RuleSeeds(clock), new ServiceSeeds(facts, clock), new BundleSeeds(facts, clock), new DocumentTemplateSeeds(),
            new HoursSeeds(clock), new GroupSeeds(clock), new BookingRuleSeeds(clock),
            new TopicSeeds(clock), new LimitSeeds(clock), new RoutingSeeds(clock), new EvaluationLimitSeeds(clock),
        ];
        return new SeedReader(kinds, Options.Create(new PortalOptions { SeedsPath = folder }));
    }
}

/// <summary>A handler's facts, made up by a test.</summary>
internal sealed record PublishedFacts(string Handler, params string[] Facts) : IKnownFacts
{
    public IReadOnlyCollection<string> Names => Facts;
}
