using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Tests.Identity;

public sealed class StaffSignInTests(IdentityHost host) : IClassFixture<IdentityHost>
{
    private const string Password = "Demo-Password-1";

    [Fact]
    public async Task A_new_member_of_staff_sets_up_the_authenticator_at_the_first_sign_in()
    {
        var name = await NewStaff();
        var first = await host.Send(new SignInStaff { AccountName = name, Password = Password });
        first.MustEnrol.ShouldBeTrue();
        var offer = await host.Send(new OfferAuthenticator { AccountId = first.AccountId!.Value });
        var again = await host.Send(new OfferAuthenticator { AccountId = first.AccountId!.Value });
        again.Secret.ShouldBe(offer.Secret);
        (await Confirm(first.AccountId.Value, Totp.Code(offer.Secret, host.Clock.GetUtcNow()))).AccountId.ShouldBe(first.AccountId);
        (await host.Send(new SignInStaff { AccountName = name, Password = Password })).MustEnrol.ShouldBeFalse();
        await Should.ThrowAsync<NotFoundException>(() => host.Send(new OfferAuthenticator { AccountId = first.AccountId!.Value }));
    }

    [Fact]
    public async Task An_authenticator_code_counts_once_however_many_use_it_at_once()
    {
        var (_, id, secret) = await Enrolled();
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var code = Totp.Code(secret, host.Clock.GetUtcNow());
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Confirm(id, code)));
        outcomes.Count(o => o.AccountId is not null).ShouldBe(1);
    }

    [Fact]
    public async Task Unknown_account_and_wrong_password_answer_alike_and_wait_alike()
    {
        var known = await Answers(await NewStaff());
        var unknown = await Answers($"nobody-{Guid.NewGuid():N}"[..20]);
        unknown.ShouldBe(known);
        known.Take(5).Distinct().ShouldBe(["identity.wrong-staff-sign-in"]);
        known.Skip(5).Distinct().ShouldBe(["identity.try-staff-sign-in-later"]);
    }

    [Fact]
    public async Task Many_wrong_passwords_at_once_get_five_tries_and_then_the_next_has_to_wait_longer_each_time()
    {
        var name = await NewStaff();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => host.Send(new SignInStaff { AccountName = name, Password = "Wrong-Password-1" })));
        outcomes.Count(o => o.Refusal!.Code == "identity.wrong-staff-sign-in").ShouldBe(5);
        foreach (var seconds in (int[])[30, 60, 120, 300, 600, 900, 900])
        {
            host.Clock.Advance(TimeSpan.FromSeconds(seconds - 1));
            (await Wrong(name)).ShouldBe("identity.try-staff-sign-in-later");
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            (await Wrong(name)).ShouldBe("identity.wrong-staff-sign-in");
        }

        host.Clock.Advance(TimeSpan.FromMinutes(15));
        (await host.Send(new SignInStaff { AccountName = name, Password = Password })).AccountId.ShouldNotBeNull();
    }

    [Fact]
    public async Task Strangers_in_many_networks_together_have_sixty_tries_an_hour()
    {
        var name = await NewStaff();
        var answers = new List<string>();
        for (var i = 0; i < 62; i++)
            answers.Add(await host.From($"10.0.{i}.1", () => Wrong(name)));
        answers.Count(a => a == "identity.wrong-staff-sign-in").ShouldBe(60);
        host.Clock.Advance(TimeSpan.FromHours(1));
        (await host.From("10.0.99.1", () => Wrong(name))).ShouldBe("identity.wrong-staff-sign-in");
    }

    [Fact]
    public async Task Wrong_codes_count_too_and_a_right_password_between_them_does_not_help()
    {
        var (name, id, secret) = await Enrolled();
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var right = Totp.Code(secret, host.Clock.GetUtcNow());
        for (var i = 0; i < 4; i++)
        {
            await host.Send(new SignInStaff { AccountName = name, Password = Password });
            (await Confirm(id, IdentityHost.WrongCode(right))).AccountId.ShouldBeNull();
        }

        (await Confirm(id, IdentityHost.WrongCode(right))).AccountId.ShouldBeNull();
        (await Confirm(id, right)).Refusal!.Code.ShouldBe("identity.try-staff-sign-in-later");
        (await host.Send(new SignInStaff { AccountName = name, Password = Password })).AccountId.ShouldBeNull();
    }

    [Fact]
    public void Codes_follow_the_test_vectors_of_RFC_6238()
    {
        const string Secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        Totp.Code(Secret, DateTimeOffset.FromUnixTimeSeconds(59)).ShouldBe("287082");
        Totp.Code(Secret, DateTimeOffset.FromUnixTimeSeconds(1111111109)).ShouldBe("081804");
        Totp.Code(Secret, DateTimeOffset.FromUnixTimeSeconds(20000000000)).ShouldBe("353130");
    }

    [Fact]
    public async Task Only_a_system_administrator_opens_staff_accounts() =>
        await Should.ThrowAsync<AccessDeniedException>(() => host.As(TestUsers.Staff(Roles.Officer)).Send(New("x-officer")));

    private async Task<string> Wrong(string name) => (await host.Send(new SignInStaff { AccountName = name, Password = "Wrong-Password-1" })).Refusal!.Code;

    private async Task<IReadOnlyList<string>> Answers(string name)
    {
        var answers = new List<string>();
        for (var i = 0; i < 8; i++)
            answers.Add(await Wrong(name));
        return answers;
    }

    private async Task<(string Name, Guid Id, string Secret)> Enrolled()
    {
        var name = await NewStaff();
        var id = (await host.Send(new SignInStaff { AccountName = name, Password = Password })).AccountId!.Value;
        var secret = (await host.Send(new OfferAuthenticator { AccountId = id })).Secret;
        (await Confirm(id, Totp.Code(secret, host.Clock.GetUtcNow()))).AccountId.ShouldBe(id);
        return (name, id, secret);
    }

    private async Task<string> NewStaff()
    {
        var name = $"staff-{Guid.NewGuid():N}"[..20];
        var opened = await host.As(TestUsers.Staff(Roles.SystemAdministrator)).Send(New(name));
        await host.Send(new ReplaceOneTimePassword { AccountId = opened.AccountId, Password = Password });
        return name;
    }

    private static CreateStaffAccount New(string name) => new()
    {
        AccountName = name,
        StaffNumber = name,
        Name = "演示审批员",
        DepartmentCode = "market-regulation",
        Roles = [Roles.Officer],
    };

    private Task<SignInOutcome> Confirm(Guid account, string code) => host.Send(new ConfirmStaffCode { AccountId = account, Code = code });
}
