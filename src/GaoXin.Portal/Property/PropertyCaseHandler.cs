using System.Text.Json;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace GaoXin.Portal.Property;

/// <summary>不动产登记: what the answers of first registration, transfers, mortgage and change mean. All parties sign in the hall, none here.</summary>
internal sealed class PropertyCaseHandler(PortalDbContext db, PropertyChecks checks, PersonalDataCipher cipher, TimeProvider clock) : ICaseHandler
{
    public const string HandlerCode = "property.registration";

    public async Task<IReadOnlyList<FieldProblem>> Check(CaseContext context, CancellationToken ct)
    {
        var problems = await checks.Of(context, ct);
        if (context.PageId is not { } id)
            return problems;
        var keys = context.Service.Pages.Where(p => p.Id == id).SelectMany(p => p.Fields).Select(f => f.Key).ToHashSet();
        return [.. problems.Where(p => keys.Contains(p.Path.Split('/')[0]))];
    }

    public IReadOnlyList<Signatory> Signatories(CaseContext context) => [];

    public Task<IReadOnlyDictionary<string, object?>> Facts(CaseContext context, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<string, object?>>(new Dictionary<string, object?>());

    /// <summary>The building and the room stay hidden: a list is no place for where somebody lives.</summary>
    public string? Subject(CaseContext context) => PropertyUnitNumber.TryParse(context.Answers[PropertyFields.Unit], out var unit) ? unit.Masked : null;

    /// <summary>Keeps what was filed; the unique index refuses a second of its kind for the unit.</summary>
    public async Task OnSubmitting(CaseContext context, CancellationToken ct)
    {
        if (!PropertyUnitNumber.TryParse(context.Answers[PropertyFields.Unit], out var unit))
            throw new InvalidOperationException($"Case {context.CaseId} was submitted without a property unit.");
        var (key, secret) = (cipher.Hash(unit.Number, PropertyFiling.UnitKind), cipher.Protect(unit.Number, PropertyFiling.UnitPurpose));
        var detail = cipher.Protect(JsonSerializer.Serialize(DetailOf(context.Answers)), PropertyFiling.DetailPurpose);
        if (await db.PropertyFilings.SingleOrDefaultAsync(f => f.CaseId == context.CaseId, ct) is { } known)
            (known.UnitKey, known.UnitSecret, known.DetailSecret) = (key, secret, detail);
        else
            db.Add(new PropertyFiling { CaseId = context.CaseId, ServiceCode = context.Service.Code, ApplicantId = context.ApplicantId, UnitKey = key, UnitSecret = secret, DetailSecret = detail, FiledAt = clock.GetUtcNow() });
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException error) when (error.InnerException is PostgresException { ConstraintName: PropertyFilingConfiguration.OpenIndex })
        {
            throw new RefusedException(PropertyRefusals.FiledAlready());
        }
    }

    public Task OnDropped(CaseContext context, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.PropertyFilings.Where(f => f.CaseId == context.CaseId && f.EndedAt == null).ExecuteUpdateAsync(f => f.SetProperty(x => x.EndedAt, now), ct);
    }

    private static FilingDetail DetailOf(Answers answers)
    {
        var rows = answers.Rows(PropertyFields.Holders);
        var names = string.Join('、', rows.Select(r => Masking.Name(r[PropertyFields.HolderName] ?? "")));
        var shares = answers[PropertyFields.ShareForm] == PropertyFields.ShareFormShares ? string.Join('、', rows.Select(r => r[PropertyFields.HolderShare])) : null;
        return new FilingDetail(answers[PropertyFields.Location] ?? "", answers[PropertyFields.Area], answers[PropertyFields.Use], names, shares);
    }
}

/// <summary>Property registration publishes no facts: an officer decides, no rules do.</summary>
internal sealed class PropertyFacts : IKnownFacts
{
    public string Handler => PropertyCaseHandler.HandlerCode;

    public IReadOnlyCollection<string> Names => [];
}
