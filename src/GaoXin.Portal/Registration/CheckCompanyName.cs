using FluentValidation;
using GaoXin.Portal.Kernel;
using MediatR;

namespace GaoXin.Portal.Registration;

/// <summary>
/// Live advice on a name (名称查重) while it is typed: whether it can be used, why not, and up to five similar existing
/// names. It reserves nothing; the submit does. Names are public, so no owner is asked.
/// </summary>
[ForSignedIn]
public sealed record CheckCompanyName : IQuery<NameAdvice>
{
    /// <summary>行政区划, for example 郑州.</summary>
    public string Region { get; init; } = "";

    /// <summary>字号.</summary>
    public string TradeName { get; init; } = "";

    /// <summary>行业.</summary>
    public string Industry { get; init; } = "";

    /// <summary>组织形式, for example 有限公司.</summary>
    public string Form { get; init; } = "";

    /// <summary>True when the division stands in brackets behind the trade name.</summary>
    public bool RegionInBrackets { get; init; }

    /// <summary>Company or individual business.</summary>
    public EntityKind Kind { get; init; }

    /// <summary>The case being filled in: its own reservation does not count.</summary>
    public Guid? CaseId { get; init; }
}

/// <summary>The advice.</summary>
/// <param name="FullName">The composed name.</param>
/// <param name="State">Free, unsure (an officer looks at it) or blocked.</param>
/// <param name="Reasons">In words what is wrong or unsure, each with what to do.</param>
/// <param name="Similar">Up to five existing names that are the same or similar.</param>
public sealed record NameAdvice(string FullName, NameState State, IReadOnlyList<string> Reasons, IReadOnlyList<SimilarName> Similar);

/// <summary>An existing name and why it is close.</summary>
public sealed record SimilarName(string Name, string Reason);

internal sealed class CheckCompanyNameValidator : AbstractValidator<CheckCompanyName>
{
    private const int Longest = 60;

    public CheckCompanyNameValidator()
    {
        RuleFor(q => q.Region).MaximumLength(Longest);
        RuleFor(q => q.TradeName).MaximumLength(Longest).WithMessage("字号太长了，请缩短");
        RuleFor(q => q.Industry).MaximumLength(Longest).WithMessage("行业用语太长了，请缩短");
        RuleFor(q => q.Form).MaximumLength(Longest);
        RuleFor(q => q.Kind).IsInEnum();
    }
}

internal sealed class CheckCompanyNameHandler(ReferenceFiles files, NameRegister register) : IRequestHandler<CheckCompanyName, NameAdvice>
{
    private const int MostSimilar = 5;

    public async Task<NameAdvice> Handle(CheckCompanyName request, CancellationToken ct)
    {
        var style = request.RegionInBrackets ? NameStyle.RegionInBrackets : NameStyle.RegionFirst;
        var name = new CompanyName(request.Region.Trim(), request.TradeName.Trim(), request.Industry.Trim(), request.Form.Trim(), style);
        var problems = CompanyNameRules.Check(name, request.Kind, files.Names);
        if (problems.Count > 0)
            return new NameAdvice(name.Full, NameState.Blocked, [.. problems.Select(p => p.Message)], []);
        var verdict = await NameVerdict.Of(name, request.Kind, request.CaseId, files.Names, register, ct);
        var close = verdict.Similar.Take(MostSimilar);
        if (verdict.Same is not null)
            close = close.Prepend(verdict.Same).Take(MostSimilar);
        return new NameAdvice(name.Full, verdict.State, [.. Reasons(verdict)], [.. close.Select(f => new SimilarName(f.Name, f.Reason))]);
    }

    private static IEnumerable<string> Reasons(NameVerdict verdict)
    {
        if (verdict.Same is { } same)
            yield return $"{same.Reason}，请换一个字号";
        foreach (var word in verdict.Words)
            yield return word.Forbidden ? $"不能有“{word.Word}”：{word.Reason}，请换一个" : $"“{word.Word}”：{word.Reason}，要由工作人员核对";
        if (verdict.HasRareCharacters)
            yield return "名称里有生僻字或繁体字，要由工作人员核对";
        if (verdict is { Same: null, Similar.Count: > 0 })
            yield return "有相近的名称，可以继续用，但要由工作人员核对";
    }
}
