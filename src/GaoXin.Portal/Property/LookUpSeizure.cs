using FluentValidation;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Property;

/// <summary>Why somebody may know whether a unit is sealed (民法典 218, 219: holders and interested parties).</summary>
public enum SeizureGround
{
    /// <summary>权利人本人.</summary>
    Holder,

    /// <summary>买房人, with a contract or about to sign one.</summary>
    Buyer,

    /// <summary>抵押权人或贷款银行.</summary>
    Mortgagee,

    /// <summary>诉讼、仲裁当事人.</summary>
    Litigant,

    /// <summary>继承人、受遗赠人.</summary>
    Heir,
}

/// <summary>
/// Looks up whether a property unit is sealed (查封), mortgaged or objected to; never who owns it. Every look is recorded with its
/// reason before it is answered. The owner needs nothing more; others know the certificate's number and say why. Refused:
/// <c>property.not-in-register</c>, <c>property.certificate-differs</c>, <c>property.looked-often</c>, <c>property.register-silent</c>.
/// </summary>
[ForCitizens]
public sealed record LookUpSeizure : ICommand<SeizureAnswer>
{
    /// <summary>不动产单元号, 28 characters.</summary>
    public string UnitNumber { get; init; } = "";

    /// <summary>What entitles the person.</summary>
    public SeizureGround? Ground { get; init; }

    /// <summary>不动产权证号 of the unit, from who asks and is not its holder.</summary>
    public string? CertificateNo { get; init; }

    /// <summary>What it is for, at least 5 characters; the supervision reads it.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Without personal data, so that a log line never holds it.</summary>
    public override string ToString() => $"LookUpSeizure {Ground}";
}

/// <summary>What the register says.</summary>
/// <param name="Unit">The unit as printed.</param>
/// <param name="SealedOn">Since when it is sealed; null when it is not.</param>
/// <param name="Mortgaged">有抵押.</param>
/// <param name="Objected">有异议登记.</param>
/// <param name="At">When this was looked up.</param>
public sealed record SeizureAnswer(string Unit, DateOnly? SealedOn, bool Mortgaged, bool Objected, DateTimeOffset At);

/// <summary>What I looked up in the last 90 days, the latest first: what I asked, never what was answered.</summary>
[ForCitizens]
public sealed record GetMySeizureLookUps : IQuery<IReadOnlyList<MyLookUp>>;

/// <summary>One look.</summary>
public sealed record MyLookUp(string MaskedUnit, SeizureGround Ground, DateTimeOffset At, bool Answered);

/// <summary>A look into the register: who, which unit, why. Kept even when nothing was told; what was told is not kept.</summary>
internal sealed class SeizureLookUp
{
    public const string ReasonPurpose = "property.look-up";

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid AccountId { get; init; }

    public required byte[] UnitKey { get; init; }

    public required string MaskedUnit { get; init; }

    public required SeizureGround Ground { get; init; }

    public required byte[] ReasonSecret { get; init; }

    public required DateTimeOffset At { get; init; }

    public required bool Answered { get; init; }
}

internal sealed class LookUpSeizureValidator : AbstractValidator<LookUpSeizure>
{
    public LookUpSeizureValidator()
    {
        RuleFor(r => r.UnitNumber).Must(u => PropertyUnitNumber.TryParse(u, out _)).WithMessage(r => PropertyUnitNumber.Explain(r.UnitNumber) + "。");
        RuleFor(r => r.Ground).Must(g => g is { } ground && Enum.IsDefined(ground)).WithMessage("请选您和这处不动产的关系。");
        RuleFor(r => r.CertificateNo).Must(c => c?.Trim().Length is > 0 and <= 60).When(r => r.Ground is not (null or SeizureGround.Holder))
            .WithMessage("请填这处不动产的证号，在权利人的不动产权证书上，比如豫（2023）郑州市不动产权第0000001号。");
        RuleFor(r => r.Reason).Must(t => t?.Trim().Length is >= 5 and <= 200).WithMessage("请写明用途，5 到 200 个字，比如“签买卖合同以前核对”。每次查询都有记录。");
    }
}

