using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Property;
using GaoXin.Portal.TestKit;
using GaoXin.Portal.Tests.Cases;

namespace GaoXin.Portal.Tests.Property;

/// <summary>What the forms of property registration refuse, and that every one of them can be filed.</summary>
public sealed class PropertyFormTests(PropertyHost host) : IClassFixture<PropertyHost>
{
    private const string Seller = "estate-sale-transfer";

    public static TheoryData<string> Others => ["estate-mortgaged-transfer", "estate-batch-transfer", "estate-first-registration", "estate-change", "mortgage-registration"];

    [Theory]
    [MemberData(nameof(Others))]
    public async Task Every_property_form_is_filed_and_decided(string code)
    {
        var service = (await host.Send(new GetServiceDefinition(code))).ShouldNotBeNull();
        var (citizen, number) = await host.NewPerson();
        var unit = host.Register(number, u => u.Mortgagee = code == "estate-mortgaged-transfer" ? "演示银行" : "");
        var answers = new ValidAnswers(host.Clock.Today(), LastChoices: false);
        var given = PropertyHost.Sale(unit, number);
        if (code == "estate-first-registration")
            given["property.unitNo"] = "410172009001GB00001F00010001";
        given["carried.withLoan"] = "no";
        var draft = await host.As(citizen).Send(new StartCase(code));
        foreach (var page in service.Pages)
        {
            var shown = await host.As(citizen).Send(new GetFormPage(draft, page.Id));
            foreach (var material in shown.Materials)
                await host.As(citizen).Send(new UploadAttachment(draft, material.Material.Code, "演示.pdf", "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"u8.ToArray()));
            var values = answers.For(shown);
            foreach (var key in values.Keys.Where(given.ContainsKey).ToList())
                values[key] = given[key];
            (await host.As(citizen).Send(new SaveFormPage { CaseId = draft, PageId = page.Id, Version = shown.Version, Values = values })).Problems.ShouldBeEmpty(page.Id);
        }

        var submitted = await host.Submit(citizen, draft);
        var desk = await host.Officer(submitted.CaseId);
        if (service.Clock.FromSigning)
            await desk.Send(new PreCheckCase(submitted.CaseId));
        await desk.Send(new AcceptCase(submitted.CaseId));
        await desk.Send(new DecideCase { CaseId = submitted.CaseId, Decision = CaseAction.Approve });
        await host.DrainOutbox();
        (await host.As(citizen).Send(new GetCaseTrack(submitted.CaseId))).Case.LicenceId.ShouldNotBeNull();
    }

    [Fact]
    public async Task What_the_register_says_against_it_is_told_at_the_field()
    {
        await Told("查封", "property.unitNo", u => u.SealedOn = new DateOnly(2026, 3, 16));
        await Told("异议", "property.unitNo", u => u.Objected = true);
        await Told("带押过户", "property.unitNo", u => u.Mortgagee = "演示银行");
        await Told("不是登记簿上的权利人", "propertySeller.idNo", u => u.OwnerIdNumbers = ["110105194912310021"]);
    }

    [Fact]
    public async Task Who_has_not_the_certificate_in_hand_learns_nothing_about_the_unit()
    {
        var (citizen, number) = await host.NewPerson();
        var unit = host.Register(number, u => u.SealedOn = new DateOnly(2026, 3, 16));
        var answers = PropertyHost.Sale(unit, number);
        answers["property.certificateNo"] = "豫（2024）郑州市不动产权第9999999号";

        var (_, problems) = await host.Fill(citizen, Seller, answers);

        problems.ShouldHaveSingleItem().Path.ShouldBe("property.certificateNo");
    }

    [Theory]
    [InlineData("41017200", "要 28 位，现在是 8 位")]
    [InlineData("410172001002GB00001W00010001", "后面八位要都是 0")]
    [InlineData("410172001002GB00001F99999999", "登记簿里没有这个单元号")]
    public async Task A_wrong_unit_number_is_explained(string typed, string expected)
    {
        var (citizen, number) = await host.NewPerson();
        var answers = PropertyHost.Sale(host.Register(number), number);
        answers["property.unitNo"] = typed;

        var (_, problems) = await host.Fill(citizen, Seller, answers);

        problems.ShouldContain(p => p.Path == "property.unitNo" && p.Message.Contains(expected));
    }

    [Fact]
    public async Task Co_owners_are_told_apart_and_their_shares_make_a_whole()
    {
        var (citizen, number) = await host.NewPerson();
        var answers = PropertyHost.Sale(host.Register(number), number);
        answers["property.shareForm"] = "shares";
        answers["propertyHolders/r1/propertyHolder.share"] = "1/3";
        answers["propertyHolders/r2/propertyHolder.name"] = "演示丙";
        answers["propertyHolders/r2/propertyHolder.idNo"] = "11010519491231002X";
        answers["propertyHolders/r2/propertyHolder.phone"] = "13800000001";
        answers["propertyHolders/r2/propertyHolder.share"] = "1/3";

        var (draft, problems) = await host.Fill(citizen, Seller, answers);
        problems.ShouldContain(p => p.Path == "propertyHolders/r2/propertyHolder.idNo" && p.Message.Contains("已经填过"));
        problems.ShouldContain(p => p.Path == "propertyHolders/r2/propertyHolder.share" && p.Message.Contains("正好是 1"));

        answers["propertyHolders/r2/propertyHolder.idNo"] = "410102198503120110";
        answers["propertyHolders/r2/propertyHolder.share"] = "2/3";
        (await host.Fill(citizen, Seller, answers)).Problems.ShouldBeEmpty();
        (await host.Submit(citizen, draft)).Number.ShouldNotBeNull();
    }

    [Fact]
    public async Task One_unit_has_one_case_of_a_kind_and_the_second_is_refused()
    {
        var (first, number) = await host.NewPerson();
        var (second, _) = await host.NewPerson();
        var unit = host.Register(number);
        var (early, none) = await host.Fill(second, Seller, PropertyHost.Sale(unit, number));
        none.ShouldBeEmpty();
        var check = await host.As(second).Send(new GetCaseCheck(early));
        var filed = await host.FileSale(first, unit, number);

        (await PropertyHost.CodeOf(() => host.As(second).Send(new SubmitCase(early, check.ContentHash)))).ShouldBe("case.not-ready");
        await host.As(first).Send(new WithdrawCase(filed.CaseId));
        (await host.Submit(second, early)).Number.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_register_that_does_not_answer_stops_nobody()
    {
        var (citizen, number) = await host.NewPerson();
        var unit = host.Register(number);
        host.RegisterIsSilent = true;
        try
        {
            var (draft, problems) = await host.Fill(citizen, Seller, PropertyHost.Sale(unit, number));
            problems.ShouldAllBe(p => p.IsWarning);
            var check = await host.As(citizen).Send(new GetCaseCheck(draft));
            (await host.As(citizen).Send(new SubmitCase(draft, check.ContentHash))).Number.ShouldNotBeNull();
        }
        finally
        {
            host.RegisterIsSilent = false;
        }
    }

    private async Task Told(string expected, string path, Action<RegisteredUnit> shape)
    {
        var (citizen, number) = await host.NewPerson();
        var (_, problems) = await host.Fill(citizen, Seller, PropertyHost.Sale(host.Register(number, shape), number));
        problems.ShouldContain(p => p.Path == path && p.Message.Contains(expected), expected);
    }
}
