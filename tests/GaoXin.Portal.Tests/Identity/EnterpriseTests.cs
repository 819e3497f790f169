using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace GaoXin.Portal.Tests.Identity;

public sealed class EnterpriseTests(IdentityHost host) : IClassFixture<IdentityHost>
{
    private static int _subject;

    [Fact]
    public async Task An_agent_acts_after_accepting_and_no_longer_after_revocation()
    {
        var (leader, enterprise) = await NewEnterprise();
        var (phone, number) = (IdentityHost.NewPhone(), IdentityHost.NewIdNumber());
        var agent = await host.NewVerifiedCitizen(number, phone);
        var id = await host.As(leader).Send(Authorise(enterprise, phone, number));
        (await Refused.Code(() => host.As(agent).Send(new ActFor { EnterpriseId = enterprise }))).ShouldBe("identity.not-authorised");
        (await host.As(agent).Send(new GetMyEnterprises())).Waiting.Single().Id.ShouldBe(id);
        await host.As(agent).Send(new AcceptAuthorisation { AuthorisationId = id });
        (await host.As(agent).Send(new ActFor { EnterpriseId = enterprise })).EnterpriseId.ShouldBe(enterprise);
        await host.As(leader).Send(new RevokeAgent { AuthorisationId = id });
        (await Refused.Code(() => host.As(agent).Send(new ActFor { EnterpriseId = enterprise }))).ShouldBe("identity.not-authorised");
    }

    [Fact]
    public async Task An_authorisation_ends_with_its_last_day_and_keeps_to_its_services()
    {
        var (leader, enterprise) = await NewEnterprise();
        var (phone, number) = (IdentityHost.NewPhone(), IdentityHost.NewIdNumber());
        var agent = await host.NewVerifiedCitizen(number, phone);
        var id = await host.As(leader).Send(Authorise(enterprise, phone, number) with { Services = ["company-change"], ValidTo = host.Clock.Today() });
        await host.As(agent).Send(new AcceptAuthorisation { AuthorisationId = id });
        (await MayActFor(agent.Id, enterprise, "company-change")).ShouldBeTrue();
        (await MayActFor(agent.Id, enterprise, "company-closing")).ShouldBeFalse();
        host.Clock.Advance(TimeSpan.FromDays(1));
        (await MayActFor(agent.Id, enterprise, "company-change")).ShouldBeFalse();
    }

    [Fact]
    public async Task Only_the_named_person_finds_the_authorisation()
    {
        var (leader, enterprise) = await NewEnterprise();
        var id = await host.As(leader).Send(Authorise(enterprise, IdentityHost.NewPhone(), IdentityHost.NewIdNumber()));
        var stranger = await host.NewVerifiedCitizen(IdentityHost.NewIdNumber());
        await Should.ThrowAsync<NotFoundException>(() => host.As(stranger).Send(new AcceptAuthorisation { AuthorisationId = id }));
        await Should.ThrowAsync<NotFoundException>(() => host.As(stranger).Send(new RevokeAgent { AuthorisationId = id }));
        (await Refused.Code(() => host.As(stranger).Send(Authorise(enterprise, IdentityHost.NewPhone(), IdentityHost.NewIdNumber()))))
            .ShouldBe("identity.not-legal-representative");
    }

    [Fact]
    public async Task Of_many_authorisations_of_one_person_at_once_one_stands()
    {
        var (leader, enterprise) = await NewEnterprise();
        var command = Authorise(enterprise, IdentityHost.NewPhone(), IdentityHost.NewIdNumber());
        await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            try
            {
                await host.As(leader).Send(command);
            }
            catch (RefusedException refused)
            {
                refused.Refusals.Single().Code.ShouldBe("identity.agent-already-authorised");
            }
        }));
        (await host.As(leader).Send(new GetMyEnterprises())).Enterprises.Single().Agents.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Registering_an_enterprise_twice_keeps_one_and_moves_the_legal_representative()
    {
        var (first, second) = (IdentityHost.NewIdNumber(), IdentityHost.NewIdNumber());
        var (old, current) = (await host.NewVerifiedCitizen(first), await host.NewVerifiedCitizen(second));
        var command = Register(first);
        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.As(TestUsers.System).Send(command)));
        ids.Distinct().Count().ShouldBe(1);
        await host.As(TestUsers.System).Send(command with { LegalRepresentativeIdNumber = second });
        (await MayActFor(old.Id, ids[0], null)).ShouldBeFalse();
        (await MayActFor(current.Id, ids[0], null)).ShouldBeTrue();
        await Should.ThrowAsync<AccessDeniedException>(() => host.As(old).Send(command));
    }

    [Fact]
    public async Task A_citizen_sees_who_read_the_data_and_nobody_can_change_the_record()
    {
        var citizen = await host.NewCitizen();
        await host.As(TestUsers.Officer()).Send(new RecordPersonalDataRead { SubjectAccountId = citizen.Id, Field = "身份证号", Reason = "核对申请人身份" });
        var read = (await host.As(citizen).Send(new GetReadsOfMyData())).Items.Single();
        (read.Field, read.Reason, read.StaffName).ShouldBe(("身份证号", "核对申请人身份", "演**"));
        await Should.ThrowAsync<FluentValidation.ValidationException>(() =>
            host.As(TestUsers.Officer()).Send(new RecordPersonalDataRead { SubjectAccountId = citizen.Id, Field = "身份证号", Reason = "看看" }));
        await Should.ThrowAsync<PostgresException>(() => host.InDatabase(db => db.PersonalDataReads.ExecuteDeleteAsync()));
        await Should.ThrowAsync<PostgresException>(() => host.InDatabase(db => db.PersonalDataReads.ExecuteUpdateAsync(r => r.SetProperty(x => x.Reason, "别的什么理由"))));
    }

    private Task<bool> MayActFor(Guid account, Guid enterprise, string? service) =>
        host.InScope(s => s.GetRequiredService<IPeople>().MayActFor(account, enterprise, service, default));

    private async Task<(TestUser Leader, Guid Enterprise)> NewEnterprise()
    {
        var number = IdentityHost.NewIdNumber();
        var leader = await host.NewVerifiedCitizen(number);
        return (leader, await host.As(TestUsers.System).Send(Register(number)));
    }

    private static RegisterEnterprise Register(string idNumber) => new()
    {
        CreditCode = CreditCode.Compose("91", "410100", $"MA{Interlocked.Increment(ref _subject):000000}").Code,
        Name = "郑州演示有限公司",
        LegalRepresentativeIdNumber = idNumber,
    };

    private AuthoriseAgent Authorise(Guid enterprise, string phone, string idNumber) => new()
    {
        EnterpriseId = enterprise,
        Name = "演示乙",
        Phone = phone,
        IdNumber = idNumber,
        ValidTo = host.Clock.Today().AddMonths(1),
    };
}
