using System.Globalization;
using GaoXin.Portal.Complaints;
using GaoXin.Portal.Complaints.Staff;
using GaoXin.Portal.Enterprise;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using GaoXin.Portal.Tests.Complaints;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Tests.Enterprise;

/// <summary>Visits and problems of enterprises, on the complaint engine.</summary>
public sealed class FirmTests(ComplaintHost host) : IClassFixture<ComplaintHost>
{
    private static readonly TestUser Officer = ComplaintHost.Staff(Roles.ServiceOfficer, "industry");
    private static readonly TestUser Other = ComplaintHost.Staff(Roles.ServiceOfficer, "science");
    private static int _serial;

    [Fact]
    public async Task A_problem_becomes_an_order_and_its_solution_conversion_and_call_back_are_counted_with_their_rows()
    {
        var officer = ComplaintHost.Staff(Roles.ServiceOfficer, "industry");
        var firm = await Take(officer);
        var visit = await host.As(officer).Send(new RecordVisit { FirmId = firm, On = new DateOnly(2026, 11, 20), Manner = VisitManner.OnSite, Note = "厂房扩建，想增加用电。" });
        var solved = await Raise(officer, firm, visit);
        await Raise(officer, firm, null);
        await Answer(solved, solvedIt: true);
        await host.As(officer).Send(new ConvertProblem(solved, ConversionWay.AtOnce, "当天增容，已通电"));

        var report = await host.As(officer).Send(new GetProblemRates(2026));
        var all = report.Rates[0];
        (report.Visits, report.Firms).ShouldBe((await host.InDatabase(db => db.FirmVisits.CountAsync()), await host.InDatabase(db => db.FirmVisits.Select(v => v.FirmId).Distinct().CountAsync())));
        (all.Counts[ProblemPart.Raised], all.Solved, all.Converted, all.CalledBack).ShouldBe((2, 50.0m, 50.0m, 100.0m));
        report.Rates.Count.ShouldBe(9);
        foreach (var rates in report.Rates)
        {
            foreach (var (part, count) in rates.Counts)
                (await host.As(officer).Send(new GetProblemRows(2026, part, rates.Category))).Items.Count.ShouldBe(count, $"{rates.Title} {part}");
        }

        var row = (await host.As(officer).Send(new GetProblemRows(2026, ProblemPart.Solved, null))).Items.ShouldHaveSingleItem();
        (row.Id, row.Officer, row.Stage, row.Conversion).ShouldBe((solved, officer.DisplayName, ProblemStage.Solved, ConversionWay.AtOnce));
        row.DueOn.ShouldBeGreaterThan(new DateOnly(2026, 11, 20));
        (await host.Load(solved)).Channel.ShouldBe(ComplaintChannel.EnterpriseVisit);
    }

    [Fact]
    public async Task What_is_called_back_as_unsolved_is_not_solved_and_what_is_withdrawn_counts_nowhere()
    {
        var officer = ComplaintHost.Staff(Roles.ServiceOfficer, "industry");
        var firm = await Take(officer);
        await Answer(await Raise(officer, firm, null), solvedIt: false);
        var dropped = await Raise(officer, firm, null);
        await host.InDatabase(async db =>
        {
            db.Raise(new ComplaintEnded(dropped, "x", nameof(ComplaintState.Withdrawn)), host.Clock.GetUtcNow());
            return await db.SaveChangesAsync();
        });
        await host.DrainOutbox();
        var counts = (await host.As(officer).Send(new GetProblemRates(2026))).Rates[0].Counts;
        (counts[ProblemPart.Raised], counts[ProblemPart.Solved], counts[ProblemPart.CalledBack], counts[ProblemPart.Excluded]).ShouldBe((1, 0, 1, 1));
        (await Refused(new ConvertProblem(dropped, ConversionWay.AtOnce, null), officer)).ShouldBe("enterprise.dropped");
    }

    [Fact]
    public async Task An_enterprise_has_one_officer_and_somebody_elses_is_not_found()
    {
        var (code, name) = NewFirm();
        var firm = await host.As(Officer).Send(new TakeFirm { CreditCode = code, Name = name, Phone = host.NewPhone() });
        (await Refused(new TakeFirm { CreditCode = code, Name = name, Phone = host.NewPhone() }, Other)).ShouldBe("enterprise.taken-already");
        (await Refused(new TakeFirm { CreditCode = code, Name = "另一个名字", Phone = host.NewPhone() }, Other)).ShouldBe("enterprise.other-name");
        await Should.ThrowAsync<NotFoundException>(() => host.As(Other).Send(new GetFirm(firm)));
        await Should.ThrowAsync<NotFoundException>(() => host.As(Other).Send(new RecordVisit { FirmId = firm, On = new DateOnly(2026, 11, 20), Manner = VisitManner.Phone, Note = "电话问了情况。" }));
        await Should.ThrowAsync<NotFoundException>(() => Raise(Other, firm, null));
        await Should.ThrowAsync<NotFoundException>(() => host.As(Other).Send(new ReleaseFirm(firm)));
        await Should.ThrowAsync<AccessDeniedException>(() => host.As(ComplaintHost.Handler).Send(new GetFirms()));
        await host.As(ComplaintHost.Supervisor).Send(new ReleaseFirm(firm));
        (await host.As(Other).Send(new TakeFirm { CreditCode = code, Name = name, Phone = host.NewPhone() })).ShouldBe(firm);
    }

