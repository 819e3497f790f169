using FluentValidation;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using MediatR;

namespace GaoXin.Portal.Complaints.Staff;

/// <summary>派单试算: which rule decides for such a complaint, and why the others do not. Nothing is stored.</summary>
[ForStaff(Roles.ComplaintClerk, Roles.ComplaintSupervisor)]
public sealed record TryRouting(ComplaintKind? Kind, ComplaintChannel? Channel, string? Topic, string? Text) : IQuery<RoutingTrial>
{
    /// <summary>The name only.</summary>
    public override string ToString() => nameof(TryRouting);
}

/// <summary>The answer of a dry run.</summary>
public sealed record RoutingTrial(int Version, string? Unit, string Why, bool Automatic, IReadOnlyList<string> CoUnits, IReadOnlyList<TriedRule> Rules);

/// <summary>One rule of a dry run.</summary>
public sealed record TriedRule(string Id, string Why, bool Fits, string? Unit, bool Decides);

internal sealed class TryRoutingValidator : AbstractValidator<TryRouting>
{
    public TryRoutingValidator()
    {
        RuleFor(c => c.Kind).NotNull().WithMessage("请选类型。").IsInEnum().WithMessage("请选类型。");
        RuleFor(c => c.Topic).NotEmpty().WithMessage("请选主题。");
        RuleFor(c => c.Text).MaximumLength(1000).WithMessage("最多写 1000 个字。");
    }
}

internal sealed class TryRoutingHandler(Rulebooks rulebooks, IMediator mediator) : IRequestHandler<TryRouting, RoutingTrial>
{
    public async Task<RoutingTrial> Handle(TryRouting request, CancellationToken ct)
    {
        var routing = await rulebooks.Routing(ct);
        var titles = (await mediator.Send(new GetDepartments(), ct)).ToDictionary(d => d.Code, d => d.Title);
        string? Title(string? code) => code is null ? null : titles.GetValueOrDefault(code, code);
        var question = new RoutingQuestion(request.Kind!.Value, request.Channel ?? ComplaintChannel.Web, request.Topic, request.Text ?? "", null);
        var answer = routing.Of(question);
        return new RoutingTrial(routing.Version, Title(answer.Unit), answer.Why, answer.Automatic, [.. answer.CoUnits.Select(u => Title(u)!)],
            [.. routing.Run(question).Select(t => new TriedRule(t.Rule.Id, t.Rule.Why, t.Fits, Title(t.Unit), t.Rule.Id == answer.Rule))]);
    }
}
