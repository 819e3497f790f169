using FluentValidation;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using MediatR;

namespace GaoXin.Portal.Complaints;

/// <summary>
/// Files a complaint (反映诉求) on the web, signed in or not. 实名 and 实名保密 need a name and a telephone (those of the account when
/// left out); 匿名 keeps neither account nor name. Photos lose their metadata. Refused: more than five files, too many from one network
/// in a day, an unknown topic, somebody else's case.
/// </summary>
[ForAnyone]
public sealed record FileComplaint : ICommand<FiledComplaint>
{
    /// <summary>诉求类型.</summary>
    public ComplaintKind? Kind { get; init; }

    /// <summary>Who may know.</summary>
    public IdentityMode? Identity { get; init; }

    /// <summary>A topic of the second level.</summary>
    public string? Topic { get; init; }

    /// <summary>经过, up to 1000 characters.</summary>
    public string? Text { get; init; }

    /// <summary>在哪里.</summary>
    public string? Place { get; init; }

    /// <summary>姓名.</summary>
    public string? Name { get; init; }

    /// <summary>手机号.</summary>
    public string? Phone { get; init; }

    /// <summary>An own case it is about.</summary>
    public Guid? RelatedCaseId { get; init; }

    /// <summary>The redacted text may be published with the reply.</summary>
    public bool MayPublish { get; init; }

    /// <summary>It came by a QR code in the hall.</summary>
    public bool ByQrCode { get; init; }

    /// <summary>Photos and documents.</summary>
    public IReadOnlyList<ComplaintUpload> Photos { get; init; } = [];

    /// <summary>The name only.</summary>
    public override string ToString() => nameof(FileComplaint);
}

/// <summary>What the citizen has to keep: the number and the own withdrawal code, shown once.</summary>
/// <param name="Id">The complaint.</param>
/// <param name="Number">诉求编号.</param>
/// <param name="Code">撤回码; null when it goes to the telephone by short message.</param>
/// <param name="Pass">Opens the tracking page for half an hour without sign-in.</param>
public sealed record FiledComplaint(Guid Id, string Number, string? Code, string Pass)
{
    /// <summary>Without the code.</summary>
    public override string ToString() => $"FiledComplaint {Id}";
}

internal sealed class FileComplaintValidator : AbstractValidator<FileComplaint>
{
    public const int LongestText = 1000;

    public FileComplaintValidator()
    {
        RuleFor(c => c.Kind).NotNull().WithMessage("请选是哪一种。").IsInEnum().WithMessage("请选是哪一种。");
        RuleFor(c => c.Identity).NotNull().WithMessage("请选要不要让办理单位知道是您。").IsInEnum().WithMessage("请选要不要让办理单位知道是您。");
        RuleFor(c => c.Topic).NotEmpty().WithMessage("请选一个最接近的主题。说不清的，选“不知道归谁管”。").MaximumLength(60).WithMessage("请从列表里选主题。");
        RuleFor(c => c.Text).Must(t => (t ?? "").Trim().Length >= 10).WithMessage("请把经过写清楚，至少 10 个字。")
            .MaximumLength(LongestText).WithMessage($"经过最多写 {LongestText} 个字，请写短一些，细节可以等人联系您时再说。");
        RuleFor(c => c.Place).MaximumLength(100).WithMessage("地点最多写 100 个字。");
        RuleFor(c => c.Name).MaximumLength(50).WithMessage("姓名最多写 50 个字。");
        RuleFor(c => c.Phone).Must(p => string.IsNullOrWhiteSpace(p) || MobileNumber.TryParse(p, out _)).WithMessage("请填 11 位手机号，比如 138 0000 0000。");
    }
}

internal sealed class FileComplaintHandler(ComplaintIntake intake, Reporters reporters, IGuessing guessing, IMediator mediator, ICurrentUser user)
    : IRequestHandler<FileComplaint, FiledComplaint>
{
    // A hall's wireless network is one address for all strangers in it.
    private static readonly GuessRule FilingOfStrangers = new("complaint-filed", 200, TimeSpan.FromDays(1)) { SlowAfter = 5000 };
    private static readonly GuessRule FilingOfOne = new("complaint-filed-own", 30, TimeSpan.FromDays(1)) { RestAfter = 30 };

    public async Task<FiledComplaint> Handle(FileComplaint request, CancellationToken ct)
    {
        var citizen = user is { IsSignedIn: true, IsStaff: false };
        if (!await (citizen ? guessing.Take(FilingOfOne, user.Id.ToString(), ct) : guessing.Take(FilingOfStrangers, "strangers", ct)))
            throw new RefusedException(ComplaintRefusals.TooManyFiled());
        var reporter = await reporters.Of(request, ct);
        var (caseNumber, department) = citizen && request.Identity != IdentityMode.Anonymous ? await Related(request.RelatedCaseId, ct) : (null, null);
        return await intake.File(new Intake
        {
            Channel = request.ByQrCode ? ComplaintChannel.QrCode : ComplaintChannel.Web,
            Kind = request.Kind!.Value,
            Identity = request.Identity!.Value,
            Text = request.Text!,
            Topic = request.Topic,
            Place = request.Place,
            Name = reporter.Name,
            Phone = reporter.Phone,
            ReporterId = citizen ? user.Id : null,
            RelatedCaseId = caseNumber is null ? null : request.RelatedCaseId,
            RelatedCaseNumber = caseNumber,
            RelatedDepartment = department,
            MayPublish = request.MayPublish,
            Files = request.Photos,
        }, ct);
    }

    /// <summary>The citizen's own case; somebody else's is not there.</summary>
    private async Task<(string? Number, string? Department)> Related(Guid? caseId, CancellationToken ct)
    {
        if (caseId is not { } id)
            return (null, null);
        var track = await mediator.Send(new GetCaseTrack(id), ct);
        var service = await mediator.Send(new GetServiceDefinition(track.ServiceCode), ct);
        return (track.Case.Number, service?.Department);
    }
}

/// <summary>Who files: what was typed, else what the account knows. 实名 and 实名保密 need both.</summary>
internal sealed class Reporters(IPeople people, ICurrentUser user)
{
    public async Task<(string? Name, MobileNumber? Phone)> Of(FileComplaint complaint, CancellationToken ct)
    {
        var anonymous = complaint.Identity == IdentityMode.Anonymous;
        var person = user is { IsSignedIn: true, IsStaff: false } && !anonymous ? await people.Find(user.Id, ct) : null;
        var name = string.IsNullOrWhiteSpace(complaint.Name) ? person?.Name : complaint.Name.Trim();
        var phone = MobileNumber.TryParse(string.IsNullOrWhiteSpace(complaint.Phone) ? person?.Phone : complaint.Phone, out var number) ? number : null;
        var missing = new List<Refusal>();
        if (!anonymous && string.IsNullOrWhiteSpace(name))
            missing.Add(ComplaintRefusals.NameFirst());
        if (!anonymous && phone is null)
            missing.Add(ComplaintRefusals.PhoneFirst());
        return missing.Count == 0 ? (name, phone) : throw new RefusedException(missing);
    }
}
