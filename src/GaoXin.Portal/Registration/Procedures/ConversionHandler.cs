using GaoXin.Portal.Cases;
using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Registration.Procedures;

/// <summary>
/// 个体工商户转型为企业(个转企), the direct change of 国市监注发〔2025〕58号: the same entry goes on as a company with its credit code, day of
/// establishment, premises and business scope; only name, capital, shareholders and officers are filed. What the register holds of a
/// company must hold of it too, by the same validator as set-up.
/// </summary>
internal sealed class ConversionHandler(
    ProcedureDesk desk, SetupDesk setups, SetupFacts facts, CompanySetupValidator validator, CompanyArticles articles, EntityRegister register, LicenceOffice licences, IEntityMarks marks,
    ReferenceFiles files) : ProcedureHandler(desk)
{
    public const string HandlerCode = "registration.conversion";
    private const string DebtStatement = "debt-statement";
    private readonly ProcedureDesk _desk = desk;

    public override async Task OnSubmitting(CaseContext context, CancellationToken ct)
    {
        var business = (await _desk.Find(context, ct))?.Business ?? throw new RefusedException(RegistrationRefusals.NoSuchEntity());
        var company = Bind(context, business);
        await setups.Reserve(company.Name, EntityKind.Company, context.CaseId, ct);
        await _desk.Open(context, HandlerCode, company, ct);
    }

    /// <summary>One step: the entry's next version is the company, and its licence takes the place of the individual business's.</summary>
    public override async Task<Guid?> Apply(DecidedProcedure decided, RegisteredEntity entity, CancellationToken ct)
    {
        var amended = await register.Amend(entity, _desk.Read<CompanySetup>(decided.Procedure), decided.Procedure.CaseId, ct);
        return await licences.Reissue(amended, decided.Procedure.CaseId, decided.Procedure.ApplicantId, ct);
    }

    protected override async Task<IReadOnlyList<FieldProblem>> Check(CaseContext context, RegisteredEntity entity, CancellationToken ct)
    {
        if (entity.Business is not { } business)
            return [ProcedureProblems.NotABusiness];
        var company = Bind(context, business);
        // What the form does not ask was right when it was registered.
        var problems = SetupDesk.Problems((await validator.ValidateAsync(company, ct)).Errors, context with { PageId = null })
            .Where(p => context.Service.Pages.Any(page => page.Has(p.Path))).Concat(Investors(company, business)).ToList();
        return SetupDesk.AsksName(context) && CompanyNameRules.Check(company.Name, EntityKind.Company, files.Names).Count == 0
            ? [.. problems, .. await setups.NameProblems(company.Name, EntityKind.Company, context.CaseId, ct)]
            : problems;
    }

    /// <summary>As for a company's set-up, and the operator who gives up the individual business.</summary>
    protected override IReadOnlyList<Signatory> Signatories(CaseContext context, RegisteredEntity entity) => entity.Business is { } business
        ? [.. CompanySetupHandler.SignatoriesOf(Bind(context, business)), .. Representative(entity)]
        : [];

    protected override async Task<IReadOnlyDictionary<string, object?>> Facts(CaseContext context, RegisteredEntity entity, CancellationToken ct)
    {
        var business = entity.Business ?? throw new RefusedException(RegistrationRefusals.NoSuchEntity());
        var known = await facts.Of(Bind(context, business), context.CaseId, ct);
        foreach (var (name, value) in (await marks.Look(entity.Entity.CreditCode, ct)).Facts)
            known[name] = value;
        return known;
    }

    protected override IReadOnlyList<GeneratedDocument> Documents(CaseContext context, RegisteredEntity entity)
    {
        if (entity.Business is not { } business)
            return [];
        var company = Bind(context, business);
        return [articles.Of(company, context), Debts(entity, business, company)];
    }

    /// <summary>The operator goes on: without him it is a sale of the business, not its conversion.</summary>
    private static IEnumerable<FieldProblem> Investors(CompanySetup company, IndividualBusinessSetup business)
    {
        if (company.Shareholders.Count > 0 && company.Shareholders.All(s => s.Identity != business.Operator.Number))
            yield return new FieldProblem(SetupFields.Shareholders, "原来的经营者要是转型后公司的股东。请加上他，或者先办“个体工商户变更登记”换经营者");
    }

    private static GeneratedDocument Debts(RegisteredEntity entity, IndividualBusinessSetup business, CompanySetup company) => new(DebtStatement, "债权债务处理说明",
    [
        new DocumentNote("演示样式：按您填的内容生成"),
        new DocumentParagraph($"{entity.ListedAs}（统一社会信用代码 {entity.Entity.CreditCode}）转型为{company.Name.Full}，说明如下："),
        new DocumentArticle("一、", ["转型以后统一社会信用代码、成立日期不变，原来的债权、合同由公司继续享有和履行。"]),
        new DocumentArticle("二、", [$"转型以前的债务，经营者{business.Operator.Name}继续承担清偿责任，不因转型免除。"]),
        new DocumentSignatures(null, []),
    ]);

    /// <summary>Premises and scope are not asked: they stay, and change by 公司变更登记.</summary>
    private static CompanySetup Bind(CaseContext context, IndividualBusinessSetup business) => CompanySetup.Bind(context.Answers, context.AppliedOn) with
    {
        Premises = business.Premises,
        ScopeCodes = business.ScopeCodes,
        Phone = business.Phone,
        Seals = [],
    };
}