    [Fact]
    public async Task Many_officers_at_once_leave_one()
    {
        var (code, name) = NewFirm();
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            try
            {
                await host.As(ComplaintHost.Staff(Roles.ServiceOfficer, "industry")).Send(new TakeFirm { CreditCode = code, Name = name, Phone = $"1388888000{i}" });
                return true;
            }
            catch (RefusedException)
            {
                return false;
            }
        }));
        taken.Count(t => t).ShouldBe(1);
    }

    [Fact]
    public async Task The_enterprise_sees_its_officer_and_problems_and_nobody_elses()
    {
        var phone = host.NewPhone();
        var (code, name, leader) = await Led();
        var firm = await host.As(Officer).Send(new TakeFirm { CreditCode = code, Name = name, Phone = phone });
        var problem = await Raise(Officer, firm, null);
        await Raise(Officer, await Take(Officer), null);
        var mine = (await host.As(leader).Send(new GetMyFirms())).ShouldHaveSingleItem();
        (mine.Officer, mine.Phone).ShouldBe((Officer.DisplayName, phone));
        mine.Problems.ShouldHaveSingleItem().Id.ShouldBe(problem);
        (await host.As(TestUsers.Citizen()).Send(new GetMyFirms())).ShouldBeEmpty();
        (await host.InDatabase(db => db.Firms.Where(f => f.Id == firm).Select(f => f.ProtectedOfficerPhone).SingleAsync())).ShouldNotBe(System.Text.Encoding.UTF8.GetBytes(phone));
    }

    [Fact]
    public void The_categories_are_the_eight_of_the_zone()
    {
        string[] eight = ["政策落实", "产业能级", "创新能力", "招商引资", "企业成长", "数字赋能", "管理经营", "要素保障"];
        ComplaintParts.Topics.Where(t => t.Parent == ComplaintTopic.Enterprise).Select(t => t.Title).ShouldBe(eight);
    }

    /// <summary>An enterprise of the portal with its legal representative.</summary>
    private Task<(string Code, string Name, TestUser Leader)> Led() => host.InScope(async services =>
    {
        const string Body = "41010219870605991";
        var (idNumber, phone, (code, name)) = (Body + ResidentId.CheckCharacter(Body), host.NewPhone(), NewFirm());
        var cipher = services.GetRequiredService<PersonalDataCipher>();
        var account = PortalUser.ForPhone(cipher.Protect(phone, PortalUser.PhonePurpose), cipher.Hash(phone, PortalUser.PhoneKind), TestSettings.Now);
        account.RealNameVerified(cipher.Protect("演示甲", PortalUser.NamePurpose), cipher.Protect(idNumber, PortalUser.IdNumberPurpose), cipher.Hash(idNumber, PortalUser.IdNumberKind), "test", TestSettings.Now);
        await host.Add(account);
        await host.As(SystemUser.Instance).Send(new RegisterEnterprise { CreditCode = code, Name = name, LegalRepresentativeIdNumber = idNumber });
        return (code, name, TestUsers.Citizen(account.Id));
    });

    private static (string Code, string Name) NewFirm()
    {
        var number = Interlocked.Increment(ref _serial);
        return (CreditCode.Compose("91", "410100", string.Create(CultureInfo.InvariantCulture, $"MAT{number:00000}")).Code, $"郑州高新区测试第{number}有限公司");
    }

    private async Task<Guid> Take(TestUser officer)
    {
        var (code, name) = NewFirm();
        return await host.As(officer).Send(new TakeFirm { CreditCode = code, Name = name, Phone = host.NewPhone() });
    }

    private async Task<Guid> Raise(TestUser officer, Guid firm, Guid? visit)
    {
        var number = await host.As(officer).Send(new RaiseProblem
        {
            FirmId = firm,
            VisitId = visit,
            Category = "enterprise-digital",
            Text = "设备联网改造，想找数字化服务商对接。",
            ContactName = "演示己某",
            ContactPhone = host.NewPhone(),
        });
        await host.DrainOutbox();
        return await host.InDatabase(db => db.FirmProblems.Where(p => p.Number == number).Select(p => p.Id).SingleAsync());
    }

    private async Task Answer(Guid id, bool solvedIt)
    {
        var handler = ComplaintHost.Staff(Roles.ComplaintHandler, "information");
        await host.As(handler).Send(new SignComplaint(id));
        await host.As(handler).Send(new LogContact(id, ContactManner.Phone, "已和企业联系，约好上门。"));
        await host.As(handler).Send(new WriteReply(id, "您好，11 月 24 日已对接两家服务商，方案和报价都发给了企业，本周内上门勘察。", null));
        await host.As(ComplaintHost.Reviewer).Send(new ReviewReply { Id = id, Approve = true });
        await host.DrainOutbox();
        await host.As(ComplaintHost.Caller).Send(new RecordCall { Id = id, Reached = true, Solved = solvedIt, Satisfied = solvedIt });
        await host.DrainOutbox();
    }

    private async Task<string> Refused<T>(MediatR.IRequest<T> request, TestUser user) => (await Should.ThrowAsync<RefusedException>(() => host.As(user).Send(request))).Refusals[0].Code;
}
