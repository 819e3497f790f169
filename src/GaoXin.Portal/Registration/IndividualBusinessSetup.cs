using System.Text.Json.Serialization;
using FluentValidation;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Registration;

/// <summary>An individual business (个体工商户) as filed. It may do without a name.</summary>
internal sealed record IndividualBusinessSetup
{
    public required CompanyName? Name { get; init; }

    public required Person Operator { get; init; }

    /// <summary>Family members who run it together (家庭经营).</summary>
    public required IReadOnlyList<Person> Family { get; init; }

    public required string? Capital { get; init; }

    public required string? ScopeCodes { get; init; }

    public required Premises Premises { get; init; }

    public required string? Phone { get; init; }

    public required DateOnly AppliedOn { get; init; }

    public int? OperatorAge => ResidentId.TryParse(Operator.IdNumber, out var id) ? id.AgeOn(AppliedOn) : null;

    public IReadOnlyList<string> IdNumbers =>
        [.. Family.Prepend(Operator).Select(p => p.Number).Where(n => n.Length > 0).Distinct()];

    public static IndividualBusinessSetup Bind(Answers answers, DateOnly appliedOn) => new()
    {
        Name = answers[SetupFields.BusinessNamed] == SetupFields.Yes ? SetupFields.Name(answers, SetupFields.BusinessForm) : null,
        Operator = new Person("", answers["operator.name"]?.Trim() ?? "", answers["operator.idNo"], answers["operator.phone"]),
        Family = [.. answers.Rows(SetupFields.Family).Select(r => new Person(r.Id, r["family.name"]?.Trim() ?? "", r["family.idNo"], null))],
        Capital = answers[SetupFields.BusinessCapital],
        ScopeCodes = answers[SetupFields.Scope],
        Premises = Premises.Bind(answers),
        Phone = answers[SetupFields.Phone],
        AppliedOn = appliedOn,
    };

    /// <summary>A person as filed; the row id is empty for the operator.</summary>
    internal sealed record Person(string RowId, string Name, string? IdNumber, string? Phone)
    {
        /// <summary>The ID number in normal form; empty while none is filled in.</summary>
        [JsonIgnore]
        public string Number => Text.Compact(IdNumber).ToUpperInvariant();
    }
}

internal sealed class IndividualBusinessSetupValidator : AbstractValidator<IndividualBusinessSetup>
{
    public IndividualBusinessSetupValidator(ReferenceFiles files, IOptions<PortalOptions> options)
    {
        RuleFor(s => s.Name).Custom((name, context) =>
        {
            if (name is not null)
                SetupChecks.Name(context, name, EntityKind.IndividualBusiness, SetupFields.BusinessForm, files.Names);
        });
        RuleFor(s => s.ScopeCodes).Custom((codes, context) => SetupChecks.Scope(context, codes, files));
        RuleFor(s => s.Premises).Custom((premises, context) => SetupChecks.Premises(context, premises, options.Value));
        RuleFor(s => s.Capital).Custom((capital, context) =>
        {
            if (!string.IsNullOrEmpty(capital) && RegisteredCapital.AmountProblem(capital, "资金数额") is { } problem)
                context.AddFailure(SetupFields.BusinessCapital, problem);
        });
        RuleFor(s => s).Custom((setup, context) => People(setup, context));
    }

    private static void People(IndividualBusinessSetup setup, ValidationContext<IndividualBusinessSetup> context)
    {
        SetupChecks.PersonName(context, "operator.name", setup.Operator.Name);
        SetupChecks.IdNumber(context, "operator.idNo", setup.Operator.IdNumber);
        SetupChecks.Mobile(context, "operator.phone", setup.Operator.Phone);
        if (ResidentId.TryParse(setup.Operator.IdNumber, out var id) && !id.IsPlausibleOn(setup.AppliedOn))
            context.AddFailure("operator.idNo", "身份证号里的出生日期不对，请对照证件再看一遍");
        var seen = new HashSet<string> { setup.Operator.Number };
        foreach (var member in setup.Family)
        {
            SetupChecks.PersonName(context, $"{SetupFields.Family}/{member.RowId}/family.name", member.Name);
            SetupChecks.IdNumber(context, $"{SetupFields.Family}/{member.RowId}/family.idNo", member.IdNumber);
            if (!seen.Add(member.Number))
                context.AddFailure($"{SetupFields.Family}/{member.RowId}/family.idNo", "这个人前面已经填过了，请删掉重复的一行");
        }
    }
}
