using FluentValidation;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Tests.Identity;

public sealed class RealNameTests(IdentityHost host) : IClassFixture<IdentityHost>
{
    [Fact]
    public async Task A_verified_person_is_found_by_id_number_and_reads_the_own_profile()
    {
        var (phone, number) = (IdentityHost.NewPhone(), IdentityHost.NewIdNumber());
        var citizen = await host.NewVerifiedCitizen(number, phone);
        var profile = await host.As(citizen).Send(new GetMyProfile());
        profile.RealNameVerified.ShouldBeTrue();
        (profile.Name, profile.IdNumber, profile.Phone).ShouldBe(("演示甲", number, phone));
        profile.MaskedName.ShouldBe("演**");
        profile.ToString().ShouldNotContain(number);
        (await host.InScope(s => s.GetRequiredService<IPeople>().FindAccountByIdNumber(number, default))).ShouldBe(citizen.Id);
        (await host.InScope(s => s.GetRequiredService<IPeople>().FindAccountByPhone(phone, default))).ShouldBe(citizen.Id);
    }

    [Fact]
    public async Task One_id_number_belongs_to_one_account_however_many_ask_at_once()
    {
        var number = IdentityHost.NewIdNumber();
        var citizens = new List<TestUser>();
        for (var i = 0; i < 8; i++)
            citizens.Add(await host.NewCitizen());
        var results = await Task.WhenAll(citizens.Select(async citizen =>
        {
            try
            {
                await host.As(citizen).Send(new VerifyRealName { Name = "演示甲", IdNumber = number });
                return "";
            }
            catch (RefusedException refused)
            {
                return refused.Refusals.Single().Code;
            }
        }));
        results.Count(r => r.Length == 0).ShouldBe(1);
        results.Where(r => r.Length > 0).ShouldAllBe(r => r == "identity.id-number-taken");
    }

    [Fact]
    public async Task A_second_verification_of_the_same_account_is_refused()
    {
        var citizen = await host.NewVerifiedCitizen(IdentityHost.NewIdNumber());
        (await Refused.Code(() => host.As(citizen).Send(new VerifyRealName { Name = "演示乙", IdNumber = IdentityHost.NewIdNumber() })))
            .ShouldBe("identity.real-name-done");
    }

    [Theory]
    [InlineData("演示错", "identity.real-name-mismatch")]
    [InlineData("演示断", "identity.real-name-unavailable")]
    public async Task What_the_registry_does_not_confirm_is_not_stored(string name, string code)
    {
        var citizen = await host.NewCitizen();
        (await Refused.Code(() => host.As(citizen).Send(new VerifyRealName { Name = name, IdNumber = IdentityHost.NewIdNumber() }))).ShouldBe(code);
        (await host.As(citizen).Send(new GetMyProfile())).RealNameVerified.ShouldBeFalse();
    }

    [Fact]
    public async Task The_sixth_try_of_a_day_is_refused()
    {
        var citizen = await host.NewCitizen();
        for (var i = 0; i < 5; i++)
            await Refused.Code(() => host.As(citizen).Send(new VerifyRealName { Name = "演示错", IdNumber = IdentityHost.NewIdNumber() }));
        (await Refused.Code(() => host.As(citizen).Send(new VerifyRealName { Name = "演示甲", IdNumber = IdentityHost.NewIdNumber() })))
            .ShouldBe("identity.too-many-real-name-tries");
    }

    [Fact]
    public async Task A_wrong_check_digit_is_named_at_the_field()
    {
        var citizen = await host.NewCitizen();
        var number = IdentityHost.NewIdNumber();
        var wrong = number[..17] + (number[17] == '1' ? '2' : '1');
        (await Should.ThrowAsync<ValidationException>(() => host.As(citizen).Send(new VerifyRealName { Name = "演示甲", IdNumber = wrong })))
            .Errors.Single().PropertyName.ShouldBe(nameof(VerifyRealName.IdNumber));
    }
}
