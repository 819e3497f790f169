using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Licences.Sealing;

/// <summary>Where the key of the electronic seal (电子印章) comes from: an outside system in production.</summary>
internal interface ISealKeys
{
    /// <summary>The certificate with its private key, registered as trusted. Keep it, do not dispose of it.</summary>
    Task<X509Certificate2> Current(CancellationToken ct);
}

/// <summary>The list of trusted certificates, shared by all instances through the database.</summary>
internal sealed class SealRegister(IServiceScopeFactory scopes, IOptions<PortalOptions> portal, TimeProvider clock)
{
    /// <summary>Runs alone among all instances, in a transaction apart from the caller's, so that a roll-back there loses no key.</summary>
    public async Task<T> Alone<T>(Func<PortalDbContext, Task<T>> work, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended('licences.seal', 0))", ct);
        var result = await work(db);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return result;
    }

    /// <summary>True when the certificate may have sealed a licence; demo certificates only in demo mode.</summary>
    public static Task<SealCertificate?> Find(PortalDbContext db, string thumbprint, CancellationToken ct) =>
        db.SealCertificates.AsNoTracking().SingleOrDefaultAsync(c => c.Thumbprint == thumbprint, ct);

    public bool Trusts(SealCertificate? certificate) => certificate is not null && (!certificate.IsDemo || portal.Value.DemoMode);

    public SealCertificate Entry(X509Certificate2 certificate, bool demo, byte[]? protectedKey = null) => new()
    {
        Thumbprint = SealCertificate.ThumbprintOf(certificate),
        Certificate = certificate.RawData,
        ProtectedKey = protectedKey,
        IsDemo = demo,
        NotAfter = new DateTimeOffset(certificate.NotAfter.ToUniversalTime()),
        CreatedAt = clock.GetUtcNow(),
    };
}

/// <summary>A PFX file named by the configuration (Licences:Certificate).</summary>
internal sealed class CertificateFileSealKeys(SealRegister register, IOptions<LicencesOptions> options, TimeProvider clock) : ISealKeys, IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private X509Certificate2? _certificate;

    public async Task<X509Certificate2> Current(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            _certificate ??= await LoadAsync(ct);
            return _certificate.NotAfter.ToUniversalTime() > clock.GetUtcNow().UtcDateTime
                ? _certificate
                : throw new InvalidOperationException("The sealing certificate of Licences:Certificate has expired.");
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<X509Certificate2> LoadAsync(CancellationToken ct)
    {
        var setting = options.Value.Certificate;
        var certificate = X509CertificateLoader.LoadPkcs12FromFile(setting.Path!, setting.Password, X509KeyStorageFlags.EphemeralKeySet);
        if (!certificate.HasPrivateKey)
            throw new InvalidOperationException("The file of Licences:Certificate holds no private key.");
        var entry = register.Entry(certificate, demo: false);
        return await register.Alone(async db =>
        {
            var known = await SealRegister.Find(db, entry.Thumbprint, ct);
            if (known is { IsDemo: true })
                throw new InvalidOperationException("Licences:Certificate names a demo certificate.");
            if (known is null)
                db.Add(entry);
            return certificate;
        }, ct);
    }
}

/// <summary>A self-signed certificate made once, its key protected in the database, so that two instances seal alike. Demo mode only.</summary>
internal sealed class DemoSealKeys(SealRegister register, PersonalDataCipher cipher, IOptions<PortalOptions> portal, TimeProvider clock)
    : ISealKeys, IDisposable
{
    private const string Purpose = "licences.seal-key";
    private readonly SemaphoreSlim _gate = new(1, 1);
    private X509Certificate2? _certificate;

    public async Task<X509Certificate2> Current(CancellationToken ct)
    {
        if (!portal.Value.DemoMode)
            throw new InvalidOperationException("Outside demo mode Licences:Certificate:Path must name the sealing certificate.");
        await _gate.WaitAsync(ct);
        try
        {
            if (_certificate is null || _certificate.NotAfter.ToUniversalTime() <= clock.GetUtcNow().UtcDateTime)
                _certificate = await register.Alone(db => LoadOrCreateAsync(db, ct), ct);
            return _certificate;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<X509Certificate2> LoadOrCreateAsync(PortalDbContext db, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var stored = await db.SealCertificates.AsNoTracking().Where(c => c.IsDemo && c.ProtectedKey != null && c.NotAfter > now)
            .OrderByDescending(c => c.CreatedAt).FirstOrDefaultAsync(ct);
        if (stored is not null)
            return Open(Convert.FromBase64String(cipher.Unprotect(stored.ProtectedKey!, Purpose)));
        var file = Create(now);
        var certificate = Open(file);
        db.Add(register.Entry(certificate, demo: true, cipher.Protect(Convert.ToBase64String(file), Purpose)));
        return certificate;
    }

    private static X509Certificate2 Open(byte[] file) => X509CertificateLoader.LoadPkcs12(file, null, X509KeyStorageFlags.EphemeralKeySet);

    private static byte[] Create(DateTimeOffset now)
    {
        // RSA with PKCS#1 v1.5 padding: the same licence sealed again gives the same bytes, which ECDSA would not.
        using var key = RSA.Create(3072);
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName("高新区政务服务演示电子印章（无法律效力）");
        name.AddOrganizationName("GaoXin.Portal");
        var request = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation, true));
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(5));
        return certificate.Export(X509ContentType.Pkcs12);
    }
}

/// <summary>
/// Opens the seal at the start, so that a missing or wrong certificate is said loudly then and not at the first licence.
/// The portal starts all the same: licences wait in the outbox until the certificate is there.
/// </summary>
internal sealed partial class SealBootstrap(ISealKeys keys, ILogger<SealBootstrap> logger) : IBootstrapStep
{
    public int Order => 5;

    public async Task Run(CancellationToken ct)
    {
        try
        {
            await keys.Current(ct);
        }
        catch (Exception error) when (error is InvalidOperationException or CryptographicException or IOException)
        {
            NoSeal(error);
        }
    }

    [LoggerMessage(EventId = 30, Level = LogLevel.Error, Message = "No licence can be issued: the sealing certificate is not usable")]
    private partial void NoSeal(Exception error);
}
