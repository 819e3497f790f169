using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;

namespace GaoXin.Portal.Cases;

/// <summary>Evaluates the rule set in force on the application day over the handler's facts and keeps the run as evidence.</summary>
internal sealed class RuleCheck(PortalDbContext db, IMediator mediator, PersonalDataCipher cipher, TimeProvider clock)
{
    /// <summary>A fact the engine itself knows: how many shared values the applicant says are wrong.</summary>
    public const string DisputedValues = "prefill.disputed";

    /// <summary>The stored run, or null when the service has no rules: then an officer decides.</summary>
    public async Task<RuleRun?> Run(CaseFile file, CancellationToken ct)
    {
        if (await Evaluate(file, ct) is not { } evaluated)
            return null;
        var run = new RuleRun
        {
            CaseId = file.Case.Id,
            RevisionId = file.Revision.Id,
            RuleSet = evaluated.Set.Code,
            RuleSetVersion = evaluated.Set.Version,
            At = clock.GetUtcNow(),
            Outcome = evaluated.Results.Select(r => r.Outcome).DefaultIfEmpty(RuleOutcome.Pass).Max(),
            ProtectedResults = RuleRun.Protect(evaluated.Results, cipher),
            Reasons = [.. evaluated.Results.Where(r => r.Outcome != RuleOutcome.Pass).Select(r => r.Message ?? r.Title)],
        };
        db.Add(run);
        return run;
    }

    /// <summary>What rules that read nothing but answers that are there already would say against the application.</summary>
    public async Task<IReadOnlyList<string>> Early(CaseFile file, CancellationToken ct)
    {
        if (file.Service.RuleSet is not { } code || await mediator.Send(new GetRuleSet(code, file.AppliedOn), ct) is not { } set)
            return [];
        var facts = Facts.Of(file.Service, file.Form.Visible, file.AppliedOn);
        return [.. set.Rules.Where(r => r.When.Reads.All(k => facts[k] is not null)).Select(r => r.Evaluate(facts))
            .Where(r => r.Outcome != RuleOutcome.Pass).Select(r => $"{r.Message}{r.Fix}")];
    }

    /// <summary>The results without keeping them: what the check page tells before the submit.</summary>
    public async Task<(RuleSet Set, IReadOnlyList<RuleResult> Results)?> Evaluate(CaseFile file, CancellationToken ct)
    {
        if (file.Service.RuleSet is not { } code)
            return null;
        var set = await mediator.Send(new GetRuleSet(code, file.AppliedOn), ct)
            ?? throw new InvalidOperationException($"No rule set {code} on {file.AppliedOn}.");
        var facts = new Dictionary<string, object?>(await file.Handler.Facts(file.Context(), ct))
        {
            [DisputedValues] = file.Revision.Origins.Values.Count(o => o.Disputed),
        };
        return (set, set.Evaluate(Facts.ForRules(facts, Facts.Of(file.Service, file.Form.Visible, file.AppliedOn))));
    }
}
