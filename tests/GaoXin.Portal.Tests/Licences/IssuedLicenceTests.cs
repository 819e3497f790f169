using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Licences;
using GaoXin.Portal.Licences.Printing;
using GaoXin.Portal.Licences.Sealing;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using UglyToad.PdfPig;

namespace GaoXin.Portal.Tests.Licences;

public sealed class IssuedLicenceTests(LicenceHost portal) : IClassFixture<LicenceHost>
{
    private static readonly TestUser Holder = TestUsers.Citizen();

    [Fact]
    public async Task An_issued_licence_is_valid_by_code_and_by_file()
    {
        var receipt = await Issue(SampleLicence.Of(Holder.Id));
        var byCode = await portal.As(AnonymousUser.Instance).Send(new VerifyLicence(VerifyCode.Grouped(receipt.VerifyCode).ToLowerInvariant()));
        byCode.Outcome.ShouldBe(LicenceOutcome.Valid);
        byCode.Licence!.HolderName.ShouldBe("郑州槐叶智能科技有限公司");
        byCode.Licence.Identifier.ShouldBe(receipt.Identifier);
        LicenceIdentifier.IsRight(receipt.Identifier).ShouldBeTrue();
        (await Verify(await File(receipt.Id))).Outcome.ShouldBe(LicenceOutcome.Valid);
    }

    [Fact]
    public async Task The_file_reads_as_text_and_is_the_same_every_time()
    {
        var request = SampleLicence.Of(Holder.Id);
        var receipt = await Issue(request);
        var file = await File(receipt.Id);
        (await File(receipt.Id)).ShouldBe(file);
        using var pdf = PdfDocument.Open(file);
        var text = pdf.GetPage(1).Text;
        foreach (var expected in (string[])["演示样本", request.HolderKey, "壹佰万圆整", "演示甲", "人工智能应用软件开发", VerifyCode.Grouped(receipt.VerifyCode)])
            text.ShouldContain(expected);
    }

    [Fact]
    public async Task Printing_and_sealing_again_gives_the_same_bytes()
    {
        var certificate = await portal.Services.GetRequiredService<ISealKeys>().Current(TestContext.Current.CancellationToken);
        byte[] Make() => PdfSignature.Append(LicencePrint.Print(Sheet()).File, certificate, Sheet().IssuedAt, "示例");
        Make().ShouldBe(Make());
    }

    [Fact]
    public async Task One_changed_byte_is_never_valid()
    {
        var receipt = await Issue(SampleLicence.Of(Holder.Id));
        var file = await File(receipt.Id);
        var random = new Random(20261124);
        var altered = 0;
        for (var i = 0; i < 500; i++)
        {
            var copy = file.ToArray();
            copy[random.Next(copy.Length)] ^= (byte)random.Next(1, 256);
            var check = await Verify(copy);
            check.Outcome.ShouldBeOneOf(LicenceOutcome.Altered, LicenceOutcome.Unknown);
            check.Licence.ShouldBeNull();
            altered += check.Outcome == LicenceOutcome.Altered ? 1 : 0;
        }

        altered.ShouldBe(500);
    }

