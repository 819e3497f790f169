using FluentValidation;
using GaoXin.Portal.Kernel;
using MediatR;

namespace GaoXin.Portal.Complaints;

/// <summary>
/// 企业走访带回的问题: an order of the channel 企业走访, 实名 with the enterprise's contact, routed by its category. The withdrawal code is not
/// told to staff; the contact looks the order up by number and telephone.
/// </summary>
[ForStaff(Roles.ServiceOfficer)]
public sealed record RecordEnterpriseOrder : ICommand<EnterpriseOrder>
{
    /// <summary>A topic below <see cref="ComplaintTopic.Enterprise"/>.</summary>
    public string? Topic { get; init; }

    /// <summary>The problem.</summary>
    public string? Text { get; init; }

    /// <summary>企业联系人.</summary>
    public string? Name { get; init; }

    /// <summary>Its mobile number.</summary>
    public string? Phone { get; init; }

    /// <summary>The name only.</summary>
    public override string ToString() => nameof(RecordEnterpriseOrder);
}

/// <summary>The order, and the day by which it is answered at the latest.</summary>
public sealed record EnterpriseOrder(Guid Id, string Number, DateOnly DueOn);

internal sealed class RecordEnterpriseOrderValidator : AbstractValidator<RecordEnterpriseOrder>
{
    private const int LongestText = 1300;

    public RecordEnterpriseOrderValidator()
    {
        RuleFor(c => c.Topic).NotEmpty().WithMessage("请选是哪一类。");
        RuleFor(c => c.Text).NotEmpty().WithMessage("请写问题。").MaximumLength(LongestText).WithMessage("问题写得太长。");
        RuleFor(c => c.Name).NotEmpty().WithMessage("请写企业联系人。");
        RuleFor(c => c.Phone).Must(p => MobileNumber.TryParse(p, out _)).WithMessage("请填联系人的 11 位手机号。");
    }
}

internal sealed class RecordEnterpriseOrderHandler(ComplaintIntake intake, Rulebooks rulebooks, TimeProvider clock) : IRequestHandler<RecordEnterpriseOrder, EnterpriseOrder>
{
    public async Task<EnterpriseOrder> Handle(RecordEnterpriseOrder request, CancellationToken ct)
    {
        if ((await rulebooks.Topics(ct)).All(t => t.Code != request.Topic || t.Parent != ComplaintTopic.Enterprise))
            throw new RefusedException(ComplaintRefusals.UnknownTopic());
        MobileNumber.TryParse(request.Phone, out var phone);
        var filed = await intake.File(new Intake
        {
            Channel = ComplaintChannel.EnterpriseVisit,
            Kind = ComplaintKind.Help,
            Identity = IdentityMode.Named,
            Text = request.Text!,
            Topic = request.Topic,
            Name = request.Name,
            Phone = phone,
        }, ct);
        var time = await rulebooks.Time(ct);
        return new EnterpriseOrder(filed.Id, filed.Number, time.Hours.EndAfterDays(clock.GetUtcNow(), time.Limits.HandlingOf(ComplaintKind.Help, false).Days).Day());
    }
}
