using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Forms;
using GaoXin.Portal.Licences;

namespace GaoXin.Portal.Tests.Registration.Procedures;

/// <summary>一照多址: one licence with all addresses.</summary>
public sealed class OtherPremisesTests(ProcedureHost host) : IClassFixture<ProcedureHost>
{
    private const string Row = "otherPremises/r1/";

    [Fact]
    public async Task Further_premises_stand_on_the_next_licence_and_go_again()
    {
        var firm = await host.NewFirm();
        var draft = await Begin(firm);
        (await Premises(firm, draft)).ShouldBeEmpty();
        await Finish(firm, draft);
        await host.Done(firm.Leader, draft);
        var licence = (await host.Verify(await host.CurrentCode(firm))).Licence!;
        licence.Version.ShouldBe(2);
        licence.Facts.ShouldContain(new LicenceFact("经营场所（一）", "郑州高新区示例路 18 号传感谷 B 座 108 室"));

        var second = await Begin(firm);
        (await host.As(firm.Leader).Send(new GetFormPage(second, "premises"))).Fields.Single(f => f.Path == "otherPremises").Rows.Count.ShouldBe(1);
        (await host.Page(firm.Leader, second, "premises")).ShouldHaveSingleItem().Message.ShouldContain("和已经备案的一样");
        var shown = await host.As(firm.Leader).Send(new GetFormPage(second, "premises"));
        await host.As(firm.Leader).Send(new SaveFormPage { CaseId = second, PageId = "premises", Version = shown.Version, Values = new Dictionary<string, string?>(), Ask = PageAsk.RemoveRow, Target = "otherPremises/r1" });
        (await host.Page(firm.Leader, second, "premises")).ShouldBeEmpty();
        await Finish(firm, second);
        await host.Done(firm.Leader, second);
        (await host.Verify(await host.CurrentCode(firm))).Licence!.Facts.ShouldNotContain(f => f.Label.StartsWith("经营场所", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("otherPremises.licensed", "yes", "分公司")]
    [InlineData("otherPremises.division", "410105001", "高新区以内")]
    [InlineData("otherPremises.address", "郑州高新区演示大道 1 号云创园 2 号楼 1204 室", "和住所或前面的一行一样")]
    public async Task What_the_zones_rules_exclude_is_explained_at_its_field(string column, string value, string says)
    {
        var firm = await host.NewFirm();
        var problem = (await Premises(firm, await Begin(firm), (Row + column, value), (Row + "otherPremises.room", column.EndsWith("address", StringComparison.Ordinal) ? null : "108 室"))).ShouldHaveSingleItem();
        (problem.Path, problem.Message.Contains(says, StringComparison.Ordinal)).ShouldBe((Row + column, true), problem.Message);
    }

    private Task<IReadOnlyList<FieldProblem>> Premises(Firm firm, Guid draft, params (string Path, string? Value)[] changed)
    {
        var values = new Dictionary<string, string?>
        {
            [Row + "otherPremises.division"] = "410172560",
            [Row + "otherPremises.address"] = "郑州高新区示例路 18 号传感谷 B 座",
            [Row + "otherPremises.room"] = "108 室",
            [Row + "otherPremises.licensed"] = "no",
        };
        foreach (var (path, value) in changed)
            values[path] = value;
        return host.Page(firm.Leader, draft, "premises", [.. values.Select(v => (v.Key, v.Value))]);
    }

    private async Task<Guid> Begin(Firm firm)
    {
        var draft = await host.As(firm.Leader).Send(new StartCase("multi-address-filing"));
        (await host.Page(firm.Leader, draft, "entity")).ShouldBeEmpty();
        return draft;
    }

    private async Task Finish(Firm firm, Guid draft) =>
        (await host.Page(firm.Leader, draft, "commitment", ("commitment.otherPremises", "yes"), ("commitment.truthful", "yes"))).ShouldBeEmpty();
}