    [Fact]
    public async Task The_signature_alone_covers_every_byte_but_its_own_padding()
    {
        var file = await File((await Issue(SampleLicence.Of(Holder.Id))).Id);
        using (var certificate = PdfSignature.Check(file))
            certificate.ShouldNotBeNull();
        var signature = file.AsSpan().LastIndexOf("/Contents <"u8);
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            var copy = file.ToArray();
            copy[random.Next(signature)] ^= 0x20;
            PdfSignature.Check(copy).ShouldBeNull();
        }
    }

    [Fact]
    public async Task Appended_and_cut_files_are_altered_and_foreign_ones_unknown()
    {
        var file = await File((await Issue(SampleLicence.Of(Holder.Id))).Id);
        (await Verify([.. file, 10])).Outcome.ShouldBe(LicenceOutcome.Altered);
        (await Verify(file[..^1])).Outcome.ShouldBe(LicenceOutcome.Altered);
        (await Verify("%PDF-1.7 nothing of ours"u8.ToArray())).Outcome.ShouldBe(LicenceOutcome.Unknown);
        (await portal.As(AnonymousUser.Instance).Send(new VerifyLicence("2222222222222222"))).Outcome.ShouldBe(LicenceOutcome.Unknown);
        (await portal.As(AnonymousUser.Instance).Send(new VerifyLicence("' OR 1=1 --"))).Outcome.ShouldBe(LicenceOutcome.Unknown);
    }

    [Fact]
    public async Task Stored_bytes_or_facts_changed_behind_the_portals_back_are_altered()
    {
        var (first, second) = (await Issue(SampleLicence.Of(Holder.Id)), await Issue(SampleLicence.Of(Holder.Id)));
        await portal.InDatabase(db => db.Database.ExecuteSqlAsync(
            $"UPDATE licences.licence_contents SET bytes = set_byte(bytes, 2000, get_byte(bytes, 2000) # 1) WHERE licence_id = {first.Id}"));
        await portal.InDatabase(db => db.Database.ExecuteSqlAsync(
            $"UPDATE licences.licences SET facts = jsonb_set(facts, '{{3,Value}}', '\"壹亿圆整\"') WHERE id = {second.Id}"));
        (await ByCode(first)).Outcome.ShouldBe(LicenceOutcome.Altered);
        (await ByCode(second)).Outcome.ShouldBe(LicenceOutcome.Altered);
    }

    [Fact]
    public async Task A_new_version_takes_the_place_of_the_last_one()
    {
        var key = SampleLicence.NewHolder();
        var first = await Issue(SampleLicence.Of(Holder.Id, key));
        var second = await Issue(SampleLicence.Of(Holder.Id, key));
        (first.Version, second.Version).ShouldBe((1, 2));
        (await ByCode(first)).Outcome.ShouldBe(LicenceOutcome.Superseded);
        (await ByCode(second)).Outcome.ShouldBe(LicenceOutcome.Valid);
        (await Verify(await File(first.Id))).Outcome.ShouldBe(LicenceOutcome.Superseded);
        var history = await portal.As(Holder).Send(new GetLicenceHistory(second.Id));
        history.Versions.Select(v => (v.Version, v.State)).ShouldBe([(2, LicenceState.Valid), (1, LicenceState.Superseded)]);
        (await portal.As(Holder).Send(new GetMyLicences())).Count(l => l.Number == key).ShouldBe(1);
    }

    [Fact]
    public async Task A_revoked_licence_says_so_and_is_revoked_once()
    {
        var receipt = await Issue(SampleLicence.Of(Holder.Id));
        var revoke = new RevokeLicence { LicenceId = receipt.Id, Reason = "提交虚假材料取得登记" };
        await Should.ThrowAsync<AccessDeniedException>(() => portal.As(Holder).Send(revoke));
        await portal.As(TestUsers.Staff(Roles.SeniorOfficer)).Send(revoke);
        var check = await ByCode(receipt);
        check.Outcome.ShouldBe(LicenceOutcome.Revoked);
        check.Licence!.RevokedOn.ShouldBe(new DateOnly(2026, 11, 23));
        (await Should.ThrowAsync<RefusedException>(() => portal.As(TestUsers.Staff(Roles.SeniorOfficer)).Send(revoke)))
            .Refusals.Single().Code.ShouldBe("licence.already-revoked");
    }

    [Fact]
    public async Task Fifty_requests_for_one_case_give_one_licence()
    {
        var request = SampleLicence.Of(Holder.Id);
        var receipts = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => Issue(request))));
        receipts.Distinct().Count().ShouldBe(1);
        (await portal.InDatabase(db => db.IssuedLicences.CountAsync(l => l.CaseId == request.CaseId))).ShouldBe(1);
    }

    [Fact]
    public async Task Twenty_cases_of_one_holder_count_without_gaps_and_leave_one_current_version()
    {
        var key = SampleLicence.NewHolder();
        var receipts = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Issue(SampleLicence.Of(Holder.Id, key)))));
        receipts.Select(r => r.Version).Order().ShouldBe(Enumerable.Range(1, 20));
        var outcomes = await Task.WhenAll(receipts.Select(ByCode));
        outcomes.Count(c => c.Outcome == LicenceOutcome.Valid).ShouldBe(1);
    }

    [Fact]
    public async Task A_strangers_licence_looks_like_none()
    {
        var receipt = await Issue(SampleLicence.Of(Holder.Id));
        var stranger = TestUsers.Citizen();
        await Should.ThrowAsync<NotFoundException>(() => portal.As(stranger).Send(new DownloadLicence(receipt.Id)));
        await Should.ThrowAsync<NotFoundException>(() => portal.As(stranger).Send(new GetLicenceHistory(receipt.Id)));
        (await portal.As(stranger).Send(new GetMyLicences())).ShouldBeEmpty();
        await Should.ThrowAsync<AccessDeniedException>(() => portal.As(Holder).Send(SampleLicence.Of(Holder.Id)));
    }

    [Fact]
    public async Task Personal_facts_are_encrypted_at_rest_and_masked_in_public()
    {
        var request = SampleLicence.Of(Holder.Id) with { Facts = [new("持证人", "欧阳演示", Personal: true)] };
        var receipt = await Issue(request);
        (await ByCode(receipt)).Licence!.Facts.Single().Value.ShouldBe("欧阳**");
        (await portal.As(Holder).Send(new GetLicenceHistory(receipt.Id))).Facts.Single().Value.ShouldBe("欧阳演示");
        var stored = await portal.InDatabase(db => db.Database.SqlQuery<string>(
            $"SELECT facts::text AS \"Value\" FROM licences.licences WHERE id = {receipt.Id}").SingleAsync());
        stored.ShouldNotContain("欧阳");
    }

    [Fact]
    public async Task A_licence_past_its_last_day_has_expired()
    {
        var receipt = await Issue(SampleLicence.Of(Holder.Id) with { ValidFrom = new DateOnly(2025, 1, 1), ValidTo = new DateOnly(2026, 11, 22) });
        (await ByCode(receipt)).Outcome.ShouldBe(LicenceOutcome.Expired);
    }

    [Fact]
    public async Task Rare_characters_are_printed_and_impossible_ones_are_replaced_and_recorded()
    {
        var receipt = await Issue(SampleLicence.Of(Holder.Id) with { Facts = [new("名称", "㛃𬍛𫚭犇😀")] });
        var missing = await portal.InDatabase(db => db.IssuedLicences.Where(l => l.Id == receipt.Id).Select(l => l.MissingCharacters).SingleAsync());
        missing.ShouldBe("U+1F600");
        using var pdf = PdfDocument.Open(await File(receipt.Id));
        pdf.GetPage(1).Text.ShouldContain("㛃𬍛𫚭犇〓");
    }

    [Fact]
    public async Task A_file_over_the_limit_or_empty_is_refused()
    {
        (await Should.ThrowAsync<RefusedException>(() => Verify(new byte[VerifyLicenceFile.MaximumBytes + 1])))
            .Refusals.Single().Code.ShouldBe("licence.file-too-large");
        (await Should.ThrowAsync<RefusedException>(() => Verify([]))).Refusals.Single().Code.ShouldBe("licence.no-file");
    }

    [Fact]
    public async Task Outside_demo_mode_the_demo_certificate_neither_seals_nor_counts()
    {
        var receipt = await Issue(SampleLicence.Of(Holder.Id));
        var production = Options.Create(new PortalOptions { DemoMode = false });
        var register = ActivatorUtilities.CreateInstance<SealRegister>(portal.Services, production);
        using var keys = ActivatorUtilities.CreateInstance<DemoSealKeys>(portal.Services, register, production);
        await Should.ThrowAsync<InvalidOperationException>(() => keys.Current(TestContext.Current.CancellationToken));
        var check = await portal.InScope(services =>
            ActivatorUtilities.CreateInstance<LicenceInspection>(services, register).ByCode(receipt.VerifyCode, TestContext.Current.CancellationToken));
        check.Outcome.ShouldBe(LicenceOutcome.Altered);
    }

    [Fact]
    public async Task A_certificate_file_seals_and_its_licences_are_valid()
    {
        using var key = RSA.Create(2048);
        using var made = new CertificateRequest("CN=Test seal", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(TestSettings.Now.AddDays(-1), TestSettings.Now.AddDays(300));
        var path = Path.Combine(Path.GetTempPath(), $"seal-{Guid.NewGuid():N}.pfx");
        await System.IO.File.WriteAllBytesAsync(path, made.Export(X509ContentType.Pkcs12, "secret"), TestContext.Current.CancellationToken);
        var options = Options.Create(new LicencesOptions { Certificate = { Path = path, Password = "secret" } });
        using var keys = ActivatorUtilities.CreateInstance<CertificateFileSealKeys>(portal.Services, options);
        var certificate = await keys.Current(TestContext.Current.CancellationToken);
        System.IO.File.Delete(path);
        var file = PdfSignature.Append(LicencePrint.Print(Sheet()).File, certificate, TestSettings.Now, "示例");
        using var signer = PdfSignature.Check(file);
        SealCertificate.ThumbprintOf(signer!).ShouldBe(SealCertificate.ThumbprintOf(made));
        var known = await portal.InDatabase(db => SealRegister.Find(db, SealCertificate.ThumbprintOf(made), TestContext.Current.CancellationToken));
        known.ShouldNotBeNull().ProtectedKey.ShouldBeNull();
    }

    [Fact]
    public async Task Two_instances_seal_with_the_same_demo_certificate()
    {
        var ct = TestContext.Current.CancellationToken;
        var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
            ActivatorUtilities.CreateInstance<DemoSealKeys>(portal.Services).Current(ct))));
        keys.Select(SealCertificate.ThumbprintOf).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Another_reader_finds_the_signature_valid()
    {
        Assert.SkipUnless(System.IO.File.Exists("/usr/bin/pdfsig"), "pdfsig (poppler-utils) is not installed");
        var path = Path.Combine(Path.GetTempPath(), $"licence-{Guid.NewGuid():N}.pdf");
        await System.IO.File.WriteAllBytesAsync(path, await File((await Issue(SampleLicence.Of(Holder.Id))).Id), TestContext.Current.CancellationToken);
        using var run = Process.Start(new ProcessStartInfo("/usr/bin/pdfsig", ["-nocert", path]) { RedirectStandardOutput = true })!;
        var report = await run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        System.IO.File.Delete(path);
        report.ShouldContain("Signature is Valid");
        report.ShouldContain("ETSI.CAdES.detached");
        report.ShouldContain("Total document signed");
    }

    private static LicenceSheet Sheet() => new()
    {
        Title = "营业执照（电子）",
        NumberLabel = "统一社会信用代码",
        Number = "91410100MA00000000",
        Identifier = "1.2.156.3005.2.demo",
        VerifyCode = "7K3M9Q2TABCDEFGH",
        FactsHash = Convert.ToHexStringLower(SHA256.HashData([])),
        VerifyAddress = "https://portal.example/verify/7K3M9Q2TABCDEFGH",
        Issuer = "示例",
        IssuedOn = new DateOnly(2026, 11, 24),
        IssuedAt = new DateTimeOffset(2026, 11, 24, 2, 30, 0, TimeSpan.Zero),
        Facts = SampleLicence.Of(Guid.Empty).Facts,
        IsSample = true,
    };

    private Task<LicenceReceipt> Issue(IssueLicence request) => portal.As(SystemUser.Instance).Send(request);

    private Task<LicenceCheck> ByCode(LicenceReceipt receipt) => portal.As(AnonymousUser.Instance).Send(new VerifyLicence(receipt.VerifyCode));

    private Task<LicenceCheck> Verify(byte[] file) => portal.As(AnonymousUser.Instance).Send(new VerifyLicenceFile(new MemoryStream(file)));

    private async Task<byte[]> File(Guid id) => (await portal.As(Holder).Send(new DownloadLicence(id))).Content;
}
