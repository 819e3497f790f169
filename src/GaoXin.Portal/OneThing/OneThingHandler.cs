using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.OneThing;

/// <summary>
/// What the merged form of a bundle means: what its chosen members say. Checks, signatures and documents are theirs; the submit
/// opens those that wait for nobody, so that what one of them must reserve is refused at once.
/// </summary>
internal sealed class OneThingHandler(CaseHandlers handlers, IMemberCases cases, PortalDbContext db, IMediator mediator, TimeProvider clock) : ICaseHandler
{
    private static readonly Dictionary<string, MemberResult> NoResults = [];

    public async Task Prepare(CaseContext context, CancellationToken ct)
    {
        foreach (var (member, handler) in Handlers(Chosen(context)))
            await handler.Prepare(Part(context, member), ct);
    }

    public async Task<IReadOnlyList<FieldProblem>> Check(CaseContext context, CancellationToken ct)
    {
        var chosen = Chosen(context);
        if (chosen.Count == 0)
            return OfPage(context, [new FieldProblem(context.Service.Bundle!.Questions[0], "请至少选一项要办的事")]);
        var problems = new List<FieldProblem>();
        // A member that is open knows what it reserved by its own case: in a correction that is no obstacle.
        var open = context.Number is null ? [] : await cases.Of(context.CaseId, ct);
        foreach (var (member, handler) in Handlers(chosen))
            problems.AddRange((await handler.Check(Part(context, member) with { CaseId = open.FirstOrDefault(c => c.Code == member.Code)?.Id ?? context.CaseId }, ct)).Where(p => InMerged(member, p.Path)));
        // Of several about one answer the one that blocks is told: a warning must never hide it.
        return OfPage(context, [.. problems.OrderBy(p => p.IsWarning).DistinctBy(p => p.Path)]);
    }

    public IReadOnlyList<Signatory> Signatories(CaseContext context) =>
        [.. Handlers(Chosen(context)).SelectMany(m => m.Handler.Signatories(Part(context, m.Member)))];

    public Task<IReadOnlyDictionary<string, object?>> Facts(CaseContext context, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<string, object?>>(new Dictionary<string, object?>());

    public string? Subject(CaseContext context) =>
        Handlers(Chosen(context)).Select(m => m.Handler.Subject(Part(context, m.Member))).FirstOrDefault(s => s is not null);

    public async Task OnSubmitting(CaseContext context, CancellationToken ct)
    {
        if (!await db.Bundles.AnyAsync(b => b.CaseId == context.CaseId, ct))
        {
            db.Add(new Bundle
            {
                CaseId = context.CaseId,
                Code = context.Service.Code,
                Version = context.Service.Version,
                ApplicantId = context.ApplicantId,
                SubmittedAt = clock.GetUtcNow(),
                LookAt = clock.GetUtcNow() + WatchBundles.AtLeastEvery,
            });
        }

        var chosen = Chosen(context);
        foreach (var member in BundleProgress.Ready(chosen, []))
            await cases.Open(await mediator.Opening(context.CaseId, member, chosen, context.Answers, NoResults, ct), ct);
    }

    /// <summary>The members are ended by the event that follows: each gives back what it reserved.</summary>
    public Task OnDropped(CaseContext context, CancellationToken ct) => Task.CompletedTask;

    public IReadOnlyList<GeneratedDocument> Documents(CaseContext context) =>
        [.. Handlers(Chosen(context)).SelectMany(m => m.Handler.Documents(Part(context, m.Member)))];

    public IReadOnlyDictionary<string, string> Words(CaseContext context) =>
        Handlers(Chosen(context)).SelectMany(m => m.Handler.Words(Part(context, m.Member))).DistinctBy(w => w.Key).ToDictionary(w => w.Key, w => w.Value);

    private static IReadOnlyList<BundleMember> Chosen(CaseContext context) =>
        context.Service.Bundle!.Chosen(Catalogue.Facts.Of(context.Service, context.Answers, context.AppliedOn));

    /// <summary>The handlers of members that have one of their own.</summary>
    private IEnumerable<(BundleMember Member, ICaseHandler Handler)> Handlers(IReadOnlyList<BundleMember> members) =>
        members.Where(m => m.Handler != ServiceDefinition.Generic).Select(m => (m, handlers.Of(m.Handler)));

    /// <summary>The merged form as the member's handler knows it: what the answers mean may depend on the service.</summary>
    private static CaseContext Part(CaseContext context, BundleMember member) => context with
    {
        Service = context.Service with { Code = member.Service, Version = member.Version },
        Answers = MemberAnswers.Filled(member, context.Answers, NoResults),
        PageId = null,
    };

    private static bool InMerged(BundleMember member, string path) =>
        AnswerPath.Material(path) is not null || !member.Fill.ContainsKey(path.Split('/')[0]);

    private static IReadOnlyList<FieldProblem> OfPage(CaseContext context, IReadOnlyList<FieldProblem> problems) => context.PageId is null
        ? problems
        : [.. problems.Where(p => context.Service.Pages.First(x => x.Id == context.PageId).Has(p.Path))];
}

internal static class Openings
{
    /// <summary>What a member case is opened or mended with.</summary>
    public static async Task<MemberOpening> Opening(
        this IMediator mediator, Guid bundleId, BundleMember member, IReadOnlyList<BundleMember> chosen, Answers merged, IReadOnlyDictionary<string, MemberResult> results, CancellationToken ct)
    {
        var service = await mediator.Send(new GetServiceDefinition(member.Service, member.Version), ct)
            ?? throw new InvalidOperationException($"Definition {member.Service} v{member.Version} is not loaded.");
        var brought = member.Fill.Where(f => f.Value.Key is null).Select(f => f.Key).ToList();
        return new MemberOpening(bundleId, member.Code, service, MemberAnswers.Of(member, service, merged, results), brought, member.Materials)
        {
            WaitsFor = member.PreReview ? BundleProgress.Predecessors(member, chosen) : [],
            PromisedDays = member.PromisedDays,
        };
    }
}
