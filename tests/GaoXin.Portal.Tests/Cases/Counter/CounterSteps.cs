using System.Text.RegularExpressions;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Counter;
using GaoXin.Portal.Cases.Helping;
using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Tests.Cases.Counter;

/// <summary>What happens at a 综窗, step by step, for the tests of filing there and of mending there.</summary>
internal static partial class CounterSteps
{
    public static async Task<TestUser> Sits(this CaseHost host, string hall)
    {
        var clerk = TestUsers.Staff(Roles.WindowClerk);
        await host.Sits(clerk, hall);
        return clerk;
    }

    public static Task Sits(this CaseHost host, TestUser clerk, string hall) => host.As(clerk).Send(new SitAtCounter { Hall = hall, Window = 3 });

    public static async Task<Guid> Opened(this CaseHost host, TestUser clerk, (TestUser User, string Name, string IdNumber, string Phone) person)
    {
        var sent = await host.As(clerk).Send(Ask(person));
        return (await host.As(clerk).Send(new OpenCounterFiling(sent, await host.CodeOf(person.Phone, "要代您填")))).CaseId ?? throw new InvalidOperationException("The code was refused.");
    }

    /// <summary>Fills the form as the clerk, in the applicant's pages.</summary>
    public static async Task Fill(this CaseHost host, TestUser clerk, Guid id)
    {
        await host.As(clerk).Send(new OpenForApplicant(id));
        await host.Save(clerk, id, "person");
        await host.Save(clerk, id, "delivery", ("elder.delivery", "electronic"));
    }

    public static async Task<CounterOutcome> Confirm(this CaseHost host, TestUser clerk, (TestUser User, string Name, string IdNumber, string Phone) person, Guid id)
    {
        await host.As(clerk).Send(new RequestSubmittingCode(id));
        return await host.As(clerk).Send(new ConfirmCounterFiling(id, await host.CodeOf(person.Phone, "请您确认")));
    }

    public static async Task<Guid> Submitted(this CaseHost host, TestUser clerk, (TestUser User, string Name, string IdNumber, string Phone) person, string? issuing = null)
    {
        var id = await host.Opened(clerk, person);
        await host.Fill(clerk, id);
        await host.As(clerk).Send(new ChooseIssuingHall(id, issuing));
        (await host.Confirm(clerk, person, id)).Refusal.ShouldBeNull();
        return id;
    }

    public static async Task<CaseForReview> Approve(this CaseHost host, Guid id)
    {
        var officer = TestUsers.Officer(CaseHost.Department);
        await host.As(officer).Send(new ClaimCase(id));
        return await host.Approve(officer, id);
    }

    /// <summary>The same by the officer who has the case.</summary>
    public static async Task<CaseForReview> Approve(this CaseHost host, TestUser officer, Guid id)
    {
        var review = await host.As(officer).Send(new GetCaseForReview(id));
        await host.As(officer).Send(new DecideCase { CaseId = id, Decision = CaseAction.Approve, CheckedRules = [.. review.Rules.Where(r => r.Outcome == GaoXin.Portal.Catalogue.RuleOutcome.Refer).Select(r => r.RuleId)] });
        await host.DrainOutbox();
        return review;
    }

    public static RequestFillingCode Ask((TestUser User, string Name, string IdNumber, string Phone) person) => Ask(person.Phone, person.Name, person.IdNumber);

    public static RequestFillingCode Ask(string phone, string name, string number) => new() { ServiceCode = "elder-card", Phone = phone, Name = name, IdNumber = number };

    public static async Task<string> Refusal<T>(this CaseHost host, TestUser who, MediatR.IRequest<T> request) =>
        (await Should.ThrowAsync<RefusedException>(() => host.As(who).Send(request))).Refusals[0].Code;

    /// <summary>The code of the newest message with these words.</summary>
    public static async Task<string> CodeOf(this CaseHost host, string phone, string words)
    {
        await host.DrainOutbox();
        return SixDigits().Match((await host.Messages(phone)).First(m => m.Contains(words, StringComparison.Ordinal))).Value;
    }

    public static async Task<IReadOnlyList<string>> Messages(this CaseHost host, string phone) =>
        [.. (await host.Send(new GetDemoMessages())).Where(m => m.Phone == Masking.Mobile(phone)).Select(m => m.Text)];

    [GeneratedRegex("(?<=验证码 )[0-9]{6}")]
    private static partial Regex SixDigits();
}
