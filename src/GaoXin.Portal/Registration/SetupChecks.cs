using FluentValidation;
using GaoXin.Portal.Kernel;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Registration;

/// <summary>Checks that several kinds of set-up share; each adds failures at field paths.</summary>
internal static class SetupChecks
{
    private const int LongestPersonName = 50;
    private const int LongestEnterpriseName = 100;

    public static void Name<T>(ValidationContext<T> context, CompanyName name, EntityKind kind, string formKey, NameVocabulary words)
    {
        var problems = CompanyNameRules.Check(name, kind, words);
        foreach (var problem in problems)
            context.AddFailure(SetupFields.Path(problem.Part, formKey), problem.Message);
        if (problems.Count > 0)
            return;
        foreach (var hit in NameWords.Find(name, words).Where(h => h.Forbidden))
        {
            var path = name.TradeName.Contains(hit.Word, StringComparison.Ordinal) ? SetupFields.TradeName : SetupFields.Industry;
            context.AddFailure(path, $"名称里不能有“{hit.Word}”：{hit.Reason}。请换一个");
        }
    }

    public static void Scope<T>(ValidationContext<T> context, string? codes, ReferenceFiles files)
    {
        foreach (var problem in BusinessScope.Of(codes, files.Scope).Problems())
            context.AddFailure(SetupFields.Scope, problem);
    }

    public static void Premises<T>(ValidationContext<T> context, Premises premises, PortalOptions options)
    {
        if (premises.Address.Length == 0)
            context.AddFailure(SetupFields.Address, "请填写地址，写到路名、门牌号和小区或园区名");
        var division = Text.Compact(premises.Division);
        if (division.Length >= 6 && division.All(char.IsAsciiDigit) && !division.StartsWith(options.DivisionCode, StringComparison.Ordinal))
            context.AddFailure(SetupFields.Division, "地址要在郑州高新区，请选择高新区的街道；不在高新区的，请到所在区的登记机关办理");
    }

    public static void PersonName<T>(ValidationContext<T> context, string path, string name)
    {
        if (name.Length == 0)
            context.AddFailure(path, "请填写姓名，和身份证上一样");
        else if (ChineseText.Length(name) > LongestPersonName)
            context.AddFailure(path, $"姓名最多 {LongestPersonName} 个字，请核对");
        else if (!name.EnumerateRunes().All(r => System.Text.Rune.IsLetter(r) || r.Value is '·' or ' ' or '.' or '\''))
            context.AddFailure(path, "姓名只能有文字和间隔号“·”，不能有数字、符号或表情");
    }

    public static void EnterpriseName<T>(ValidationContext<T> context, string path, string name)
    {
        if (name.Length == 0)
            context.AddFailure(path, "请填写企业名称，和营业执照上一样");
        else if (name.Length > LongestEnterpriseName || name.EnumerateRunes().Any(r => System.Text.Rune.GetUnicodeCategory(r) is
                     System.Globalization.UnicodeCategory.OtherSymbol or System.Globalization.UnicodeCategory.Control))
            context.AddFailure(path, "企业名称不对，请照营业执照填写，不能有表情或符号");
    }

    public static void IdNumber<T>(ValidationContext<T> context, string path, string? number)
    {
        if (!ResidentId.TryParse(number, out _))
            context.AddFailure(path, ResidentId.Explain(number));
    }

    public static void Mobile<T>(ValidationContext<T> context, string path, string? phone)
    {
        if (!string.IsNullOrEmpty(phone) && !MobileNumber.TryParse(phone, out _))
            context.AddFailure(path, "手机号要 11 位数字，比如“138 0000 0000”");
    }
}

internal sealed class CompanySetupValidator : AbstractValidator<CompanySetup>
{
    public CompanySetupValidator(ReferenceFiles files, IOptions<PortalOptions> options)
    {
        RuleFor(s => s.Name).Custom((name, context) => SetupChecks.Name(context, name, EntityKind.Company, SetupFields.Form, files.Names));
        RuleFor(s => s.ScopeCodes).Custom((codes, context) => SetupChecks.Scope(context, codes, files));
        RuleFor(s => s.Premises).Custom((premises, context) => SetupChecks.Premises(context, premises, options.Value));
        RuleFor(s => s).Custom((setup, context) => Capital(setup, context));
        RuleFor(s => s).Custom((setup, context) => Shareholders(setup, context));
        RuleFor(s => s).Custom((setup, context) => Officers(setup, context));
    }

