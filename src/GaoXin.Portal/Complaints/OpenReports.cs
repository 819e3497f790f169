using FluentValidation;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Complaints;

/// <summary>
/// Files a complaint (求助) over the open interface (Open311 GeoReport v2) for somebody. With name and telephone it is 实名, else 匿名.
/// Refused: a key that is not registered, more than the client's daily limit, an unknown topic.
/// </summary>
[ForAnyone]
public sealed record FileOpenReport : ICommand<OpenReport>
{
    /// <summary>The client's key.</summary>
    public string? ApiKey { get; init; }

    /// <summary>A topic of the second level.</summary>
    public string? ServiceCode { get; init; }

    /// <summary>经过.</summary>
    public string? Description { get; init; }

    /// <summary>Address or coordinates.</summary>
    public string? Place { get; init; }

    /// <summary>姓名.</summary>
    public string? Name { get; init; }

    /// <summary>手机号.</summary>
    public string? Phone { get; init; }

    /// <summary>The redacted text may be published.</summary>
    public bool MayPublish { get; init; }

    /// <summary>The name only: a key is in it.</summary>
    public override string ToString() => nameof(FileOpenReport);
}

/// <summary>One report: what is published, or what the client filed itself. Somebody else's looks like none.</summary>
[ForAnyone]
public sealed record GetOpenReport(Guid Id, string? ApiKey) : IQuery<OpenReport>
{
    /// <summary>Without the key.</summary>
    public override string ToString() => $"GetOpenReport {Id}";
}

/// <summary>Reports by day of filing, newest first, at most 50: with a key those of the client, without those that are published. Earlier ones are found with an earlier end.</summary>
[ForAnyone]
public sealed record GetOpenReports : IQuery<IReadOnlyList<OpenReport>>
{
    /// <summary>How many at a time.</summary>
    public const int Most = 50;

    /// <summary>The client's key.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Only this topic.</summary>
    public string? ServiceCode { get; init; }

    /// <summary>Filed at or after; 90 days before the end when left out.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Filed before; now when left out.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>True for open ones, false for closed ones.</summary>
    public bool? Open { get; init; }

    /// <summary>Without the key.</summary>
    public override string ToString() => nameof(GetOpenReports);
}

/// <summary>A report as programs see it. Nothing personal: the text only as it is published, no place, no name, no number.</summary>
public sealed record OpenReport
{
    /// <summary>service_request_id. It opens nothing but this answer.</summary>
    public required Guid Id { get; init; }

    /// <summary>Still somebody's work.</summary>
    public required bool IsOpen { get; init; }

    /// <summary>环节, and the reply when it is published.</summary>
    public required string Notes { get; init; }

    /// <summary>The topic.</summary>
    public string? ServiceCode { get; init; }

    /// <summary>Its name.</summary>
    public required string ServiceName { get; init; }

    /// <summary>The text as published; else null.</summary>
    public string? Description { get; init; }

    /// <summary>主办单位.</summary>
    public string? Agency { get; init; }

    /// <summary>Filed.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>The last step.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>最晚答复: the promise; before the acceptance what it will be at the latest; null while it stands still and after the reply.</summary>
    public DateTimeOffset? ExpectedAt { get; init; }
}

internal sealed class FileOpenReportValidator : AbstractValidator<FileOpenReport>
{
    public FileOpenReportValidator() => RuleFor(r => Of(r)).SetValidator(new FileComplaintValidator()).OverridePropertyName("Report");

    private static FileComplaint Of(FileOpenReport report) => new()
    {
        Kind = OpenReports.Kind,
        Identity = IdentityMode.Anonymous,
        Topic = report.ServiceCode,
        Text = report.Description,
        Place = report.Place,
        Name = report.Name,
        Phone = report.Phone,
    };
}

internal sealed class FileOpenReportHandler(OpenReports reports, ComplaintIntake intake, IGuessing guessing, Rulebooks rulebooks, TimeProvider clock) : IRequestHandler<FileOpenReport, OpenReport>
{
    public async Task<OpenReport> Handle(FileOpenReport request, CancellationToken ct)
    {
        var client = await reports.Client(request.ApiKey, ct);
        if (!await guessing.Take(new GuessRule("complaint-client", client.DailyLimit, TimeSpan.FromDays(1)) { RestAfter = client.DailyLimit }, client.Id.ToString(), ct))
            throw new RefusedException(ComplaintRefusals.ClientFull());
        var phone = MobileNumber.TryParse(request.Phone, out var number) ? number : null;
        var named = phone is not null && !string.IsNullOrWhiteSpace(request.Name);
        var filed = await intake.File(new Intake
        {
            Channel = ComplaintChannel.OpenInterface,
            Kind = OpenReports.Kind,
            Identity = named ? IdentityMode.Named : IdentityMode.Anonymous,
            Text = request.Description!,
            Topic = request.ServiceCode,
            Place = request.Place,
            Name = request.Name,
            Phone = phone,
            MayPublish = request.MayPublish,
            ClientId = client.Id,
        }, ct);
        var (now, time) = (clock.GetUtcNow(), await rulebooks.Time(ct));
        return new OpenReport
        {
            Id = filed.Id,
            IsOpen = true,
            Notes = ComplaintState.Submitted.Chinese(),
            ServiceCode = request.ServiceCode,
            ServiceName = (await rulebooks.Topics(ct)).First(t => t.Code == request.ServiceCode).Title,
            RequestedAt = now,
            UpdatedAt = now,
            ExpectedAt = OpenReports.Expected(time, now),
        };
    }
}

