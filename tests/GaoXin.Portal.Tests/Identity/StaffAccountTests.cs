using System.Reflection;
using FluentValidation;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace GaoXin.Portal.Tests.Identity;

public sealed class StaffAccountTests(IdentityHost host) : IClassFixture<IdentityHost>
{
    private const string Password = "Demo-Password-2";
    private readonly UserSession _administrator = host.As(TestUsers.Staff(Roles.SystemAdministrator));

    [Fact]
    public async Task A_one_time_password_opens_nothing_but_its_own_replacement()
    {
        var (name, opened) = await Open(Roles.Officer);
        var first = await host.Send(new SignInStaff { AccountName = name, Password = opened.Password });
        (first.AccountId, first.MustReplacePassword).ShouldBe((opened.AccountId, true));
        await Should.ThrowAsync<NotFoundException>(() => host.Send(new OfferAuthenticator { AccountId = opened.AccountId }));
        (await Refused.Code(() => Replace(opened.AccountId, opened.Password))).ShouldBe("identity.same-password");
        await Should.ThrowAsync<ValidationException>(() => Replace(opened.AccountId, "tooweak"));
        await Replace(opened.AccountId, Password);
        (await host.Send(new SignInStaff { AccountName = name, Password = opened.Password })).AccountId.ShouldBeNull();
        (await host.Send(new SignInStaff { AccountName = name, Password = Password })).MustEnrol.ShouldBeTrue();
        await Should.ThrowAsync<NotFoundException>(() => Replace(opened.AccountId, "Another-Password-3"));
    }

    [Fact]
    public async Task A_one_time_password_ends_after_72_hours()
    {
        var (name, opened) = await Open(Roles.Officer);
        host.Clock.Advance(TimeSpan.FromHours(72));
        (await host.Send(new SignInStaff { AccountName = name, Password = opened.Password })).AccountId.ShouldBeNull();
        await Should.ThrowAsync<NotFoundException>(() => Replace(opened.AccountId, Password));
    }

    [Fact]
    public async Task A_reset_forgets_password_and_authenticator_and_stands_on_record()
    {
        var (name, opened) = await Open(Roles.Officer);
        await Replace(opened.AccountId, Password);
        var secret = (await host.Send(new OfferAuthenticator { AccountId = opened.AccountId })).Secret;
        await host.Send(new ConfirmStaffCode { AccountId = opened.AccountId, Code = Totp.Code(secret, host.Clock.GetUtcNow()) });
        var again = await _administrator.Send(new ResetStaffSignIn { AccountId = opened.AccountId });
        (await host.Send(new SignInStaff { AccountName = name, Password = Password })).AccountId.ShouldBeNull();
        (await host.Send(new SignInStaff { AccountName = name, Password = again.Password })).MustReplacePassword.ShouldBeTrue();
        var history = await host.As(TestUsers.Staff(Roles.Auditor)).Send(new GetStaffAccount(opened.AccountId));
        history.Account.HasSecondFactor.ShouldBeFalse();
        history.Changes.Select(c => c.Kind).ShouldBe([StaffAccountChangeKind.SignInReset, StaffAccountChangeKind.Opened]);
        await Should.ThrowAsync<PostgresException>(() => host.InDatabase(db => db.StaffAccountChanges.ExecuteDeleteAsync()));
    }

    [Fact]
    public async Task Deactivation_and_new_duties_change_the_stamp_that_sessions_hang_on()
    {
        var (name, opened) = await Open(Roles.Officer);
        var stamps = new HashSet<string?> { await Stamp(opened.AccountId) };
        await _administrator.Send(new ChangeStaffDuties { AccountId = opened.AccountId, DepartmentCode = "service-hall", Roles = [Roles.HallManager] });
        stamps.Add(await Stamp(opened.AccountId)).ShouldBeTrue();
        await _administrator.Send(new SetStaffActive { AccountId = opened.AccountId, Active = false });
        stamps.Add(await Stamp(opened.AccountId)).ShouldBeTrue();
        (await host.Send(new SignInStaff { AccountName = name, Password = opened.Password })).AccountId.ShouldBeNull();
        await _administrator.Send(new SetStaffActive { AccountId = opened.AccountId, Active = true });
        var shown = (await _administrator.Send(new GetStaffAccount(opened.AccountId))).Account;
        (shown.Active, shown.DepartmentCode, shown.Roles.Single()).ShouldBe((true, "service-hall", Roles.HallManager));
    }