    private static void Capital(CompanySetup setup, ValidationContext<CompanySetup> context)
    {
        var problem = RegisteredCapital.AmountProblem(setup.Capital, "注册资本");
        if (problem is not null)
            context.AddFailure(SetupFields.Capital, problem);
        var amounts = setup.Shareholders.Select(s => RegisteredCapital.AmountProblem(s.Subscribed, "") is null ? s.Amount : (decimal?)null).ToList();
        if (problem is null && amounts.Count > 0 && amounts.All(a => a is not null)
            && RegisteredCapital.SumProblem(setup.CapitalAmount, [.. amounts.Select(a => a!.Value)]) is { } sum)
            context.AddFailure(SetupFields.Shareholders, sum);
    }

    private static void Shareholders(CompanySetup setup, ValidationContext<CompanySetup> context)
    {
        foreach (var problem in Shareholdings.Check(setup.Shareholders))
        {
            var row = setup.Shareholders.FirstOrDefault(s => s.RowId == problem.RowId);
            var column = problem.Column == Shareholdings.RatioColumn ? "shareholder.ratio" : NumberColumn(row);
            context.AddFailure(row is null ? SetupFields.Shareholders : Path(row, column), problem.Message);
        }

        // Beyond the limit the rows say nothing new, and there may be thousands.
        foreach (var shareholder in setup.Shareholders.Take(Shareholdings.Most))
            Row(shareholder, setup.AppliedOn, context);
    }

    private static void Row(Shareholder row, DateOnly appliedOn, ValidationContext<CompanySetup> context)
    {
        if (row.IsNaturalPerson)
        {
            SetupChecks.PersonName(context, Path(row, "shareholder.name"), row.Name.Trim());
            SetupChecks.IdNumber(context, Path(row, "shareholder.idNo"), row.IdNumber);
        }
        else
        {
            SetupChecks.EnterpriseName(context, Path(row, "shareholder.name"), row.Name.Trim());
            if (!CreditCode.TryParse(row.CreditCode, out _))
                context.AddFailure(Path(row, "shareholder.creditCode"), "统一社会信用代码不对，请照营业执照填写 18 位，没有字母 I、O、S、V、Z");
            SetupChecks.PersonName(context, Path(row, SetupFields.RepresentativeName), row.SignatoryName);
            SetupChecks.IdNumber(context, Path(row, SetupFields.RepresentativeIdNumber), row.RepresentativeIdNumber);
        }

        SetupChecks.Mobile(context, Path(row, "shareholder.phone"), row.Phone);
        if (RegisteredCapital.AmountProblem(row.Subscribed, "出资额") is { } amount)
            context.AddFailure(Path(row, "shareholder.subscribed"), amount);
        var due = row.DueDate is { } day ? RegisteredCapital.DueDateProblem(day, appliedOn) : "请填写最晚哪天交足，比如“2030 年 12 月 31 日”";
        if (due is not null)
            context.AddFailure(Path(row, "shareholder.dueDate"), due);
    }

    private static void Officers(CompanySetup setup, ValidationContext<CompanySetup> context)
    {
        foreach (var path in setup.LostChoices)
            context.AddFailure(path, "选的人已经不在股东里了，请重新选择");
        foreach (var officer in setup.Officers.Where(o => !o.IsChosen))
        {
            SetupChecks.PersonName(context, officer.NamePath, officer.Name);
            SetupChecks.IdNumber(context, officer.NumberPath, officer.IdNumber);
            SetupChecks.Mobile(context, officer.Path + "phone", officer.Phone);
        }

        if (setup.Officers.All(o => o.Post != Post.LegalRepresentative) && !setup.LostChoices.Contains("legalRep.from"))
            context.AddFailure("legalRep.from", "请选择法定代表人");
        foreach (var problem in CompanyOfficers.Check(setup.Officers, setup.NoSupervisor, setup.AppliedOn).Where(p => !setup.LostChoices.Contains(p.Path)))
            context.AddFailure(problem.Path, problem.Message);
    }

    private static string NumberColumn(Shareholder? row) => row?.IsNaturalPerson == false ? "shareholder.creditCode" : "shareholder.idNo";

    private static string Path(Shareholder row, string column) => $"{SetupFields.Shareholders}/{row.RowId}/{column}";
}
