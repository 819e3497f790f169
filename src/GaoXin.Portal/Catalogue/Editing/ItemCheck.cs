using GaoXin.Portal.Catalogue.Definitions;
using GaoXin.Portal.Catalogue.Items;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.Persistence.Seeds;
using Microsoft.EntityFrameworkCore;
using NJsonSchema;

namespace GaoXin.Portal.Catalogue.Editing;

/// <summary>The files beside the services, read once a load: dictionary, reference lists, rules, templates.</summary>
internal sealed class DefinitionsBeside(SeedChanges changes)
{
    private readonly SemaphoreSlim _gate = new(1);
    private (int Load, SeedSet Beside, JsonSchema Schema)? _kept;

    public async Task<(SeedSet Beside, JsonSchema Schema)> Get(SeedReader reader, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            if (_kept is not { } kept || kept.Load != changes.Count)
            {
                var load = changes.Count;
                var (beside, schema) = await reader.ReadBeside(ServiceSeeds.KindName, ct);
                _kept = kept = (load, beside, schema);
            }

            return (kept.Beside, kept.Schema);
        }
        finally
        {
            _gate.Release();
        }
    }
}

/// <summary>Checks contents of items as the files are checked: by the schema, then by meaning.</summary>
internal sealed class ItemCheck(DefinitionsBeside beside, SeedReader reader, IEnumerable<IKnownFacts> facts, PortalDbContext db)
{
    /// <summary>All faults of these items together; each root is a definition with version and day.</summary>
    public async Task<IReadOnlyList<SeedFault>> Faults(IReadOnlyList<SeedNode> roots, CancellationToken ct)
    {
        var (seeds, schema) = await beside.Get(reader, ct);
        var faults = new SeedFaults();
        var files = roots.Select(r => new SeedFile(r.File, r)).ToList();
        foreach (var file in files)
            SeedSchema.Check(file, schema, faults);
        if (faults.Count > 0)
            return faults.All;
        var known = await db.ServiceVersions.Where(v => v.WithdrawnAt == null).Select(v => v.Code).Distinct().ToListAsync(ct);
        var others = known.Except(files.Select(f => f.Root.TextOf("code")!)).Select(c => new SeedFile("", SeedNode.FromJson($"{{\"code\":\"{c}\"}}")));
        var lint = new ServiceLint(seeds.With(ServiceSeeds.KindName, [.. files, .. others]), [.. facts], faults);
        foreach (var file in files)
            lint.Check(file);
        RepetitionLint.Check(files, faults);
        return faults.All;
    }

    /// <summary>The definition with the data elements it uses, ready to be stored. Only for content without faults.</summary>
    public async Task<string> Standalone(SeedNode root, CancellationToken ct)
    {
        var (seeds, _) = await beside.Get(reader, ct);
        return ServiceSeeds.Standalone(root, seeds.Once(DefinedDictionary.Of)).ToJson();
    }

    /// <summary>Refuses with every fault in the words of staff.</summary>
    public async Task MustHold(ItemDocument document, DateOnly effectiveFrom, CancellationToken ct)
    {
        var faults = await Faults([document.AsVersion(1, effectiveFrom)], ct);
        if (faults.Count > 0)
            throw new RefusedException([.. ItemFaultWords.Of(faults).Select(f => EditingRefusals.NotValid(f.Field, f.Label, f.Message, f.Fix))]);
    }
}