    [Fact]
    public async Task Of_the_last_administrators_one_stays_however_many_leave_at_once()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 4; i++)
            ids.Add((await Open(Roles.SystemAdministrator)).Opened.AccountId);
        var results = await Task.WhenAll(ids.Select((id, i) => Outcome(i % 2 == 0
            ? new SetStaffActive { AccountId = id, Active = false }
            : new ChangeStaffDuties { AccountId = id, DepartmentCode = "information", Roles = [Roles.Officer] })));
        results.Count(r => r == "identity.last-administrator").ShouldBe(1);
        await Should.ThrowAsync<PostgresException>(() => host.InDatabase(db => db.StaffMembers.ExecuteUpdateAsync(s => s.SetProperty(x => x.Active, false))));
        await Should.ThrowAsync<PostgresException>(() => host.InDatabase(db => db.StaffMembers.ExecuteDeleteAsync()));
    }

    [Theory]
    [InlineData(Roles.SystemAdministrator, Roles.Officer)]
    [InlineData(Roles.Auditor, Roles.SeniorOfficer)]
    [InlineData(Roles.SystemAdministrator, Roles.Auditor)]
    public async Task Nobody_is_administrator_or_auditor_and_something_else(string one, string other)
    {
        await Should.ThrowAsync<ValidationException>(() => _administrator.Send(New("x-both", one, other)));
        await Should.ThrowAsync<ValidationException>(() =>
            _administrator.Send(new ChangeStaffDuties { AccountId = Guid.CreateVersion7(), DepartmentCode = "audit", Roles = [one, other] }));
    }

    [Fact]
    public void The_administrator_reads_no_cases_and_the_auditor_changes_nothing()
    {
        var (administrator, auditor, officer) = (TestUsers.Staff(Roles.SystemAdministrator), TestUsers.Staff(Roles.Auditor), TestUsers.Officer());
        var forStaff = Requests().Where(r => r.Access is ForStaffAttribute).ToList();
        var ofCases = forStaff.Where(r => r.Type.Namespace!.StartsWith("GaoXin.Portal.Cases", StringComparison.Ordinal)).ToList();
        ofCases.ShouldNotBeEmpty();
        ofCases.Where(r => r.Access.Admits(administrator)).Select(r => r.Type.Name).ShouldBeEmpty();
        ofCases.ShouldContain(r => r.Access.Admits(officer));
        // A read of personal data puts itself on record, and everybody changes the own password: nothing an auditor looks at.
        Type[] own = [typeof(RecordPersonalDataRead), typeof(ChangeMyPassword)];
        forStaff.Where(r => IsCommand(r.Type) && !own.Contains(r.Type) && r.Access.Admits(auditor)).Select(r => r.Type.Name).ShouldBeEmpty();
        forStaff.ShouldContain(r => r.Type == typeof(GetStaffAccounts) && r.Access.Admits(auditor));
    }

    [Theory]
    [InlineData(Roles.Auditor)]
    [InlineData(Roles.Officer)]
    public async Task Only_the_administrator_changes_accounts(string role)
    {
        var (_, opened) = await Open(Roles.Officer);
        var other = host.As(TestUsers.Staff(role));
        await Should.ThrowAsync<AccessDeniedException>(() => other.Send(new SetStaffActive { AccountId = opened.AccountId }));
        await Should.ThrowAsync<AccessDeniedException>(() => other.Send(new ResetStaffSignIn { AccountId = opened.AccountId }));
        await Should.ThrowAsync<AccessDeniedException>(() => other.Send(new ChangeStaffDuties { AccountId = opened.AccountId }));
    }

    private static bool IsCommand(Type type) => type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ICommand<>));

    private static IEnumerable<(Type Type, AccessAttribute Access)> Requests() =>
        from type in typeof(PortalServices).Assembly.GetTypes()
        let access = type.GetCustomAttribute<AccessAttribute>()
        where access is not null
        select (type, access);

    private async Task<string> Outcome(IRequest<Unit> change)
    {
        try
        {
            await _administrator.Send(change);
            return "";
        }
        catch (RefusedException refused)
        {
            return refused.Refusals.Single().Code;
        }
    }

    private Task<string?> Stamp(Guid account) => host.InDatabase(db => db.Users.Where(u => u.Id == account).Select(u => u.SecurityStamp).SingleAsync());

    private Task Replace(Guid account, string password) => host.Send(new ReplaceOneTimePassword { AccountId = account, Password = password });

    private async Task<(string Name, OneTimePassword Opened)> Open(params string[] roles)
    {
        var name = $"staff-{Guid.NewGuid():N}"[..20];
        return (name, await _administrator.Send(New(name, roles)));
    }

    private static CreateStaffAccount New(string name, params string[] roles) =>
        new() { AccountName = name, StaffNumber = name, Name = "演示员工", DepartmentCode = "market-regulation", Roles = roles };
}
