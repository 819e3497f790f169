using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GaoXin.Portal.Cases.Prefill;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Property;

/// <summary>The real-estate register (不动产登记簿), an outside system.</summary>
internal interface IPropertyRegister
{
    Task<RegisterAnswer> Find(PropertyUnitNumber unit, CancellationToken ct);
}

/// <summary>What the register says of a unit. It answered and has nothing, or it did not answer: <see cref="Silent"/>.</summary>
internal sealed record RegisterAnswer(RegisteredUnit? Unit, bool Silent = false);

/// <summary>One unit of the register (不动产单元).</summary>
internal sealed class RegisteredUnit
{
    public string Number { get; set; } = "";

    /// <summary>坐落.</summary>
    public string Location { get; set; } = "";

    public string Area { get; set; } = "";

    public string Use { get; set; } = "";

    /// <summary>Empty while only the developer's first registration stands behind it.</summary>
    public string CertificateNo { get; set; } = "";

    public List<string> OwnerIdNumbers { get; set; } = [];

    /// <summary>抵押权人; empty without a mortgage.</summary>
    public string Mortgagee { get; set; } = "";

    /// <summary>是否存在禁止或限制转让抵押不动产的约定.</summary>
    public bool TransferForbidden { get; set; }

    /// <summary>查封: since when; null when it is not sealed.</summary>
    public DateOnly? SealedOn { get; set; }

    /// <summary>异议登记.</summary>
    public bool Objected { get; set; }

    public bool IsMortgaged => Mortgagee.Length > 0;

    /// <summary>Full-width brackets and spaces make no difference.</summary>
    public bool HasCertificate(string? typed) => CertificateNo.Length > 0 && CertificateNumber.Normalise(typed) == CertificateNumber.Normalise(CertificateNo);
}

/// <summary>Certificate numbers: 豫(2023)郑州市不动产权第0123456号.</summary>
internal static class CertificateNumber
{
    /// <summary>Without spaces, with full-width brackets.</summary>
    public static string Normalise(string? typed) => Text.Compact(typed).Replace('(', '（').Replace(')', '）');

    public static string Compose(int year, string place, bool right, int number) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"豫（{year}）{place}不动产{(right ? "权" : "证明")}第{number:0000000}号");
}

/// <summary>The register over HTTP: POST of the unit number, signed; 404 is an answer too.</summary>
internal sealed partial class HttpPropertyRegister(HttpClient http, IOptions<PropertyOptions> options, TimeProvider clock, ILogger<HttpPropertyRegister> logger) : IPropertyRegister
{
    public async Task<RegisterAnswer> Find(PropertyUnitNumber unit, CancellationToken ct)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, http.BaseAddress) { Content = JsonContent.Create(new { UnitNumber = unit.Number }) };
            await SignedRequest.Sign(request, Convert.FromBase64String(options.Value.SigningKey), clock.GetUtcNow(), ct);
            using var response = await http.SendAsync(request, ct);
            if (response.StatusCode == HttpStatusCode.NotFound)
                return new RegisterAnswer(null);
            response.EnsureSuccessStatusCode();
            return new RegisterAnswer(await response.Content.ReadFromJsonAsync<RegisteredUnit>(ct));
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            Unreachable(error.GetType().Name);
            return new RegisterAnswer(null, Silent: true);
        }
    }

    [LoggerMessage(EventId = 900, Level = LogLevel.Warning, Message = "The real-estate register did not answer: {Reason}")]
    private partial void Unreachable(string reason);
}

/// <summary>No register is connected: what it would say is left to the officer.</summary>
internal sealed class SilentRegister : IPropertyRegister
{
    public Task<RegisterAnswer> Find(PropertyUnitNumber unit, CancellationToken ct) => Task.FromResult(new RegisterAnswer(null, Silent: true));
}

/// <summary>The demo stand-in: the units of <c>seeds/demo/property.json</c>. Only in demo mode without a real register.</summary>
internal sealed class DemoPropertyRegister(DemoUnits units) : IPropertyRegister
{
    public Task<RegisterAnswer> Find(PropertyUnitNumber unit, CancellationToken ct) => Task.FromResult(new RegisterAnswer(units.All.FirstOrDefault(u => u.Number == unit.Number)));
}

/// <summary>The demo stand-in as a source of forms: the first unit a person owns that can be dealt in.</summary>
internal sealed class DemoUnitSource(DemoUnits units) : IPrefillSource
{
    public const string SourceCode = "unit-register";

    public string Code => SourceCode;

    public string Title => "不动产登记簿（演示）";

    public Task<IReadOnlyDictionary<string, string>> Fetch(PrefillSubject subject, CancellationToken ct)
    {
        var own = units.All.FirstOrDefault(u => u is { SealedOn: null, Objected: false } && u.OwnerIdNumbers.Contains(subject.IdNumber));
        return Task.FromResult<IReadOnlyDictionary<string, string>>(own is null ? new Dictionary<string, string>() : new Dictionary<string, string>
        {
            [PropertyFields.Unit] = own.Number,
            [PropertyFields.Location] = own.Location,
            [PropertyFields.Certificate] = own.CertificateNo,
            [PropertyFields.Area] = own.Area,
            [PropertyFields.Use] = own.Use,
        });
    }
}

/// <summary>The units of demo mode, read once.</summary>
internal sealed class DemoUnits(IOptions<PortalOptions> options)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly Lazy<IReadOnlyList<RegisteredUnit>> _all = new(() =>
        JsonSerializer.Deserialize<List<RegisteredUnit>>(File.ReadAllText(Path.Combine(options.Value.SeedsPath ?? Path.Combine(RepositoryFolder.Find() ?? "", "seeds"), "demo", "property.json")), Json)!);

    public IReadOnlyList<RegisteredUnit> All => _all.Value;
}
