using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Licences;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.Registration;
using GaoXin.Portal.TestKit;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Tests.Registration;

/// <summary>From an approved case to the register, with the case engine's closing step recorded instead of run.</summary>
public sealed class EnterRegisterTests(EnterRegisterTests.Host host) : IClassFixture<EnterRegisterTests.Host>
{
    [Fact]
    public async Task An_approved_company_is_entered_once_with_code_name_seals_and_licence()
    {
        var (tradeName, caseId) = (Filing.FreshTradeName(), Guid.CreateVersion7());
        await Approve("registration.company", Filing.Company(tradeName), caseId, deliveries: 2);
        var entity = await host.InDatabase(db => db.MarketEntities.SingleAsync(e => e.CaseId == caseId, Ct));
        entity.Name.ShouldBe($"郑州{tradeName}智能科技有限公司");
        entity.Type.ShouldBe("有限责任公司（自然人投资或控股）");
        entity.Domicile.ShouldBe("郑州高新区演示大道 1 号云创园 2 号楼 1204 室");
        CreditCode.TryParse(entity.CreditCode, out var code).ShouldBeTrue();
        (code.SubjectCheckIsRight, entity.CreditCode[..10]).ShouldBe((true, "91410100MA"));
        (await host.InDatabase(db => db.SealOrders.CountAsync(o => o.EntityId == entity.Id && o.Free, Ct))).ShouldBe(1);
        (await host.InDatabase(db => db.MarketEntityVersions.CountAsync(v => v.EntityId == entity.Id && v.ValidTo == null, Ct))).ShouldBe(1);
        (await host.InDatabase(db => db.IssuedLicences.CountAsync(l => l.CaseId == caseId && l.HolderKey == entity.CreditCode, Ct))).ShouldBe(1);
        (await host.InDatabase(db => db.SetupApplications.AnyAsync(a => a.CaseId == caseId, Ct))).ShouldBeFalse();
        host.Completed.Count(c => c == caseId).ShouldBe(1);
    }

    [Fact]
    public async Task The_name_of_a_registered_company_is_held_for_good()
    {
        var (tradeName, caseId) = (Filing.FreshTradeName(), Guid.CreateVersion7());
        await Approve("registration.company", Filing.Company(tradeName), caseId);
        var held = await host.InDatabase(db => db.Names.SingleAsync(n => n.CaseId == caseId, Ct));
        (held.ExpiresOn, held.ReleasedAt, held.EntityId is not null).ShouldBe((null, null, true));
        await Should.ThrowAsync<RefusedException>(() => Submit("registration.company", Filing.Company(tradeName), Guid.CreateVersion7()));
    }

    [Fact]
    public async Task A_decision_after_the_two_months_still_enters_the_name_although_others_tried_to_take_it()
    {
        var (tradeName, caseId) = (Filing.FreshTradeName(), Guid.CreateVersion7());
        await Submit("registration.company", Filing.Company(tradeName), caseId);
        await host.InDatabase(db => db.Names.Where(n => n.CaseId == caseId)
            .ExecuteUpdateAsync(n => n.SetProperty(x => x.ExpiresOn, Filing.Today.AddDays(-1)), Ct));
        await Should.ThrowAsync<RefusedException>(() => Submit("registration.company", Filing.Company(tradeName), Guid.CreateVersion7()));

        await Deliver(new CaseDecided(caseId, "GX1", "company-setup", "registration.company", Approved: true, Automatic: false));

        (await host.InDatabase(db => db.MarketEntities.AnyAsync(e => e.CaseId == caseId, Ct))).ShouldBeTrue();
        (await host.InDatabase(db => db.Names.SingleAsync(n => n.CaseId == caseId && n.ReleasedAt == null, Ct))).ExpiresOn.ShouldBeNull();
    }

    [Fact]
    public async Task An_individual_business_may_be_entered_without_a_name()
    {
        var caseId = Guid.CreateVersion7();
        await Approve("registration.individual", Filing.IndividualBusiness(null), caseId);
        var entity = await host.InDatabase(db => db.MarketEntities.SingleAsync(e => e.CaseId == caseId, Ct));
        (entity.Name, entity.CreditCode[..2], entity.Type).ShouldBe((null, "92", "个体工商户（个人经营）"));
    }

    [Fact]
    public async Task A_refused_case_enters_nothing()
    {
        var caseId = Guid.CreateVersion7();
        await Submit("registration.company", Filing.Company(), caseId);
        await Deliver(new CaseDecided(caseId, "GX1", "company-setup", "registration.company", Approved: false, Automatic: false));
        (await host.InDatabase(db => db.MarketEntities.AnyAsync(e => e.CaseId == caseId, Ct))).ShouldBeFalse();
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task Approve(string handler, Answers answers, Guid caseId, int deliveries = 1)
    {
        await Submit(handler, answers, caseId);
        for (var i = 0; i < deliveries; i++)
            await Deliver(new CaseDecided(caseId, "GX1", "company-setup", handler, Approved: true, Automatic: true));
    }

    private Task Submit(string handler, Answers answers, Guid caseId) =>
        Transaction((services, _) => services.GetRequiredKeyedService<ICaseHandler>(handler).OnSubmitting(Filing.Case(answers, caseId), Ct));

    private Task Deliver(CaseDecided fact) => Transaction((services, _) => services.GetRequiredService<EnterRegister>().Handle(fact, Ct));

    private Task Transaction(Func<IServiceProvider, PortalDbContext, Task> work) => host.InScope(async services =>
    {
        var db = services.GetRequiredService<PortalDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(Ct);
        await work(services, db);
        await db.SaveChangesAsync(Ct);
        await transaction.CommitAsync(Ct);
    });

    public sealed class Host : PortalHost
    {
        public System.Collections.Concurrent.ConcurrentBag<Guid> Completed { get; } = [];

        /// <summary>Demo mode seals with a key of its own.</summary>
        protected override void Configure(IDictionary<string, string?> settings) => settings[$"{PortalOptions.Section}:DemoMode"] = "true";

        protected override void Configure(IServiceCollection services) =>
            services.AddScoped<IRequestHandler<CompleteCase, Unit>>(_ => new Recorder(Completed));
    }

    private sealed class Recorder(System.Collections.Concurrent.ConcurrentBag<Guid> completed) : IRequestHandler<CompleteCase, Unit>
    {
        public Task<Unit> Handle(CompleteCase request, CancellationToken ct)
        {
            completed.Add(request.CaseId);
            return Unit.Task;
        }
    }
}
