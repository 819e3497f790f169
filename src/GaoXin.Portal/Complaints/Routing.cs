using GaoXin.Portal.Catalogue;

namespace GaoXin.Portal.Complaints;

/// <summary>What a routing rule looks at: no word of it is kept.</summary>
internal sealed record RoutingQuestion(ComplaintKind Kind, ComplaintChannel Channel, string? Topic, string Text, string? RelatedDepartment);

/// <summary>Where to, by which rule, and why (派单依据).</summary>
internal sealed record RoutingAnswer(string? Unit, IReadOnlyList<string> CoUnits, string Rule, string Why, bool Automatic);

/// <summary>One rule of a dry run: whether it fits, and what it would have chosen.</summary>
internal sealed record RoutingTry(RoutingRule Rule, bool Fits, string? Unit);

/// <summary>The ordered routing rules. Pure: the same question always gets the same answer of the same version.</summary>
internal sealed class Routing(int version, IReadOnlyList<RoutingRule> rules, IReadOnlyList<Topic> topics)
{
    /// <summary>Stands for the unit of the topic.</summary>
    public const string UnitOfTopic = "topic";

    /// <summary>Stands for the department of the related case.</summary>
    public const string UnitOfCase = "case";

    public int Version => version;

    /// <summary>The first rule that fits and knows a unit.</summary>
    public RoutingAnswer Of(RoutingQuestion question)
    {
        foreach (var attempt in Run(question).Where(t => t is { Fits: true, Unit: not null }))
            return new RoutingAnswer(attempt.Unit, CoUnits(attempt.Rule, question, attempt.Unit!), attempt.Rule.Id, attempt.Rule.Why, attempt.Rule.Automatic);
        return new RoutingAnswer(null, [], "", "没有规则适用，请受理员派单。", false);
    }

    /// <summary>Every rule in order, as a dry run shows them.</summary>
    public IReadOnlyList<RoutingTry> Run(RoutingQuestion question) => [.. rules.Select(r => new RoutingTry(r, Fits(r, question), UnitOf(r, question)))];

    private bool Fits(RoutingRule rule, RoutingQuestion question) =>
        (rule.Kinds.Count == 0 || rule.Kinds.Contains(question.Kind.Code()))
        && (rule.Channels.Count == 0 || rule.Channels.Contains(question.Channel.Code()))
        && (rule.Topics.Count == 0 || rule.Topics.Any(t => t == question.Topic || t == ParentOf(question.Topic)))
        && (rule.Words.Count == 0 || rule.Words.Any(w => question.Text.Contains(w, StringComparison.Ordinal)));

    private string? UnitOf(RoutingRule rule, RoutingQuestion question) => rule.Unit switch
    {
        UnitOfTopic => TopicOf(question.Topic)?.Unit,
        UnitOfCase => question.RelatedDepartment,
        var unit => unit,
    };

    private IReadOnlyList<string> CoUnits(RoutingRule rule, RoutingQuestion question, string lead) =>
        [.. rule.CoUnits.Concat(rule.Unit == UnitOfTopic ? TopicOf(question.Topic)?.CoUnits ?? [] : []).Where(u => u != lead).Distinct()];

    private Topic? TopicOf(string? code) => topics.FirstOrDefault(t => t.Code == code);

    private string? ParentOf(string? code) => TopicOf(code)?.Parent;
}
