using FluentValidation;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Tests.Identity;

public sealed class SignInCodeTests(IdentityHost host) : IClassFixture<IdentityHost>
{
    [Fact]
    public async Task The_first_sign_in_opens_the_account_and_the_next_one_finds_it()
    {
        var phone = IdentityHost.NewPhone();
        var first = await host.Send(new SignInWithCode { Phone = phone, Code = await host.NewCode(phone) });
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        var second = await host.Send(new SignInWithCode { Phone = $"+86 {phone}", Code = await host.NewCode(phone) });
        first.AccountId.ShouldNotBeNull();
        second.AccountId.ShouldBe(first.AccountId);
    }

    [Fact]
    public async Task The_account_and_the_outbox_hold_neither_number_nor_code_in_clear()
    {
        var phone = IdentityHost.NewPhone();
        await host.Send(new RequestSignInCode { Phone = phone });
        var payload = await host.InDatabase(db => db.Database.SqlQuery<string>($"SELECT string_agg(payload::text, '') AS \"Value\" FROM kernel.outbox").SingleAsync());
        await host.DrainOutbox();
        var code = new string([.. host.Sms.LastTo(phone).Where(char.IsAsciiDigit).Take(6)]);
        await host.Send(new SignInWithCode { Phone = phone, Code = code });
        var row = await host.InDatabase(db => db.Database.SqlQuery<string>($"SELECT string_agg(row_to_json(u)::text, '') AS \"Value\" FROM identity.users u").SingleAsync());
        payload.ShouldNotContain(code);
        payload.ShouldNotContain(phone);
        row.ShouldNotContain(phone);
        (await host.InDatabase(db => db.SignInCodes.CountAsync(c => c.CodeSecret != null && c.ClosedAt != null))).ShouldBe(0);
    }

    [Fact]
    public async Task A_code_is_used_once_however_many_ask_at_once()
    {
        var phone = IdentityHost.NewPhone();
        var code = await host.NewCode(phone);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => host.Send(new SignInWithCode { Phone = phone, Code = code })));
        outcomes.Count(o => o.AccountId is not null).ShouldBe(1);
    }

    [Fact]
    public async Task Many_guesses_at_once_get_five_tries_together()
    {
        var phone = IdentityHost.NewPhone();
        var code = await host.NewCode(phone);
        await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => host.Send(new SignInWithCode { Phone = phone, Code = IdentityHost.WrongCode(code) })));
        var right = await host.Send(new SignInWithCode { Phone = phone, Code = code });
        right.AccountId.ShouldBeNull();
        right.Refusal!.Code.ShouldBe("identity.locked-after-wrong-codes");
    }

    [Fact]
    public async Task The_fifth_try_may_still_be_the_right_one()
    {
        var phone = IdentityHost.NewPhone();
        var code = await host.NewCode(phone);
        for (var i = 0; i < 4; i++)
            (await host.Send(new SignInWithCode { Phone = phone, Code = IdentityHost.WrongCode(code) })).Refusal!.Code.ShouldBe("identity.wrong-code");
        (await host.Send(new SignInWithCode { Phone = phone, Code = code })).AccountId.ShouldNotBeNull();
    }

    [Fact]
    public async Task Five_wrong_tries_lock_the_number_for_a_quarter_of_an_hour_known_or_not()
    {
        foreach (var known in (bool[])[true, false])
        {
            var phone = IdentityHost.NewPhone();
            if (known)
                await host.NewCitizen(phone);
            host.Clock.Advance(TimeSpan.FromMinutes(2));
            var code = await host.NewCode(phone);
            for (var i = 0; i < 5; i++)
                await host.Send(new SignInWithCode { Phone = phone, Code = IdentityHost.WrongCode(code) });
            host.Clock.Advance(TimeSpan.FromMinutes(5));
            (await Refused.Code(() => host.Send(new RequestSignInCode { Phone = phone }))).ShouldBe("identity.locked-after-wrong-codes");
            host.Clock.Advance(TimeSpan.FromMinutes(11));
            await host.Send(new RequestSignInCode { Phone = phone });
        }
    }

    [Fact]
    public async Task A_code_ends_after_five_minutes()
    {
        var phone = IdentityHost.NewPhone();
        var code = await host.NewCode(phone);
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        (await host.Send(new SignInWithCode { Phone = phone, Code = code })).Refusal!.Code.ShouldBe("identity.wrong-code");
    }

    [Fact]
    public async Task A_new_code_closes_the_one_before()
    {
        var phone = IdentityHost.NewPhone();
        var old = await host.NewCode(phone);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var current = await host.NewCode(phone);
        (await host.Send(new SignInWithCode { Phone = phone, Code = old })).AccountId.ShouldBe(old == current ? Guid.Empty : null);
        (await host.Send(new SignInWithCode { Phone = phone, Code = current })).AccountId.ShouldNotBeNull();
    }

    [Fact]
    public async Task Of_many_requests_at_once_one_message_goes_out()
    {
        var phone = IdentityHost.NewPhone();
        await host.Send(new RequestSignInCode { Phone = IdentityHost.NewPhone() });
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            try
            {
                await host.Send(new RequestSignInCode { Phone = phone });
                return "";
            }
            catch (RefusedException refused)
            {
                return refused.Refusals.Single().Code;
            }
        }));
        await host.DrainOutbox();
        results.Count(r => r.Length == 0).ShouldBe(1);
        results.Where(r => r.Length > 0).ShouldAllBe(r => r == "identity.too-many-codes");
        host.Sms.CountTo(phone).ShouldBe(1);
    }

    [Fact]
    public async Task The_sixth_code_of_an_hour_and_the_eleventh_of_a_day_are_refused_and_the_next_day_starts_anew()
    {
        var phone = IdentityHost.NewPhone();
        for (var i = 0; i < 10; i++)
        {
            await host.Send(new RequestSignInCode { Phone = phone });
            host.Clock.Advance(TimeSpan.FromMinutes(1));
            if (i != 4)
                continue;
            (await Refused.Code(() => host.Send(new RequestSignInCode { Phone = phone }))).ShouldBe("identity.too-many-codes");
            host.Clock.Advance(TimeSpan.FromHours(1));
        }

        host.Clock.Advance(TimeSpan.FromHours(1));
        (await Refused.Code(() => host.Send(new RequestSignInCode { Phone = phone }))).ShouldBe("identity.too-many-codes");
        host.Clock.Advance(TimeSpan.FromDays(1));
        await host.Send(new RequestSignInCode { Phone = phone });
    }

    [Theory]
    [InlineData("")]
    [InlineData("12800000000")]
    [InlineData("1380000000")]
    [InlineData("<script>")]
    public async Task A_number_that_is_none_is_named_at_the_field(string phone) =>
        (await Should.ThrowAsync<ValidationException>(() => host.Send(new RequestSignInCode { Phone = phone })))
            .Errors.Single().PropertyName.ShouldBe(nameof(RequestSignInCode.Phone));
}
