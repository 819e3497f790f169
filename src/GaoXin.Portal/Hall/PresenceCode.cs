using System.Globalization;
using GaoXin.Portal.Kernel;
using MediatR;

namespace GaoXin.Portal.Hall;

/// <summary>The code that a kiosk or a screen of the hall shows now. Pages give it only to devices that stand in the hall.</summary>
[ForAnyone]
public sealed record GetPresenceCode : IQuery<PresenceCode>;

/// <summary>True while the code is fresh: whoever has it stands before the screen.</summary>
[ForAnyone]
public sealed record CheckPresenceCode(string? Code) : IQuery<bool>;

/// <summary>
/// 动态码: changes every 30 seconds and is taken for 30 to 60 seconds, so that a photograph of it cannot be sold.
/// </summary>
/// <param name="Code">10 letters and digits.</param>
/// <param name="ChangesAt">When the screen shows the next one.</param>
public sealed record PresenceCode(string Code, DateTimeOffset ChangesAt);

/// <summary>Makes and checks the codes: HMAC over the half minute, so that all instances show the same and none is stored.</summary>
internal sealed class PresenceCodes(PersonalDataCipher cipher, TimeProvider clock)
{
    private const int Step = 30;
    private const int Length = 10;
    private const string Alphabet = "23456789abcdefghjkmnpqrstuvwxyz";

    public PresenceCode Now()
    {
        var step = StepNow();
        return new PresenceCode(Of(step), DateTimeOffset.FromUnixTimeSeconds((step + 1) * Step));
    }

    public bool IsFresh(string? code)
    {
        var (typed, step) = (Text.Compact(code).ToLowerInvariant(), StepNow());
        return typed.Length == Length && (typed == Of(step) || typed == Of(step - 1));
    }

    public void MustBeFresh(string? code)
    {
        if (!IsFresh(code))
            throw new RefusedException(HallRefusals.PresenceFirst());
    }

    private long StepNow() => clock.GetUtcNow().ToUnixTimeSeconds() / Step;

    private string Of(long step)
    {
        var hash = cipher.Hash(step.ToString(CultureInfo.InvariantCulture), "hall-presence");
        return string.Concat(hash.Take(Length).Select(b => Alphabet[b % Alphabet.Length]));
    }
}

internal sealed class GetPresenceCodeHandler(PresenceCodes codes) : IRequestHandler<GetPresenceCode, PresenceCode>
{
    public Task<PresenceCode> Handle(GetPresenceCode request, CancellationToken ct) => Task.FromResult(codes.Now());
}

internal sealed class CheckPresenceCodeHandler(PresenceCodes codes) : IRequestHandler<CheckPresenceCode, bool>
{
    public Task<bool> Handle(CheckPresenceCode request, CancellationToken ct) => Task.FromResult(codes.IsFresh(request.Code));
}
