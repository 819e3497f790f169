using FluentValidation;
using GaoXin.Portal.Appointments.Draws;
using GaoXin.Portal.Appointments.Schedules;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Appointments.Staff;

/// <summary>
/// Takes part in a draw for a caller, or for somebody at the kiosk or the counter (电话、窗口代登记摇号): in the same draw with the same
/// chances; the places kept for the desk are drawn among these first. The same <see cref="Key"/> again answers the same application:
/// its number (抽签编号), for which the result is told (<see cref="FindDraw"/>).
/// </summary>
[ForStaff(Roles.WindowClerk, Roles.HallManager)]
public sealed record ApplyForDrawAtDesk : ICommand<string>, IRepeatable
{
    /// <summary>The code of the service.</summary>
    public string Service { get; init; } = "";

    /// <summary>The time wanted most.</summary>
    public Guid? First { get; init; }

    /// <summary>Else this one.</summary>
    public Guid? Second { get; init; }

    /// <summary>Else this one.</summary>
    public Guid? Third { get; init; }

    /// <summary>The release that is drawn.</summary>
    public Guid ReleaseId { get; init; }

    /// <summary>Who comes.</summary>
    public string Name { get; init; } = "";

    /// <summary>His resident ID number.</summary>
    public string IdNumber { get; init; } = "";

    /// <summary>His mobile number.</summary>
    public string Phone { get; init; } = "";

    /// <summary>办件编号, where the service needs a pre-checked case.</summary>
    public string? CaseNumber { get; init; }

    /// <summary>不动产单元号, where the service asks for it.</summary>
    public string? PropertyUnit { get; init; }

    /// <summary>Names this request, so that it can be sent again.</summary>
    public string Key { get; init; } = "";

    internal List<Guid> Preferences => [.. new[] { First, Second, Third }.OfType<Guid>().Where(p => p != Guid.Empty).Distinct()];

    /// <summary>Without personal data, so that a log line never holds it.</summary>
    public override string ToString() => $"ApplyForDrawAtDesk {ReleaseId}";
}

internal sealed class ApplyForDrawAtDeskValidator : AbstractValidator<ApplyForDrawAtDesk>
{
    public ApplyForDrawAtDeskValidator(TimeProvider clock)
    {
        RuleFor(r => r.First).Must((r, _) => r.Preferences.Count > 0).WithMessage("请至少选一个想来的时段。");
        RuleFor(r => r.Key).NotEmpty().MaximumLength(80).WithMessage("页面不完整，请重新打开。");
        RuleFor(r => r.Name).Must(DeskVisitors.IsName).WithMessage(DeskVisitors.NameWords);
        RuleFor(r => r.IdNumber).Must(n => DeskVisitors.IsIdNumber(n, clock)).WithMessage(r => DeskVisitors.IdNumberWords(r.IdNumber));
        RuleFor(r => r.Phone).Must(p => MobileNumber.TryParse(p, out _)).WithMessage(DeskVisitors.PhoneWords);
        RuleFor(r => r.PropertyUnit).Must(u => string.IsNullOrEmpty(u) || PropertyUnitNumber.TryParse(u, out _)).WithMessage(r => PropertyUnitNumber.Explain(r.PropertyUnit) + "。");
    }
}

internal sealed class ApplyForDrawAtDeskHandler(DrawDesk desk, ICurrentUser user) : IRequestHandler<ApplyForDrawAtDesk, string>
{
    public Task<string> Handle(ApplyForDrawAtDesk request, CancellationToken ct) => desk.Enter(request, user.Id, silent: true, ct);
}

/// <summary>
/// FOR CAPABILITIES ONLY, NEVER FOR PAGES: the same at the kiosk, where the identity card is the answer to who asks. It joins the
/// transaction of the running command.
/// </summary>
public interface IDrawDesk
{
    /// <summary>See <see cref="ApplyForDrawAtDesk"/>; who has an account finds the application there and is told.</summary>
    Task<string> EnterAtKiosk(ApplyForDrawAtDesk wish, CancellationToken ct);

    /// <summary>The applications of the person with this resident ID number for draws of days to come, the latest first.</summary>
    Task<IReadOnlyList<DrawOutcome>> Find(string idNumber, CancellationToken ct);
}

internal sealed class DrawDesk(PortalDbContext db, BookingPlans plans, VisitorCards cards, BookedMatters matters, DrawEntrance entrance, DrawResults results, IPeople people, TimeProvider clock) : IDrawDesk
{
    public async Task<string> EnterAtKiosk(ApplyForDrawAtDesk wish, CancellationToken ct)
    {
        await new ApplyForDrawAtDeskValidator(clock).ValidateAndThrowAsync(wish, ct);
        var account = await people.FindAccountByIdNumber(wish.IdNumber, ct);
        return await Enter(wish, account ?? Guid.Empty, silent: account is null, ct);
    }

    public async Task<IReadOnlyList<DrawOutcome>> Find(string idNumber, CancellationToken ct)
    {
        if (!ResidentId.TryParse(idNumber, out var id))
            return [];
        var (person, today) = (cards.KeyOf(id.Number), clock.Today());
        return await results.Of(db.DrawApplications.Where(a => a.PersonKey == person && db.Set<Release>().Any(r => r.Id == a.ReleaseId && r.ToDay >= today)), ct);
    }

    public async Task<string> Enter(ApplyForDrawAtDesk request, Guid account, bool silent, CancellationToken ct)
    {
        var (group, service) = (await plans.Current(db, ct)).Find(request.Service) ?? throw new NotFoundException("bookable service");
        var card = cards.Of(DeskVisitors.Of(request.Name, request.IdNumber, request.Phone));
        var matter = await matters.AtDesk(group, service, request.CaseNumber, request.PropertyUnit, card.Key, ct);
        var receipt = await entrance.Enter(new DrawWish(request.ReleaseId, group, service.Code, card, matter, BookingChannel.Desk, request.Preferences) { Account = account, Silent = silent, Key = request.Key }, ct);
        return receipt.Number;
    }
}

/// <summary>Who comes, as the desk types it.</summary>
internal static class DeskVisitors
{
    public const string NameWords = "请填姓名，和身份证上一样，最多 50 个字。";
    public const string PhoneWords = "请填手机号，11 位。";

    public static bool IsName(string? name) => !string.IsNullOrWhiteSpace(name) && name.Length <= 50;

    public static bool IsIdNumber(string? number, TimeProvider clock) => ResidentId.TryParse(number, out var id) && id.IsPlausibleOn(clock.Today());

    public static string IdNumberWords(string? number) =>
        ResidentId.TryParse(number, out _) ? "身份证号里的出生日期不对，请对照证件再看一遍。" : ResidentId.Explain(number) + "。";

    public static Visitor Of(string name, string idNumber, string phone)
    {
        ResidentId.TryParse(idNumber, out var id);
        MobileNumber.TryParse(phone, out var mobile);
        return new Visitor(name.Trim(), id.Number, mobile.Digits);
    }
}
