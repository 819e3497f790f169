using System.Globalization;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Web.Tests.Staff;

/// <summary>The program with services of its own to review: each desk is a department with one service.</summary>
public sealed class StaffWeb : PortalWebFactory
{
    private int _serial;

    /// <inheritdoc />
    protected override bool DemoMode => true;

    /// <summary>A new department, nobody else's, with a service whose address rule always refers.</summary>
    public async Task<Desk> NewDesk()
    {
        var code = $"desk-{Interlocked.Increment(ref _serial)}";
        var now = Clock.GetUtcNow();
        await InDatabase(async db =>
        {
            db.Add(new ServiceVersion
            {
                Code = code,
                Version = 1,
                Hash = new string('0', 64),
                Content = DeskService.Content(code),
                EffectiveFrom = DeskService.Since,
                LoadedAt = now,
                Title = DeskService.Title,
                Summary = "测试用",
                Department = code,
                Theme = "start-business",
                Audiences = ["Person"],
            });
            db.Add(new RuleSetVersion { Code = code, Version = 1, Hash = new string('0', 64), Content = DeskService.Rules(code), EffectiveFrom = DeskService.Since, LoadedAt = now });
            return await db.SaveChangesAsync();
        });
        return new Desk(this, code);
    }

    /// <summary>A citizen with a real name and numbers of his own.</summary>
    public Task<Applicant> NewApplicant() => InScope(async services =>
    {
        var number = Interlocked.Increment(ref _serial);
        var phone = string.Create(CultureInfo.InvariantCulture, $"1395555{number:0000}");
        var body = string.Create(CultureInfo.InvariantCulture, $"41010219870605{number % 1000:000}");
        var idNumber = body + ResidentId.CheckCharacter(body);
        var cipher = services.GetRequiredService<PersonalDataCipher>();
        var now = Clock.GetUtcNow();
        var account = PortalUser.ForPhone(cipher.Protect(phone, PortalUser.PhonePurpose), cipher.Hash(phone, PortalUser.PhoneKind), now);
        account.RealNameVerified(cipher.Protect("演示甲乙", PortalUser.NamePurpose), cipher.Protect(idNumber, PortalUser.IdNumberPurpose),
            cipher.Hash(idNumber, PortalUser.IdNumberKind), "test", now);
        await InDatabase(db => { db.Add(account); return db.SaveChangesAsync(); });
        return new Applicant(TestUsers.Citizen(account.Id), "演示甲乙", idNumber, phone);
    });
}

/// <summary>A citizen and what must never be on a page of staff before it is revealed.</summary>
public sealed record Applicant(TestUser User, string Name, string IdNumber, string Phone);

/// <summary>A filed case.</summary>
public sealed record Filed(Guid Id, string Number, Applicant Applicant);

/// <summary>A department at work.</summary>
public sealed class Desk(StaffWeb web, string code)
{
    private const string Address = "演示大道 1 号";

    /// <summary>A new officer of the department.</summary>
    public TestUser Officer() => TestUsers.Officer(code);

    /// <summary>A new senior officer of the department.</summary>
    public TestUser Senior() => TestUsers.Staff(Roles.SeniorOfficer) with { DepartmentCode = code };

    /// <summary>Files a case through the citizen's commands: it is referred to an officer.</summary>
    public async Task<Filed> File(bool proof = false)
    {
        var applicant = await web.NewApplicant();
        var id = await web.Send(new StartCase(code), applicant.User);
        await Save(id, applicant, "person", ("t.name", applicant.Name), ("t.idNo", applicant.IdNumber), ("t.phone", applicant.Phone));
        await Save(id, applicant, "place", ("t.address", Address));
        if (proof)
            await web.Send(new UploadAttachment(id, "proof", "演示.pdf", "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"u8.ToArray()), applicant.User);
        return new Filed(id, await Submit(id, applicant), applicant);
    }

    /// <summary>Saves one page as the applicant.</summary>
    public async Task Save(Guid caseId, Applicant applicant, string page, params (string Path, string Value)[] values)
    {
        var shown = await web.Send(new GetFormPage(caseId, page), applicant.User);
        await web.Send(new SaveFormPage
        {
            CaseId = caseId,
            PageId = page,
            Version = shown.Version,
            Values = values.ToDictionary(v => v.Path, v => (string?)v.Value),
        }, applicant.User);
    }

    /// <summary>Submits as the applicant, the first time or after a correction.</summary>
    public async Task<string> Submit(Guid caseId, Applicant applicant)
    {
        var check = await web.Send(new GetCaseCheck(caseId), applicant.User);
        return (await web.Send(new SubmitCase(caseId, check.ContentHash), applicant.User)).Number;
    }
}

/// <summary>The stored form of a small service with personal data.</summary>
internal static class DeskService
{
    public const string Title = "演示登记";
    public static readonly DateOnly Since = new(2024, 1, 1);

    public static string Content(string code) => $$"""
        {
          "code": "{{code}}", "version": 1, "title": "{{Title}}", "summary": "测试用", "effective_from": "2024-01-01", "audiences": ["person"],
          "department": "{{code}}", "theme": "start-business", "handler": "generic", "rule_set": "{{code}}",
          "clock": {"promised_days": 3, "statutory_days": 20, "receipt_days": 5, "correction_days": 30, "special_procedures": [{"name": "公示"}]},
          "guide": {"visits": 0, "fee": "不收费"},
          "materials": [{"code": "proof", "title": "房屋使用证明", "source": "applicant", "necessity": "optional"}],
          "pages": [
            {"id": "person", "title": "您是谁？", "task": "填您是谁", "group": "人", "fields": [{"key": "t.name", "required": true}, {"key": "t.idNo"}, {"key": "t.phone"}]},
            {"id": "place", "title": "在哪里？", "task": "填地址", "group": "地", "fields": [{"key": "t.address", "required": true}], "materials": ["proof"]}
          ],
          "elements": [
            {"key": "t.name", "type": "person-name", "label": "经营者姓名", "sensitivity": "name"},
            {"key": "t.idNo", "type": "resident-id", "label": "经营者身份证号", "sensitivity": "id-number"},
            {"key": "t.phone", "type": "mobile", "label": "经营者手机号", "sensitivity": "phone"},
            {"key": "t.address", "type": "text", "label": "经营地址", "maximum_length": 100}
          ]
        }
        """;

    public static string Rules(string code) => $$"""
        {
          "set": "{{code}}", "version": 1, "effective_from": "2024-01-01",
          "rules": [
            {"id": "T-1", "title": "地址不用人看", "when": {"eq": ["t.address", "不用看"]}, "otherwise": "refer", "message": "地址要人工核对。", "basis": "测试依据第一条"},
            {"id": "T-2", "title": "地址不是空的", "when": {"not": {"eq": ["t.address", "无"] } }, "otherwise": "refer", "message": "没有地址。"}
          ]
        }
        """;
}
