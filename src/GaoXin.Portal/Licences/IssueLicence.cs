using System.Security.Cryptography;
using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Licences.Printing;
using GaoXin.Portal.Licences.Sealing;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Licences;

/// <summary>
/// Issues an electronic licence (发证): prints, seals and stores it, and puts it in place of the holder's last version of
/// the same kind. Repeatable: a case gets one licence of a kind, and asking again answers with that one.
/// </summary>
[ForSystem]
public sealed record IssueLicence : ICommand<LicenceReceipt>
{
    /// <summary>The case that was approved.</summary>
    public required Guid CaseId { get; init; }

    /// <summary>The kind, for example <c>business-licence</c>; see the result of a service definition.</summary>
    public required string Kind { get; init; }

    /// <summary>The title printed, for example 营业执照（电子）.</summary>
    public required string Title { get; init; }

    /// <summary>What the number is called, for example 统一社会信用代码.</summary>
    public string NumberLabel { get; init; } = "统一社会信用代码";

    /// <summary>The holder's number, digits and capital letters; also the serial of the identifier.</summary>
    public required string HolderKey { get; init; }

    /// <summary>The holder's name as printed, public.</summary>
    public required string HolderName { get; init; }

    /// <summary>The issuing authority (发证机关).</summary>
    public required string Issuer { get; init; }

    /// <summary>The lines printed, in order, 1 to 30.</summary>
    public required IReadOnlyList<LicenceFact> Facts { get; init; }

    /// <summary>First day of validity.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>Last day of validity; null means 长期.</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>Accounts that find the licence under 我的证照.</summary>
    public required IReadOnlyList<Guid> Holders { get; init; }
}

/// <summary>The licence of a case.</summary>
public sealed record LicenceReceipt(Guid Id, string Identifier, string VerifyCode, int Version);

internal sealed class IssueLicenceValidator : AbstractValidator<IssueLicence>
{
    public IssueLicenceValidator()
    {
        RuleFor(r => r.CaseId).NotEmpty();
        RuleFor(r => r.Kind).NotEmpty().MaximumLength(60);
        RuleFor(r => r.Title).NotEmpty().MaximumLength(100);
        RuleFor(r => r.HolderKey).Matches("^[0-9A-Z]{1,40}$");
        RuleFor(r => r.HolderName).NotEmpty().MaximumLength(300);
        RuleFor(r => r.Issuer).NotEmpty().MaximumLength(100);
        RuleFor(r => r.Facts).Must(f => f.Count is > 0 and <= 30);
        RuleForEach(r => r.Facts).Must(f => f.Label.Length is > 0 and <= 20 && f.Value.Length <= 4000);
        RuleFor(r => r.ValidTo).GreaterThanOrEqualTo(r => r.ValidFrom);
    }
}

internal sealed class IssueLicenceHandler(
    PortalDbContext db, ISealKeys keys, PersonalDataCipher cipher, IOptions<LicencesOptions> options, IOptions<PortalOptions> portal, TimeProvider clock)
    : IRequestHandler<IssueLicence, LicenceReceipt>
{
    public async Task<LicenceReceipt> Handle(IssueLicence request, CancellationToken ct)
    {
        // One at a time per holder: versions count without gaps and a second request of the same case finds the first.
        var holder = $"licences.{request.Kind}.{request.HolderKey}";
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({holder}, 0))", ct);
        var known = await db.IssuedLicences.Where(l => l.CaseId == request.CaseId && l.Kind == request.Kind)
            .Select(l => new LicenceReceipt(l.Id, l.Identifier, l.VerifyCode, l.Version)).SingleOrDefaultAsync(ct);
        if (known is not null)
            return known;
        var last = await db.IssuedLicences.Where(l => l.Kind == request.Kind && l.HolderKey == request.HolderKey)
            .MaxAsync(l => (int?)l.Version, ct) ?? 0;
        var (licence, file) = await SealAsync(request, last + 1, ct);
        await SupersedeAsync(licence, ct);
        db.Add(licence);
        db.Add(LicenceContent.Of(licence.Id, file, cipher));
        db.AddRange(request.Holders.Distinct().Select(user => new LicenceHolder { LicenceId = licence.Id, UserId = user }));
        db.Raise(new LicenceIssued(licence.Id, licence.CaseId, licence.Kind, licence.Version), licence.IssuedAt);
        return new LicenceReceipt(licence.Id, licence.Identifier, licence.VerifyCode, licence.Version);
    }

    /// <summary>Written before the new version, or the index of current versions would see two.</summary>
    private Task<int> SupersedeAsync(IssuedLicence next, CancellationToken ct) =>
        db.IssuedLicences.Where(l => l.Kind == next.Kind && l.HolderKey == next.HolderKey && l.SupersededBy == null)
            .ExecuteUpdateAsync(l => l.SetProperty(x => x.SupersededBy, next.Id).SetProperty(x => x.SupersededAt, next.IssuedAt), ct);

    private async Task<(IssuedLicence Licence, byte[] File)> SealAsync(IssueLicence request, int version, CancellationToken ct)
    {
        var certificate = await keys.Current(ct);
        var code = VerifyCode.Random();
        var typeCode = options.Value.TypeCodes.GetValueOrDefault(request.Kind, options.Value.OtherTypeCode);
        var identifier = LicenceIdentifier.Compose(typeCode, options.Value.IssuerCode, request.HolderKey, version);
        var sheet = Sheet(request, identifier, code, clock.GetUtcNow());
        var (printed, missing) = LicencePrint.Print(sheet);
        var file = PdfSignature.Append(printed, certificate, sheet.IssuedAt, request.Issuer);
        var licence = new IssuedLicence
        {
            CaseId = request.CaseId,
            Kind = request.Kind,
            Title = request.Title,
            NumberLabel = request.NumberLabel,
            HolderKey = request.HolderKey,
            HolderName = request.HolderName,
            Issuer = request.Issuer,
            Version = version,
            Identifier = identifier,
            VerifyCode = code,
            Facts = [.. request.Facts.Select(f => StoredFact.Of(f, cipher))],
            IssuedAt = sheet.IssuedAt,
            ValidFrom = request.ValidFrom,
            ValidTo = request.ValidTo,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(file)),
            CertificateThumbprint = SealCertificate.ThumbprintOf(certificate),
            MissingCharacters = missing.Count == 0 ? null : string.Join(' ', missing.Take(50).Select(p => $"U+{p:X4}")),
        };
        return (licence, file);
    }

    private LicenceSheet Sheet(IssueLicence request, string identifier, string code, DateTimeOffset now) => new()
    {
        Title = request.Title,
        NumberLabel = request.NumberLabel,
        Number = request.HolderKey,
        Identifier = identifier,
        VerifyCode = code,
        FactsHash = IssuedLicence.HashOf(identifier, request.Title, request.HolderKey, request.HolderName, request.Issuer,
            request.ValidFrom, request.ValidTo, request.Facts),
        VerifyAddress = $"{portal.Value.PublicAddress.TrimEnd('/')}/verify/{code}",
        Issuer = request.Issuer,
        IssuedOn = now.Day(),
        IssuedAt = now,
        Facts = request.Facts,
        IsSample = portal.Value.DemoMode,
    };
}