internal sealed class GetOpenReportHandler(PortalDbContext db, OpenReports reports) : IRequestHandler<GetOpenReport, OpenReport>
{
    public async Task<OpenReport> Handle(GetOpenReport request, CancellationToken ct)
    {
        var client = request.ApiKey is null ? (Guid?)null : (await reports.Client(request.ApiKey, ct)).Id;
        var found = await reports.Read(db.Complaints.Where(c => c.Id == request.Id && (c.PublishedAt != null || (client != null && c.ClientId == client))), 1, ct);
        return found.SingleOrDefault() ?? throw new NotFoundException("report");
    }
}

internal sealed class GetOpenReportsHandler(PortalDbContext db, OpenReports reports, TimeProvider clock) : IRequestHandler<GetOpenReports, IReadOnlyList<OpenReport>>
{
    private static readonly TimeSpan Span = TimeSpan.FromDays(90);

    public async Task<IReadOnlyList<OpenReport>> Handle(GetOpenReports request, CancellationToken ct)
    {
        var to = request.To ?? clock.GetUtcNow().AddMilliseconds(1);
        var from = request.From ?? to - Span;
        var these = db.Complaints.Where(c => c.SubmittedAt >= from && c.SubmittedAt < to);
        if (request.ApiKey is null)
        {
            these = these.Where(c => c.PublishedAt != null);
        }
        else
        {
            var client = (await reports.Client(request.ApiKey, ct)).Id;
            these = these.Where(c => c.ClientId == client);
        }

        if (request.ServiceCode is { } topic)
            these = these.Where(c => c.Topic == topic);
        if (request.Open is { } open)
            these = open ? these.Where(c => c.Desk != ComplaintDesk.Nobody) : these.Where(c => c.Desk == ComplaintDesk.Nobody);
        return await reports.Read(these, GetOpenReports.Most, ct);
    }
}

/// <summary>Reports as programs see them, and who asks.</summary>
internal sealed class OpenReports(PortalDbContext db, PersonalDataCipher cipher, Rulebooks rulebooks, IMediator mediator)
{
    /// <summary>What comes over the open interface asks for something to be mended.</summary>
    public const ComplaintKind Kind = ComplaintKind.Help;

    public static DateTimeOffset Expected(ComplaintTime time, DateTimeOffset now) => time.Hours.EndAfterDays(now, time.Limits.HandlingOf(Kind, false).Days);

    public async Task<ReportingClient> Client(string? key, CancellationToken ct)
    {
        var hash = ReportingClient.HashOf(cipher, key ?? "");
        return await db.Set<ReportingClient>().AsNoTracking().SingleOrDefaultAsync(c => c.KeyHash == hash && c.ClosedAt == null, ct)
            ?? throw new RefusedException(ComplaintRefusals.UnknownClient());
    }

    public async Task<IReadOnlyList<OpenReport>> Read(IQueryable<Complaint> these, int most, CancellationToken ct)
    {
        var found = await these.AsNoTracking().OrderByDescending(c => c.SubmittedAt).ThenByDescending(c => c.Id).Take(most).Select(c => new
        {
            c.Id,
            c.State,
            c.Topic,
            c.Unit,
            c.PublishedAt,
            c.PublicText,
            c.PublicReply,
            c.SubmittedAt,
            c.AcceptedAt,
            c.DispatchedAt,
            c.SignedAt,
            c.RepliedAt,
            c.ClosedAt,
            c.PromisedAt,
        }).ToListAsync(ct);
        var topics = (await rulebooks.Topics(ct)).ToDictionary(t => t.Code, t => t.Title);
        var units = (await mediator.Send(new GetDepartments(), ct)).ToDictionary(d => d.Code, d => d.Title);
        var time = await rulebooks.Time(ct);
        return
        [
            .. found.Select(c => new OpenReport
            {
                Id = c.Id,
                IsOpen = ComplaintTransitions.Open.Contains(c.State),
                Notes = c.PublishedAt is null ? c.State.Chinese() : $"{c.State.Chinese()}。{c.PublicReply}",
                ServiceCode = c.Topic,
                ServiceName = topics.GetValueOrDefault(c.Topic ?? "", "其他"),
                Description = c.PublishedAt is null ? null : c.PublicText,
                Agency = c.Unit is { } unit ? units.GetValueOrDefault(unit, unit) : null,
                RequestedAt = c.SubmittedAt,
                UpdatedAt = new[] { c.SubmittedAt, c.AcceptedAt, c.DispatchedAt, c.SignedAt, c.RepliedAt, c.ClosedAt }.Max()!.Value,
                ExpectedAt = c.PromisedAt ?? (c.State == ComplaintState.Submitted ? Expected(time, c.SubmittedAt) : null),
            }),
        ];
    }
}
