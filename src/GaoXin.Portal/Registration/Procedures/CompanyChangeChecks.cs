using FluentValidation;
using FluentValidation.Results;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Registration.Procedures;

/// <summary>
/// What must hold of a change: the rules of set-up for what changes, and no rule for what does not: what was right when it was
/// registered is not asked again. Pure but for the validator.
/// </summary>
internal sealed class CompanyChangeChecks(CompanySetupValidator validator, ReferenceFiles files)
{
    private const int DaysToApply = 30;

    public IReadOnlyList<FieldProblem> Of(CompanyChange change, CompanySetup present, DateOnly appliedOn, WorkingCalendar calendar)
    {
        var problems = validator.Validate(change.Next).Errors.Where(f => IsAsked(f, change) && !IsOldShare(f, change, present))
            .Select(f => new FieldProblem(f.PropertyName, f.ErrorMessage, f.Severity == Severity.Warning)).ToList();
        problems.AddRange(Unchanged(change, present));
        problems.AddRange(Representative(change));
        problems.AddRange(Reduction(change, present, appliedOn, calendar));
        if (change.DecidedOn is { } decided && decided.AddDays(DaysToApply) < appliedOn)
            problems.Add(new FieldProblem(ProcedureFields.DecidedOn, $"作出决定已经超过 {DaysToApply} 天。可以办，以后请在 {DaysToApply} 天内申请", IsWarning: true));
        return problems;
    }

    /// <summary>True when the name is new and well formed, so that it is worth looking it up.</summary>
    public bool HasNewName(CompanyChange change, CompanySetup present) =>
        change.Changes(ChangeItem.Name) && change.Next.Name.Full != present.Name.Full && CompanyNameRules.Check(change.Next.Name, EntityKind.Company, files.Names).Count == 0;

    private static bool IsAsked(ValidationFailure failure, CompanyChange change)
    {
        var path = failure.PropertyName;
        return ItemOf(path) switch
        {
            ChangeItem.Shareholders => change.AsksShares,
            { } item => change.Changes(item),
            null => false,
        };
    }

    private static ChangeItem? ItemOf(string path) =>
        path.StartsWith("company.name.", StringComparison.Ordinal) ? ChangeItem.Name
        : path.StartsWith("company.premises.", StringComparison.Ordinal) ? ChangeItem.Address
        : path == SetupFields.Scope ? ChangeItem.Scope
        : path == SetupFields.Capital ? ChangeItem.Capital
        : path.StartsWith("legalRep.", StringComparison.Ordinal) ? ChangeItem.Representative
        : path.Split('/')[0] == SetupFields.Shareholders ? ChangeItem.Shareholders
        : null;

    private static bool IsOldShare(ValidationFailure failure, CompanyChange change, CompanySetup present)
    {
        var parts = failure.PropertyName.Split('/');
        return parts is [SetupFields.Shareholders, var row, "shareholder.dueDate"]
            && change.Next.Shareholders.FirstOrDefault(s => s.RowId == row) is { DueDate: not null } share && present.Shareholders.Any(p => CompanyChange.SameShare(p, share));
    }

    private static IEnumerable<FieldProblem> Unchanged(CompanyChange change, CompanySetup present)
    {
        var next = change.Next;
        if (change.Changes(ChangeItem.Name) && next.Name.Full == present.Name.Full)
            yield return Same(SetupFields.TradeName, "名称");
        if (change.Changes(ChangeItem.Address) && AddressLibrary.KeyOf(next.Premises.Full) == AddressLibrary.KeyOf(present.Premises.Full))
            yield return Same(SetupFields.Address, "地址");
        if (change.Changes(ChangeItem.Scope) && next.ScopeCodes == present.ScopeCodes)
            yield return Same(SetupFields.Scope, "经营范围");
        if (change.Changes(ChangeItem.Capital) && next.CapitalAmount == present.CapitalAmount)
            yield return Same(SetupFields.Capital, "注册资本");
        if (change.Changes(ChangeItem.Representative) && next.LegalRepresentative?.Identity is { } number && number == present.LegalRepresentative?.Identity)
            yield return Same(ProcedureFields.RepresentativeNumber, "法定代表人");
        if (change.Changes(ChangeItem.Shareholders) && change.Touched(present).Count == 0)
            yield return Same(SetupFields.Shareholders, "股东");
    }

    private static FieldProblem Same(string path, string what) => new(path, $"{what}和登记的一样。请改成新的；不用变的，请在第一步去掉“{what}”");

    private static IEnumerable<FieldProblem> Representative(CompanyChange change)
    {
        if (change.Changes(ChangeItem.Representative) && CompanyOfficers.Conflicts(change.Next.Officers).Any())
            yield return new FieldProblem(ProcedureFields.RepresentativeNumber, "这个人是公司的监事，不能兼任董事、经理。请换一个人，或者先备案新的监事");
    }

    private static IEnumerable<FieldProblem> Reduction(CompanyChange change, CompanySetup present, DateOnly appliedOn, WorkingCalendar calendar)
    {
        if (!change.Reduces(present))
            yield break;
        if (change.AnnouncedOn is not { } announced)
            yield return new FieldProblem(ProcedureFields.AnnouncedOn, "减少注册资本要先公告。请填写公告是哪一天发的");
        else if (NoticePeriod.AfterCreditors(announced, calendar) is var first && appliedOn < first)
            yield return new FieldProblem(ProcedureFields.AnnouncedOn, $"公告要满 {NoticePeriod.CreditorDays} 天，{first:yyyy年M月d日}起才能申请。填的内容会保留，到时接着办");
    }
}