internal sealed class LookUpSeizureHandler(
    PortalDbContext db, IPropertyRegister register, IPeople people, PersonalDataCipher cipher, IOptions<PropertyOptions> options, ICurrentUser user, TimeProvider clock, LookUpJournal journal) : IRequestHandler<LookUpSeizure, SeizureAnswer>
{
    public async Task<SeizureAnswer> Handle(LookUpSeizure request, CancellationToken ct)
    {
        PropertyUnitNumber.TryParse(request.UnitNumber, out var unit);
        if (await people.Find(user.Id, ct) is not { IdNumber: { } own })
            throw new RefusedException(PropertyRefusals.RealNameFirst());
        var now = clock.GetUtcNow();
        await Allow(now, ct);
        var answer = await register.Find(unit, ct);
        var refusal = answer.Silent ? PropertyRefusals.RegisterSilent() : WhyNot(request, answer.Unit, own);
        await journal.Keep(new SeizureLookUp
        {
            AccountId = user.Id,
            UnitKey = cipher.Hash(unit.Number, PropertyFiling.UnitKind),
            MaskedUnit = unit.Masked,
            Ground = request.Ground!.Value,
            ReasonSecret = cipher.Protect(request.Reason.Trim(), SeizureLookUp.ReasonPurpose),
            At = now,
            Answered = refusal is null,
        }, ct);
        if (refusal is not null)
            throw new RefusedException(refusal);
        var found = answer.Unit!;
        return new SeizureAnswer(unit.Display, found.SealedOn, found.IsMortgaged, found.Objected, now);
    }

    /// <summary>One person's looks are counted one after the other. Looks that told nothing count too: they may be guesses.</summary>
    private async Task Allow(DateTimeOffset now, CancellationToken ct)
    {
        var (own, since, most) = (user.Id, now.Day().At(TimeOnly.MinValue), options.Value.LookUpsPerDay);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({own.ToString()}, 11))", ct);
        if (await db.SeizureLookUps.CountAsync(l => l.AccountId == own && l.At >= since, ct) >= most)
            throw new RefusedException(PropertyRefusals.LookedOften(most));
    }

    /// <summary>Who says he is the holder and is not learns no more than that the numbers do not fit.</summary>
    private static Refusal? WhyNot(LookUpSeizure request, RegisteredUnit? unit, string own) => unit switch
    {
        null => PropertyRefusals.NotInRegister(),
        _ when unit.OwnerIdNumbers.Contains(own) => null,
        _ when request.Ground == SeizureGround.Holder => PropertyRefusals.NotInRegister(),
        _ => unit.HasCertificate(request.CertificateNo) ? null : PropertyRefusals.CertificateDiffers(),
    };
}

/// <summary>Writes a look in a transaction of its own, so that it stays when the command is refused.</summary>
internal sealed class LookUpJournal(IServiceScopeFactory scopes)
{
    public async Task Keep(SeizureLookUp look, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        db.Add(look);
        await db.SaveChangesAsync(ct);
    }
}

internal sealed class GetMySeizureLookUpsHandler(PortalDbContext db, ICurrentUser user, TimeProvider clock) : IRequestHandler<GetMySeizureLookUps, IReadOnlyList<MyLookUp>>
{
    private const int Most = 20;
    private const int Days = 90;

    public async Task<IReadOnlyList<MyLookUp>> Handle(GetMySeizureLookUps request, CancellationToken ct)
    {
        var since = clock.GetUtcNow().AddDays(-Days);
        return await db.SeizureLookUps.AsNoTracking().Where(l => l.AccountId == user.Id && l.At >= since).OrderByDescending(l => l.At).ThenByDescending(l => l.Id).Take(Most)
            .Select(l => new MyLookUp(l.MaskedUnit, l.Ground, l.At, l.Answered)).ToListAsync(ct);
    }
}

internal sealed class SeizureLookUpConfiguration : IEntityTypeConfiguration<SeizureLookUp>
{
    public void Configure(EntityTypeBuilder<SeizureLookUp> builder)
    {
        builder.ToTable("seizure_look_ups", "property");
        builder.Property(l => l.MaskedUnit).HasMaxLength(40);
        builder.HasIndex(l => new { l.AccountId, l.At });
        builder.HasIndex(l => new { l.UnitKey, l.At });
    }
}
