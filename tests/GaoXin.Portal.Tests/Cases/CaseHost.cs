using System.Globalization;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Tests.Cases;

/// <summary>A host in demo mode, so that shared data and seals have their local stand-ins. Every test makes persons of its own.</summary>
public class CaseHost : PortalHost
{
    private static int _person;

    internal const string Department = "civil-affairs";

    protected override void Configure(IDictionary<string, string?> settings) => settings["Portal:DemoMode"] = "true";

    /// <summary>A real-name citizen of an age.</summary>
    internal async Task<TestUser> NewCitizen(int born = 1950) => (await NewPerson(born)).User;

    /// <summary>The same with what others type about the person.</summary>
    internal async Task<(TestUser User, string Name, string IdNumber, string Phone)> NewPerson(int born)
    {
        const string Name = "演示丙";
        var serial = Interlocked.Increment(ref _person);
        var body = string.Create(CultureInfo.InvariantCulture, $"410102{born}{serial / 900 % 12 + 1:00}{serial / 900 / 12 % 28 + 1:00}{serial % 900 + 100:000}");
        var number = body + ResidentId.CheckCharacter(body);
        var phone = string.Create(CultureInfo.InvariantCulture, $"198{serial:00000000}");
        var user = await InScope(async services =>
        {
            var cipher = services.GetRequiredService<PersonalDataCipher>();
            var account = PortalUser.ForPhone(cipher.Protect(phone, PortalUser.PhonePurpose), cipher.Hash(phone, PortalUser.PhoneKind), TestSettings.Now);
            account.RealNameVerified(
                cipher.Protect(Name, PortalUser.NamePurpose), cipher.Protect(number, PortalUser.IdNumberPurpose),
                cipher.Hash(number, PortalUser.IdNumberKind), "test", TestSettings.Now);
            var db = services.GetRequiredService<PortalDbContext>();
            db.Add(account);
            await db.SaveChangesAsync();
            return TestUsers.Citizen(account.Id);
        });
        return (user, Name, number, phone);
    }

    /// <summary>A filled draft of the elder card, ready to submit.</summary>
    internal async Task<Guid> FilledCard(TestUser citizen)
    {
        var draft = await As(citizen).Send(new StartCase("elder-card"));
        await Save(citizen, draft, "person");
        (await Save(citizen, draft, "delivery", ("elder.delivery", "electronic"))).Problems.ShouldBeEmpty();
        return draft;
    }

    internal async Task<SavedFormPage> Save(TestUser citizen, Guid draft, string page, params (string Path, string? Value)[] values)
    {
        var shown = await As(citizen).Send(new GetFormPage(draft, page));
        return await As(citizen).Send(new SaveFormPage { CaseId = draft, PageId = page, Version = shown.Version, Values = values.ToDictionary(v => v.Path, v => v.Value) });
    }

    internal async Task<SubmittedCase> Submit(TestUser citizen, Guid draft)
    {
        var check = await As(citizen).Send(new GetCaseCheck(draft));
        check.Problems.ShouldBeEmpty();
        return await As(citizen).Send(new SubmitCase(draft, check.ContentHash));
    }
}
