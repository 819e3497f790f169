using FluentValidation;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Complaints.Staff;

/// <summary>
/// 代录: a clerk takes down what somebody says by telephone, at the window, or wrote in the book. The withdrawal code goes to the person's telephone
/// and is never shown to the clerk; only who leaves no number is told it.
/// </summary>
[ForStaff(Roles.ComplaintClerk)]
public sealed record RecordComplaint : ICommand<FiledComplaint>
{
    /// <summary>The channels that are written down by hand.</summary>
    public static IReadOnlyList<ComplaintChannel> ByHand { get; } = [ComplaintChannel.Phone, ComplaintChannel.Hall, ComplaintChannel.ComplaintBook, ComplaintChannel.SecretaryHotline];

    /// <summary>电话、大厅窗口、投诉记录本 or 书记亲商助企热线.</summary>
    public ComplaintChannel? Channel { get; init; }

    /// <summary>诉求类型.</summary>
    public ComplaintKind? Kind { get; init; }

    /// <summary>Who may know.</summary>
    public IdentityMode? Identity { get; init; }

    /// <summary>主题.</summary>
    public string? Topic { get; init; }

    /// <summary>经过.</summary>
    public string? Text { get; init; }

    /// <summary>地点.</summary>
    public string? Place { get; init; }

    /// <summary>姓名.</summary>
    public string? Name { get; init; }

    /// <summary>手机号.</summary>
    public string? Phone { get; init; }

    /// <summary>The name only.</summary>
    public override string ToString() => nameof(RecordComplaint);
}

/// <summary>来电查询: the earlier complaints of a telephone number, by keyed hash; the number itself is shown nowhere.</summary>
[ForStaff(Roles.ComplaintClerk, Roles.CallBackOfficer)]
public sealed record FindCaller(string? Phone) : IQuery<IReadOnlyList<CallerComplaint>>
{
    /// <summary>The name only.</summary>
    public override string ToString() => nameof(FindCaller);
}

/// <summary>An earlier complaint of a caller.</summary>
public sealed record CallerComplaint(Guid Id, string Number, string Topic, ComplaintState State, DateTimeOffset SubmittedAt);

internal sealed class RecordComplaintValidator : AbstractValidator<RecordComplaint>
{
    public RecordComplaintValidator()
    {
        RuleFor(c => c.Channel).Must(c => c is { } channel && RecordComplaint.ByHand.Contains(channel)).WithMessage("请选从哪里来的。");
        RuleFor(c => new FileComplaint { Kind = c.Kind, Identity = c.Identity, Topic = c.Topic, Text = c.Text, Place = c.Place, Name = c.Name, Phone = c.Phone })
            .SetValidator(new FileComplaintValidator()).OverridePropertyName("Complaint");
    }
}

internal sealed class FindCallerValidator : AbstractValidator<FindCaller>
{
    public FindCallerValidator() => RuleFor(c => c.Phone).Must(p => MobileNumber.TryParse(p, out _)).WithMessage("请填 11 位手机号，比如 138 0000 0000。");
}

internal sealed class RecordComplaintHandler(ComplaintIntake intake) : IRequestHandler<RecordComplaint, FiledComplaint>
{
    public Task<FiledComplaint> Handle(RecordComplaint request, CancellationToken ct)
    {
        var phone = MobileNumber.TryParse(request.Phone, out var number) ? number : null;
        if (request.Identity != IdentityMode.Anonymous && string.IsNullOrWhiteSpace(request.Name))
            throw new RefusedException(ComplaintRefusals.NameFirst());
        if (request.Identity != IdentityMode.Anonymous && phone is null)
            throw new RefusedException(ComplaintRefusals.PhoneFirst());
        return intake.File(new Intake
        {
            Channel = request.Channel!.Value,
            Kind = request.Kind!.Value,
            Identity = request.Identity!.Value,
            Text = request.Text!,
            Topic = request.Topic,
            Place = request.Place,
            Name = request.Name,
            Phone = phone,
            CodeByMessage = true,
        }, ct);
    }
}

internal sealed class FindCallerHandler(PortalDbContext db, PersonalDataCipher cipher, Rulebooks rulebooks) : IRequestHandler<FindCaller, IReadOnlyList<CallerComplaint>>
{
    private const int Most = 20;

    public async Task<IReadOnlyList<CallerComplaint>> Handle(FindCaller request, CancellationToken ct)
    {
        MobileNumber.TryParse(request.Phone, out var phone);
        var hash = ComplaintKeys.OfPhone(cipher, phone.Digits);
        var found = await db.Complaints.AsNoTracking().Where(c => c.PhoneHash == hash).OrderByDescending(c => c.Id).Take(Most)
            .Select(c => new CallerComplaint(c.Id, c.Number, c.Topic ?? "", c.State, c.SubmittedAt)).ToListAsync(ct);
        var topics = (await rulebooks.Topics(ct)).ToDictionary(t => t.Code, t => t.Title);
        return [.. found.Select(f => f with { Topic = topics.GetValueOrDefault(f.Topic, "") })];
    }
}
