using FluentValidation;
using GaoXin.Portal.Property;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Tests.Property;

/// <summary>Who may know whether a unit is sealed, and that every look is kept.</summary>
public sealed class SeizureTests(PropertyHost host) : IClassFixture<PropertyHost>
{
    private static readonly DateOnly Sealed = new(2026, 3, 16);

    [Fact]
    public async Task The_owner_sees_it_and_the_look_is_kept()
    {
        var (owner, number) = await host.NewPerson();
        var unit = host.Register(number, u => u.SealedOn = Sealed);

        var answer = await Look(owner, unit, SeizureGround.Holder);

        (answer.SealedOn, answer.Mortgaged, answer.Objected).ShouldBe((Sealed, false, false));
        var kept = (await host.As(owner).Send(new GetMySeizureLookUps())).ShouldHaveSingleItem();
        (kept.Answered, kept.MaskedUnit).ShouldBe((true, "410172 001002 GB00001 F********"));
    }

    [Fact]
    public async Task Somebody_else_needs_the_number_of_the_certificate_and_a_purpose()
    {
        var (_, number) = await host.NewPerson();
        var (buyer, _) = await host.NewPerson();
        var unit = host.Register(number, u => u.Mortgagee = "演示银行");

        (await Look(buyer, unit, SeizureGround.Buyer, unit.CertificateNo.Replace('（', '(').Replace('）', ')'))).Mortgaged.ShouldBeTrue();
        (await PropertyHost.CodeOf(() => Look(buyer, unit, SeizureGround.Buyer, "豫（2024）郑州市不动产权第9999999号"))).ShouldBe("property.certificate-differs");
        (await PropertyHost.CodeOf(() => Look(buyer, unit, SeizureGround.Holder))).ShouldBe("property.not-in-register");
        await Should.ThrowAsync<ValidationException>(() => Look(buyer, unit, SeizureGround.Buyer));
        await Should.ThrowAsync<ValidationException>(() => host.As(buyer).Send(new LookUpSeizure { UnitNumber = unit.Number, Ground = SeizureGround.Buyer, CertificateNo = unit.CertificateNo, Reason = "看" }));
        (await host.As(buyer).Send(new GetMySeizureLookUps())).Select(l => l.Answered).ShouldBe([false, false, true]);
    }

    [Fact]
    public async Task Guessing_ends_after_ten_looks_a_day_also_many_at_a_time()
    {
        var (_, number) = await host.NewPerson();
        var (curious, _) = await host.NewPerson();
        var unit = host.Register(number);

        var codes = await Task.WhenAll(Enumerable.Range(0, 14).Select(_ => PropertyHost.CodeOf(() => Look(curious, unit, SeizureGround.Buyer, "豫（2024）郑州市不动产权第9999999号"))));

        codes.Count(c => c == "property.looked-often").ShouldBe(4);
        host.Clock.Advance(TimeSpan.FromDays(1));
        (await Look(curious, unit, SeizureGround.Litigant, unit.CertificateNo)).SealedOn.ShouldBeNull();
    }

    private Task<SeizureAnswer> Look(TestUser user, RegisteredUnit unit, SeizureGround ground, string? certificate = null) =>
        host.As(user).Send(new LookUpSeizure { UnitNumber = unit.Number, Ground = ground, CertificateNo = certificate, Reason = "签买卖合同以前核对" });
}
