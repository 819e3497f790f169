using System.Text.Json;
using FluentValidation;
using FluentValidation.Results;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Registration;

/// <summary>What both set-up handlers do alike: problems of a page, name look-up, reserving, keeping what was submitted.</summary>
internal sealed class SetupDesk(PortalDbContext db, ReferenceFiles files, NameRegister names, PersonalDataCipher cipher, TimeProvider clock)
{
    private const int MostShown = 5;

    /// <summary>The failures of a validator as field problems; on a page only those of its fields.</summary>
    public static IReadOnlyList<FieldProblem> Problems(IEnumerable<ValidationFailure> failures, CaseContext context)
    {
        var problems = failures.Select(f => new FieldProblem(f.PropertyName, f.ErrorMessage, f.Severity == Severity.Warning));
        if (context.PageId is null)
            return [.. problems];
        var keys = context.Service.Pages.Where(p => p.Id == context.PageId).SelectMany(p => p.Fields).Select(f => f.Key).ToHashSet();
        return [.. problems.Where(p => keys.Contains(p.Path.Split('/')[0]))];
    }

    /// <summary>True when the name is asked on the page being saved, or the whole form is checked.</summary>
    public static bool AsksName(CaseContext context) =>
        context.PageId is null || context.Service.Pages.Any(p => p.Id == context.PageId && p.Fields.Any(f => f.Key == SetupFields.TradeName));

    /// <summary>The same name blocks; similar ones and words to be looked at only warn.</summary>
    public async Task<IReadOnlyList<FieldProblem>> NameProblems(CompanyName name, EntityKind kind, Guid caseId, CancellationToken ct, string? ownName = null)
    {
        var verdict = (await NameVerdict.Of(name, kind, caseId, files.Names, names, ct)).Besides(ownName);
        if (verdict.Same is { } same)
            return [new FieldProblem(SetupFields.TradeName, $"这个名称不能用：{same.Reason}（{same.Name}）。请换一个字号")];
        var hints = verdict.Words.Where(w => !w.Forbidden).Select(w => $"“{w.Word}”：{w.Reason}")
            .Concat(verdict.Similar.Take(MostShown).Select(s => $"{s.Name}（{s.Reason}）")).ToList();
        if (verdict.HasRareCharacters)
            hints.Add("名称里有生僻字或繁体字");
        return hints.Count == 0
            ? []
            : [new FieldProblem(SetupFields.TradeName, $"名称可以用，但要由工作人员核对：{string.Join('；', hints)}", IsWarning: true)];
    }

    public async Task Reserve(CompanyName name, EntityKind kind, Guid caseId, CancellationToken ct)
    {
        if (!await names.Reserve(name, kind, caseId, ct))
            throw new RefusedException(RegistrationRefusals.NameTaken(name.Full));
    }

    public Task Release(Guid caseId, CancellationToken ct) => names.Release(caseId, ct);

    /// <summary>Keeps what was submitted until the decision; a corrected submission replaces it.</summary>
    public async Task Keep<T>(T setup, EntityKind kind, CaseContext context, CancellationToken ct)
    {
        var payload = cipher.Protect(JsonSerializer.Serialize(setup, OutboxMessage.Json), SetupApplication.Purpose);
        var known = await db.SetupApplications.FindAsync([context.CaseId], ct);
        if (known is null)
            db.Add(known = new SetupApplication { CaseId = context.CaseId, Kind = kind, ApplicantId = context.ApplicantId, Payload = payload, SubmittedAt = clock.GetUtcNow() });
        (known.Payload, known.SubmittedAt) = (payload, clock.GetUtcNow());
    }

    /// <summary>The business scope as the licence words it, instead of its codes.</summary>
    public IReadOnlyDictionary<string, string> Words(CaseContext context) => context.Answers[SetupFields.Scope] is { } codes
        ? new Dictionary<string, string> { [SetupFields.Scope] = BusinessScope.Of(codes, files.Scope).LicenceText }
        : [];

    public Task<int> Forget(Guid caseId, CancellationToken ct) => db.SetupApplications.Where(a => a.CaseId == caseId).ExecuteDeleteAsync(ct);
}

