using FluentValidation;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Complaints;

/// <summary>
/// What to say before a complaint is filed: whether it sounds like an emergency, how it would be published (这样公开), who would answer
/// and by when, and whether the same was reported lately. Of other people's complaints only their number is told.
/// </summary>
[ForAnyone]
public sealed record GetIntakeAdvice(FileComplaint Complaint) : IQuery<IntakeAdvice>
{
    /// <summary>The name only.</summary>
    public override string ToString() => nameof(GetIntakeAdvice);
}

/// <summary>The advice.</summary>
/// <param name="Emergencies">Whom to call at once; empty when it is no emergency.</param>
/// <param name="PublicText">The text as it would be published.</param>
/// <param name="Unit">Who would answer, by its name; null when a person decides.</param>
/// <param name="AnswerDays">Promised working days.</param>
/// <param name="Mine">Own open complaints like it.</param>
/// <param name="Others">How many other people reported the like in 30 days.</param>
public sealed record IntakeAdvice(IReadOnlyList<string> Emergencies, string PublicText, string? Unit, int AnswerDays, IReadOnlyList<SimilarComplaint> Mine, int Others);

/// <summary>An own complaint like the one that is being written.</summary>
public sealed record SimilarComplaint(string Number, DateTimeOffset SubmittedAt, string State);

internal sealed class GetIntakeAdviceValidator : AbstractValidator<GetIntakeAdvice>
{
    public GetIntakeAdviceValidator() => RuleFor(q => q.Complaint).SetValidator(new FileComplaintValidator());
}

internal sealed class GetIntakeAdviceHandler(PortalDbContext db, Rulebooks rulebooks, Reporters reporters, PersonalDataCipher cipher, ICurrentUser user, IMediator mediator, TimeProvider clock)
    : IRequestHandler<GetIntakeAdvice, IntakeAdvice>
{
    public async Task<IntakeAdvice> Handle(GetIntakeAdvice request, CancellationToken ct)
    {
        var (kind, text) = (request.Complaint.Kind!.Value, request.Complaint.Text!);
        var reporter = await reporters.Of(request.Complaint, ct);
        var routing = await rulebooks.Routing(ct);
        var unit = routing.Of(new RoutingQuestion(kind, ComplaintChannel.Web, request.Complaint.Topic, text, null));
        var departments = await mediator.Send(new GetDepartments(), ct);
        var alike = await Similar.Find(db, cipher, request.Complaint.Topic, text, clock.GetUtcNow(), ct);
        var mine = user is { IsSignedIn: true, IsStaff: false } ? alike.Where(a => a.ReporterId == user.Id && ComplaintTransitions.Open.Contains(a.State)).ToList() : [];
        return new IntakeAdvice(await rulebooks.Emergencies(text, ct), PublicText.Of(text, reporter.Name),
            departments.FirstOrDefault(d => d.Code == unit.Unit)?.Title, (await rulebooks.Limits(ct)).HandlingOf(kind, false).Days,
            [.. mine.Select(m => new SimilarComplaint(m.Number, m.SubmittedAt, m.State.Chinese()))], alike.Count - mine.Count);
    }
}

/// <summary>The topics to choose from (主题), those of the second level, in their order. Cached.</summary>
[ForAnyone]
public sealed record GetComplaintTopics(string? Group = null) : IQuery<IReadOnlyList<ComplaintTopic>>;

/// <summary>A topic with the group it stands in.</summary>
public sealed record ComplaintTopic(string Code, string Title, string Group)
{
    /// <summary>The group of 企业服务: its topics are the eight categories (八项服务).</summary>
    public const string Enterprise = "enterprise";
}

internal sealed class GetComplaintTopicsHandler(Rulebooks rulebooks) : IRequestHandler<GetComplaintTopics, IReadOnlyList<ComplaintTopic>>
{
    public async Task<IReadOnlyList<ComplaintTopic>> Handle(GetComplaintTopics request, CancellationToken ct)
    {
        var topics = await rulebooks.Topics(ct);
        var groups = topics.Where(t => t.Parent is null).ToDictionary(t => t.Code, t => t.Title);
        return [.. topics.Where(t => t.Parent is not null && (request.Group is null || t.Parent == request.Group)).Select(t => new ComplaintTopic(t.Code, t.Title, groups[t.Parent!]))];
    }
}

/// <summary>A complaint like another one.</summary>
internal sealed record Alike(Guid Id, string Number, DateTimeOffset SubmittedAt, ComplaintState State, Guid? ReporterId, int[] Fingerprint, double Likeness);

/// <summary>Finds what is probably the same matter: the same topic within 30 days, and at least half of the pairs in common.</summary>
internal static class Similar
{
    private const int Candidates = 200;
    private const int Most = 10;
    private const double Enough = 0.5;
    private static readonly TimeSpan Lately = TimeSpan.FromDays(30);

    public static async Task<IReadOnlyList<Alike>> Find(PortalDbContext db, PersonalDataCipher cipher, string? topic, string text, DateTimeOffset now, CancellationToken ct) =>
        topic is null ? [] : Rank(await Load(db, topic, now, ct), Fingerprint.Of(cipher, text), null);

    public static async Task<IReadOnlyList<Alike>> Of(PortalDbContext db, Complaint complaint, DateTimeOffset now, CancellationToken ct) =>
        complaint.Topic is null ? [] : Rank(await Load(db, complaint.Topic, now, ct), complaint.Fingerprint, complaint.Id);

    private static Task<List<Alike>> Load(PortalDbContext db, string topic, DateTimeOffset now, CancellationToken ct)
    {
        var since = now - Lately;
        return db.Complaints.Where(c => c.Topic == topic && c.SubmittedAt >= since && c.State != ComplaintState.Withdrawn && c.State != ComplaintState.Merged)
            .OrderByDescending(c => c.SubmittedAt).Take(Candidates)
            .Select(c => new Alike(c.Id, c.Number, c.SubmittedAt, c.State, c.ReporterId, c.Fingerprint, 0)).ToListAsync(ct);
    }

    private static IReadOnlyList<Alike> Rank(List<Alike> candidates, int[] pairs, Guid? self) =>
        [.. candidates.Where(c => c.Id != self).Select(c => c with { Likeness = Fingerprint.Likeness(pairs, c.Fingerprint) })
            .Where(c => c.Likeness >= Enough).OrderByDescending(c => c.Likeness).Take(Most)];
}
