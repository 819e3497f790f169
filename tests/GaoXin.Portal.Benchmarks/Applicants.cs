using System.Globalization;
using System.Text;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Forms;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Benchmarks;

/// <summary>A company's set-up that only waits for its submit.</summary>
internal sealed record ReadyCase(TestUser Applicant, Guid CaseId, string ContentHash);

/// <summary>Citizens with a real name, and what they file: one founder, general items, through the portal's own commands.</summary>
internal sealed class Applicants(PortalWebFactory host)
{
    private const string Phone = "13800000000";

    /// <summary>Standard addresses of the reference files that carry no risk; every company gets a room of its own.</summary>
    private static readonly string[] Addresses = ["郑州高新区示例路 18 号传感谷 B 座", "郑州高新区演示大道 1 号云创园 2 号楼", "郑州高新区石佛演示路 3 号厂房"];
    private readonly Random _random = new(20261123);
    private readonly Encoding _common = CodePagesEncodingProvider.Instance.GetEncoding("gb2312")!;
    private int _serial;

    /// <summary>An account whose real name is verified.</summary>
    public async Task<TestUser> NewCitizen()
    {
        var serial = Interlocked.Increment(ref _serial);
        var born = new DateOnly(1960, 1, 1).AddDays(serial / 900).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var body = string.Create(CultureInfo.InvariantCulture, $"410102{born}{serial % 900 + 100:000}");
        var number = body + ResidentId.CheckCharacter(body);
        var phone = string.Create(CultureInfo.InvariantCulture, $"197{serial:00000000}");
        return await host.InScope(async services =>
        {
            var cipher = services.GetRequiredService<PersonalDataCipher>();
            var account = PortalUser.ForPhone(cipher.Protect(phone, PortalUser.PhonePurpose), cipher.Hash(phone, PortalUser.PhoneKind), TestSettings.Now);
            account.RealNameVerified(cipher.Protect("演示丙", PortalUser.NamePurpose), cipher.Protect(number, PortalUser.IdNumberPurpose),
                cipher.Hash(number, PortalUser.IdNumberKind), "benchmark", TestSettings.Now);
            var db = services.GetRequiredService<PortalDbContext>();
            db.Add(account);
            await db.SaveChangesAsync();
            return TestUsers.Citizen(account.Id);
        });
    }

    /// <summary>A draft whose pages are all filled in.</summary>
    public async Task<Guid> FilledDraft(TestUser citizen)
    {
        var draft = await host.Send(new StartCase("company-setup"), citizen);
        await Save("name", ("company.name.tradeName", TradeName()), ("company.name.industry", "软件科技"));
        await Save("capital", ("company.capital", "100"));
        await Save("scope", ("company.scope", "YB1001"));
        await Save("address", ("company.premises.ownership", "park"), ("company.premises.address", Addresses[_serial % Addresses.Length]),
            ("company.premises.room", $"{_serial.ToString(CultureInfo.InvariantCulture)} 室"), ("company.premises.division", "410172560"),
            ("company.premises.area", "86.4"), ("company.phone", Phone), ("commitment.premises", "yes"));
        await Save("shareholders", ("shareholders/r1/shareholder.subscribed", "100"));
        await Save("officers");
        await Save("seals", ("seals.wanted", "yes"));
        await Save("commitment", ("commitment.truthful", "yes"));
        return draft;

        async Task Save(string page, params (string Path, string? Value)[] values)
        {
            var shown = await host.Send(new GetFormPage(draft, page), citizen);
            await host.Send(
                new SaveFormPage { CaseId = draft, PageId = page, Version = shown.Version, Values = values.ToDictionary(v => v.Path, v => v.Value) }, citizen);
        }
    }

    /// <summary>A case that the rules approve. Drawn names that somebody would have to look at are dropped.</summary>
    public async Task<ReadyCase> ReadyToSubmit()
    {
        for (var tries = 0; tries < 20; tries++)
        {
            var citizen = await NewCitizen();
            var draft = await FilledDraft(citizen);
            var check = await host.Send(new GetCaseCheck(draft), citizen);
            if (check.Problems.Count == 0 && check.Instant)
                return new ReadyCase(citizen, draft, check.ContentHash);
            if (tries == 19)
                throw new InvalidOperationException("No case is ready: " + string.Join("; ", check.Problems.Select(p => $"{p.Path} {p.Message}").Concat(check.ReferReasons)));
        }

        throw new InvalidOperationException("No case is ready.");
    }

    /// <summary>Three common characters.</summary>
    private string TradeName() => _common.GetString([.. Enumerable.Range(0, 3).SelectMany(_ => new[] { (byte)_random.Next(0xB0, 0xD7), (byte)_random.Next(0xA1, 0xFE) })]);
}