/// <summary>公司设立: what the answers of a company's set-up mean.</summary>
internal sealed class CompanySetupHandler(SetupDesk desk, SetupFacts facts, CompanySetupValidator validator, ReferenceFiles files, CompanyArticles articles)
    : ICaseHandler
{
    public const string HandlerCode = "registration.company";
    private const string ShareholderRole = "股东";

    public async Task<IReadOnlyList<FieldProblem>> Check(CaseContext context, CancellationToken ct)
    {
        var setup = Bind(context);
        var problems = SetupDesk.Problems((await validator.ValidateAsync(setup, ct)).Errors, context);
        if (!SetupDesk.AsksName(context) || CompanyNameRules.Check(setup.Name, EntityKind.Company, files.Names).Count > 0)
            return problems;
        return [.. problems, .. await desk.NameProblems(setup.Name, EntityKind.Company, context.CaseId, ct)];
    }

    /// <summary>
    /// Every shareholder and the legal representative. For a shareholder that is an enterprise its legal representative
    /// signs; a rule refers to an officer when the register does not name the same person.
    /// </summary>
    public IReadOnlyList<Signatory> Signatories(CaseContext context) => SignatoriesOf(Bind(context));

    internal static IReadOnlyList<Signatory> SignatoriesOf(CompanySetup setup)
    {
        var signatories = setup.Shareholders.Where(s => s.SignatoryNumber is not null)
            .Select(s => new Signatory(s.SignatoryName, s.SignatoryNumber!, s.IsNaturalPerson ? ShareholderRole : "企业股东的法定代表人")).ToList();
        if (setup.LegalRepresentative is { Identity: { } number } representative)
            signatories.Add(new Signatory(representative.Name, number, "法定代表人"));
        return [.. signatories.GroupBy(s => s.IdNumber).Select(g => g.First() with { Role = string.Join('、', g.Select(s => s.Role).Distinct()) })];
    }

    public async Task<IReadOnlyDictionary<string, object?>> Facts(CaseContext context, CancellationToken ct) =>
        await facts.Of(Bind(context), context.CaseId, ct);

    public string? Subject(CaseContext context)
    {
        var name = Bind(context).Name;
        return name.TradeName.Length == 0 ? null : name.Full;
    }

    public async Task OnSubmitting(CaseContext context, CancellationToken ct)
    {
        var setup = Bind(context);
        await desk.Reserve(setup.Name, EntityKind.Company, context.CaseId, ct);
        await desk.Keep(setup, EntityKind.Company, context, ct);
    }

    public async Task OnDropped(CaseContext context, CancellationToken ct)
    {
        await desk.Release(context.CaseId, ct);
        await desk.Forget(context.CaseId, ct);
    }

    public IReadOnlyList<GeneratedDocument> Documents(CaseContext context) => [articles.Of(Bind(context), context)];

    public IReadOnlyDictionary<string, string> Words(CaseContext context) => desk.Words(context);

    private static CompanySetup Bind(CaseContext context) => CompanySetup.Bind(context.Answers, context.AppliedOn);
}

/// <summary>个体工商户设立: what the answers of an individual business's set-up mean.</summary>
internal sealed class IndividualBusinessSetupHandler(
    SetupDesk desk, SetupFacts facts, IndividualBusinessSetupValidator validator, ReferenceFiles files) : ICaseHandler
{
    public const string HandlerCode = "registration.individual";

    public async Task<IReadOnlyList<FieldProblem>> Check(CaseContext context, CancellationToken ct)
    {
        var setup = Bind(context);
        var problems = SetupDesk.Problems((await validator.ValidateAsync(setup, ct)).Errors, context);
        if (setup.Name is null || !SetupDesk.AsksName(context) || CompanyNameRules.Check(setup.Name, EntityKind.IndividualBusiness, files.Names).Count > 0)
            return problems;
        return [.. problems, .. await desk.NameProblems(setup.Name, EntityKind.IndividualBusiness, context.CaseId, ct)];
    }

    public IReadOnlyList<Signatory> Signatories(CaseContext context)
    {
        var setup = Bind(context);
        return [.. setup.Family.Select(p => (Person: p, Role: "家庭成员")).Prepend((Person: setup.Operator, Role: "经营者"))
            .Where(p => ResidentId.TryParse(p.Person.IdNumber, out _))
            .Select(p => new Signatory(p.Person.Name, p.Person.Number, p.Role))
            .DistinctBy(s => s.IdNumber)];
    }

    public async Task<IReadOnlyDictionary<string, object?>> Facts(CaseContext context, CancellationToken ct) =>
        await facts.Of(Bind(context), context.CaseId, ct);

    public string? Subject(CaseContext context)
    {
        var setup = Bind(context);
        return setup.Name is { TradeName.Length: > 0 } name ? name.Full : UnnamedSubject(setup);
    }

    public async Task OnSubmitting(CaseContext context, CancellationToken ct)
    {
        var setup = Bind(context);
        if (setup.Name is { } name)
            await desk.Reserve(name, EntityKind.IndividualBusiness, context.CaseId, ct);
        else
            await desk.Release(context.CaseId, ct);
        await desk.Keep(setup, EntityKind.IndividualBusiness, context, ct);
    }

    public async Task OnDropped(CaseContext context, CancellationToken ct)
    {
        await desk.Release(context.CaseId, ct);
        await desk.Forget(context.CaseId, ct);
    }

    /// <summary>Without a name of its own the business is listed under its operator's masked name.</summary>
    internal static string? UnnamedSubject(IndividualBusinessSetup setup) =>
        setup.Operator.Name.Length == 0 ? null : $"{Masking.Name(setup.Operator.Name)}（个体工商户）";

    public IReadOnlyDictionary<string, string> Words(CaseContext context) => desk.Words(context);

    private static IndividualBusinessSetup Bind(CaseContext context) => IndividualBusinessSetup.Bind(context.Answers, context.AppliedOn);
}
