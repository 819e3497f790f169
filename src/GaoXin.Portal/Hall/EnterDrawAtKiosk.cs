using FluentValidation;
using GaoXin.Portal.Appointments.Draws;
using GaoXin.Portal.Appointments.Staff;
using GaoXin.Portal.Kernel;
using MediatR;

namespace GaoXin.Portal.Hall;

/// <summary>
/// 自助机登记摇号: takes part in a draw with the identity card at the kiosk, in the same draw with the same chances as on the web; the places
/// kept for the hall are drawn among these first. The answer is its number (抽签编号). Refused: <c>hall.presence-first</c>, and what the draw itself refuses.
/// </summary>
/// <param name="Wish">Who wants what.</param>
/// <param name="PresenceCode">The code that the kiosk shows; pages give it to kiosks only, a phone proves nobody's card.</param>
[ForAnyone]
public sealed record EnterDrawAtKiosk(ApplyForDrawAtDesk Wish, string? PresenceCode) : ICommand<string>, IRepeatable
{
    /// <summary>Without personal data, so that a log line never holds it.</summary>
    public override string ToString() => nameof(EnterDrawAtKiosk);
}

/// <summary>
/// What became of the applications of the person whose card lies at the kiosk. Elsewhere an ID number alone tells nothing
/// (<c>hall.presence-first</c>): there <see cref="FindDraw"/> asks for the number of the application.
/// </summary>
[ForAnyone]
public sealed record GetDrawsAtKiosk(string IdNumber, string? PresenceCode) : IQuery<IReadOnlyList<DrawOutcome>>
{
    /// <summary>Without personal data, so that a log line never holds it.</summary>
    public override string ToString() => nameof(GetDrawsAtKiosk);
}

internal sealed class GetDrawsAtKioskValidator : AbstractValidator<GetDrawsAtKiosk>
{
    public GetDrawsAtKioskValidator() => RuleFor(q => q.IdNumber).Must(n => ResidentId.TryParse(n, out _)).WithMessage(q => ResidentId.Explain(q.IdNumber) + "。");
}

internal sealed class EnterDrawAtKioskHandler(IDrawDesk draws, PresenceCodes codes) : IRequestHandler<EnterDrawAtKiosk, string>
{
    public Task<string> Handle(EnterDrawAtKiosk request, CancellationToken ct)
    {
        codes.MustBeFresh(request.PresenceCode);
        return draws.EnterAtKiosk(request.Wish, ct);
    }
}

internal sealed class GetDrawsAtKioskHandler(IDrawDesk draws, PresenceCodes codes) : IRequestHandler<GetDrawsAtKiosk, IReadOnlyList<DrawOutcome>>
{
    public Task<IReadOnlyList<DrawOutcome>> Handle(GetDrawsAtKiosk request, CancellationToken ct)
    {
        codes.MustBeFresh(request.PresenceCode);
        return draws.Find(request.IdNumber, ct);
    }
}
