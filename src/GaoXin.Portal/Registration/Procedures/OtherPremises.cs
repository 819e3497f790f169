using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Registration.Procedures;

/// <summary>The premises of a company besides its domicile (一照多址), as filed: all of them, so that one left out is given up.</summary>
internal sealed record OtherPremisesFiling(IReadOnlyList<Premises> All);

/// <summary>The zone's rules of 一照多址: everything inside the zone, nothing that needs a licence there, each address once. Pure.</summary>
internal static class OtherPremisesRules
{
    public const int Most = 10;

    public static OtherPremisesFiling Bind(Answers answers) => new([.. answers.Rows(ProcedureFields.OtherPremises).Select(PremisesOf)]);

    public static IEnumerable<FieldProblem> Check(Answers answers, CompanySetup company, PortalOptions options)
    {
        var seen = new HashSet<string> { AddressLibrary.KeyOf(company.Premises.Full) };
        foreach (var row in answers.Rows(ProcedureFields.OtherPremises))
        {
            var (path, premises) = ($"{ProcedureFields.OtherPremises}/{row.Id}/", PremisesOf(row));
            if (row[ProcedureFields.OtherLicensed] == SetupFields.Yes)
                yield return new(path + ProcedureFields.OtherLicensed, "要许可的项目不能用一照多址。请办分公司，再给分公司办许可");
            if (Text.Compact(premises.Division) is { Length: >= 6 } division && !division.StartsWith(options.DivisionCode, StringComparison.Ordinal))
                yield return new(path + ProcedureFields.OtherDivision, "这里只办高新区以内的场所。跨区的要先把登记迁到市市场监管局");
            if (premises.Address.Length > 0 && !seen.Add(AddressLibrary.KeyOf(premises.Full)))
                yield return new(path + ProcedureFields.OtherAddress, "这个地址和住所或前面的一行一样，请删掉这一行");
        }

        var filed = Bind(answers).All.Select(p => p.Full).Order(StringComparer.Ordinal);
        if (filed.SequenceEqual(company.OtherPremises.Select(p => p.Full).Order(StringComparer.Ordinal)))
            yield return new(ProcedureFields.OtherPremises, "和已经备案的一样。要加的请点“再加一个”，不用了的请删掉那一行");
    }

    private static Premises PremisesOf(AnswerRow row) => new(
        null, null, row[ProcedureFields.OtherDivision], row[ProcedureFields.OtherAddress]?.Trim() ?? "", row[ProcedureFields.OtherRoom]?.Trim() ?? "", null);
}

/// <summary>一照多址经营场所备案: a licence version with all addresses.</summary>
internal sealed class OtherPremisesHandler(ProcedureDesk desk, SetupFacts facts, EntityRegister register, LicenceOffice licences, IOptions<PortalOptions> options) : ProcedureHandler(desk)
{
    public const string HandlerCode = "registration.premises";
    private readonly ProcedureDesk _desk = desk;

    public override Task OnSubmitting(CaseContext context, CancellationToken ct) => _desk.Open(context, HandlerCode, OtherPremisesRules.Bind(context.Answers), ct);

    public override async Task<Guid?> Apply(DecidedProcedure decided, RegisteredEntity entity, CancellationToken ct)
    {
        var company = entity.Company ?? throw new InvalidOperationException($"Entity {entity.Entity.Id} has no filed record.");
        var next = company with { OtherPremises = _desk.Read<OtherPremisesFiling>(decided.Procedure).All };
        return await licences.Reissue(await register.Amend(entity, next, decided.Procedure.CaseId, ct), decided.Procedure.CaseId, decided.Procedure.ApplicantId, ct);
    }

    protected override Task<IReadOnlyList<FieldProblem>> Check(CaseContext context, RegisteredEntity entity, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<FieldProblem>>(entity.Company is { } company ? [.. OtherPremisesRules.Check(context.Answers, company, options.Value)] : [ProcedureProblems.NotACompany]);

    protected override IReadOnlyList<Signatory> Signatories(CaseContext context, RegisteredEntity entity) => Representative(entity);

    protected override async Task<IReadOnlyDictionary<string, object?>> Facts(CaseContext context, RegisteredEntity entity, CancellationToken ct)
    {
        var known = entity.Company?.OtherPremises.Select(p => p.Full).ToHashSet() ?? [];
        var added = OtherPremisesRules.Bind(context.Answers).All.Where(p => !known.Contains(p.Full)).ToList();
        return await facts.OfPremises(added, ct);
    }
}
