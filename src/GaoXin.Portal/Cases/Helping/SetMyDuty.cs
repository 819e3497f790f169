using FluentValidation;
using GaoXin.Portal.Cases.Forms;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases.Helping;

/// <summary>
/// 上岗、下岗: the helper says which telephone applicants may ring, which bundles the person knows (none chosen means all), how many cases
/// the person can follow, and whether new ones come. Who goes off duty keeps the open cases until they are handed over.
/// </summary>
[ForStaff(Roles.Helper)]
public sealed record SetMyDuty : ICommand
{
    /// <summary>The telephone at work, 11 digits or with area code.</summary>
    public string? Phone { get; init; }

    /// <summary>Codes of bundles (一件事).</summary>
    public IReadOnlyList<string> Skills { get; init; } = [];

    /// <summary>How many open cases at once.</summary>
    public int Capacity { get; init; } = 30;

    /// <summary>New cases come.</summary>
    public bool OnDuty { get; init; }
}

internal sealed class SetMyDutyValidator : AbstractValidator<SetMyDuty>
{
    private const int MostSkills = 50;

    public SetMyDutyValidator()
    {
        RuleFor(c => c.Phone).Must(p => FieldInput.TelephoneNumber(p) is not null).WithMessage("请填工作电话，手机号或带区号的座机，申请人看得到。");
        RuleFor(c => c.Capacity).InclusiveBetween(1, HelperDuty.MostCases).WithMessage($"同时能跟的件数，请填 1 到 {HelperDuty.MostCases}。");
        RuleFor(c => c.Skills).Must(s => s.Count <= MostSkills && s.All(c => c.Length is > 0 and <= 60)).WithMessage("请从列表里选熟悉的一件事。");
    }
}

internal sealed class SetMyDutyHandler(PortalDbContext db, ICurrentUser user, IMediator mediator) : IRequestHandler<SetMyDuty, Unit>
{
    public async Task<Unit> Handle(SetMyDuty request, CancellationToken ct)
    {
        foreach (var code in request.Skills)
        {
            if (await mediator.Send(new GetServiceDefinition(code), ct) is not { Handler: ServiceDefinition.OneThing })
                throw new NotFoundException("bundle");
        }

        var phone = FieldInput.TelephoneNumber(request.Phone)!;
        var duty = await db.HelperDuties.SingleOrDefaultAsync(d => d.StaffId == user.Id, ct);
        if (duty is null)
            db.Add(duty = new HelperDuty { StaffId = user.Id, Name = user.DisplayName, Phone = phone, Skills = [], Capacity = 1, OnDuty = false });
        (duty.Name, duty.Phone, duty.Skills, duty.Capacity, duty.OnDuty) = (user.DisplayName, phone, [.. request.Skills.Distinct().Order(StringComparer.Ordinal)], request.Capacity, request.OnDuty);
        return Unit.Value;
    }
}
