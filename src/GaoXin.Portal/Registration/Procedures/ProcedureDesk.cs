using System.Text.Json;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace GaoXin.Portal.Registration.Procedures;

/// <summary>
/// What all procedures about an entity do alike: whose entity it is, whether another procedure is open, and keeping what was
/// submitted until the decision.
/// </summary>
internal sealed class ProcedureDesk(PortalDbContext db, EntityRegister register, NameRegister names, IPeople people, PersonalDataCipher cipher, TimeProvider clock)
{
    private readonly Dictionary<(Guid, string), RegisteredEntity?> _found = [];

    /// <summary>The entity of the form, for somebody who may act for it; a foreign and an unknown credit code answer alike.</summary>
    public async Task<RegisteredEntity?> Find(CaseContext context, CancellationToken ct)
    {
        if (CodeOf(context) is not { } code)
            return null;
        if (!_found.TryGetValue((context.ApplicantId, code), out var found))
        {
            var mine = await people.MayActFor(context.ApplicantId, code, context.Service.Code, ct);
            found = mine ? await register.Find(code, ct) : null;
            _found[(context.ApplicantId, code)] = found = found?.Entity.Status == EntityStatus.Registered ? found : null;
        }

        return found;
    }

    /// <summary>The same without asking: <see cref="Find"/> was called when the file was opened.</summary>
    public RegisteredEntity? Known(CaseContext context) => CodeOf(context) is { } code ? _found.GetValueOrDefault((context.ApplicantId, code)) : null;

    /// <summary>Why no procedure can begin with this entity; null when one can.</summary>
    public async Task<FieldProblem?> EntityProblem(CaseContext context, RegisteredEntity? found, CancellationToken ct)
    {
        if (found is null)
            return new FieldProblem(ProcedureFields.CreditCode, "没有找到您能代表的这家企业。请核对统一社会信用代码，并先在“代企业办理”里选好它；您不是法定代表人的，请他先授权");
        return await db.RegisterProcedures.AnyAsync(p => p.EntityId == found.Entity.Id && p.EndedAt == null && p.CaseId != context.CaseId, ct)
            ? new FieldProblem(ProcedureFields.CreditCode, RegistrationRefusals.ProcedureOpen().Message)
            : null;
    }

    /// <summary>Keeps what was submitted; the unique index refuses a second open procedure of the entity.</summary>
    public async Task Open<T>(CaseContext context, string handler, T payload, CancellationToken ct)
    {
        var found = await Find(context, ct) ?? throw new RefusedException(RegistrationRefusals.NoSuchEntity());
        var secret = cipher.Protect(JsonSerializer.Serialize(payload, OutboxMessage.Json), RegisterProcedure.Purpose);
        if (await db.RegisterProcedures.SingleOrDefaultAsync(p => p.CaseId == context.CaseId, ct) is { } known)
            (known.Payload, known.SubmittedAt) = (secret, clock.GetUtcNow());
        else
            db.Add(new RegisterProcedure { CaseId = context.CaseId, EntityId = found.Entity.Id, Handler = handler, ApplicantId = context.ApplicantId, Payload = secret, SubmittedAt = clock.GetUtcNow() });
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException error) when (error.InnerException is PostgresException { ConstraintName: RegisterProcedureConfiguration.OpenIndex })
        {
            throw new RefusedException(RegistrationRefusals.ProcedureOpen());
        }
    }

    public T Read<T>(RegisterProcedure procedure) =>
        JsonSerializer.Deserialize<T>(cipher.Unprotect(procedure.Payload, RegisterProcedure.Purpose), OutboxMessage.Json)!;

    /// <summary>The case ended without approval: a reserved name is free again and another procedure may begin.</summary>
    public async Task Drop(Guid caseId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await names.Release(caseId, ct);
        await db.RegisterProcedures.Where(p => p.CaseId == caseId && p.EndedAt == null).ExecuteUpdateAsync(p => p.SetProperty(x => x.EndedAt, now), ct);
    }

    /// <summary>On a page only the problems of its fields.</summary>
    public static IReadOnlyList<FieldProblem> OfPage(CaseContext context, IEnumerable<FieldProblem> problems)
    {
        if (context.PageId is null)
            return [.. problems];
        var page = context.Service.Pages.FirstOrDefault(p => p.Id == context.PageId);
        return [.. problems.Where(p => page?.Has(p.Path) ?? false)];
    }

    private static string? CodeOf(CaseContext context) => CreditCode.TryParse(context.Answers[ProcedureFields.CreditCode], out var code) ? code.Code : null;
}

/// <summary>The dictionary keys that procedures read besides those of set-up.</summary>
internal static class ProcedureFields
{
    public const string EntityName = "employer.name";
    public const string CreditCode = "employer.creditCode";
    public const string Items = "change.items";
    public const string DecidedOn = "change.decidedOn";
    public const string AnnouncedOn = "change.announcedOn";
    public const string PresentCapital = "register.capital";
    public const string RepresentativeName = "legalRep.name";
    public const string RepresentativeNumber = "legalRep.idNo";
    public const string RepresentativePhone = "legalRep.phone";
    public const string RepresentativePosition = "legalRep.position";
    public const string OtherPremises = "otherPremises";
    public const string OtherAddress = "otherPremises.address";
    public const string OtherRoom = "otherPremises.room";
    public const string OtherDivision = "otherPremises.division";
    public const string OtherLicensed = "otherPremises.licensed";
    public const string BusinessItems = "business.change.items";
    public const string Composition = "business.composition";
    public const string FamilyComposition = "family";
    public const string SuspensionStep = "suspension.step";
    public const string SuspensionReason = "suspension.reason";
    public const string SuspensionFrom = "suspension.from";
    public const string SuspensionTo = "suspension.to";
    public const string DeliveryInstead = "suspension.deliveryInstead";
    public const string DeliveryAddress = "suspension.deliveryAddress";
    public const string PaperLicence = "simple.licence";
    public const string SimpleStep = "simple.step";
    public const string ClosingDecidedOn = "close.decidedOn";
    public const string TaxClearance = "close.taxClearance";
    public const string HeadName = "liquidation.head.name";
    public const string HeadNumber = "liquidation.head.idNo";
    public const string FormedOn = "liquidation.formedOn";
    public const string NotifiedOn = "liquidation.notifiedOn";
    public const string LiquidationAnnouncedOn = "liquidation.announcedOn";
    public const string EndedOn = "liquidation.endedOn";
}
