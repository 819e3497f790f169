using System.IO.Compression;
using System.Text;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Catalogue.Editing;
using GaoXin.Portal.Catalogue.Exchange;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using GaoXin.Portal.Tests.Catalogue.Editing;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Tests.Catalogue.Exchange;

public sealed class ExchangeTests(EditorsHost host) : IClassFixture<EditorsHost>
{
    private const string Head = "事项编码,事项名称,一句话说明,服务对象,实施部门,主题,事项类型,办件类型,承诺办结时限,法定办结时限\n";

    private static readonly TestUser Checker = EditorsHost.Person("演示编辑甲");

    [Theory]
    [InlineData(ExchangeFormat.Xlsx)]
    [InlineData(ExchangeFormat.Csv)]
    [InlineData(ExchangeFormat.Yaml)]
    public async Task What_was_exported_and_comes_back_unchanged_changes_nothing(ExchangeFormat format)
    {
        var exported = await host.Writer.Send(new ExportCatalogue(format));

        var import = await Check(exported.FileName, exported.Content);

        import.Report.Faults.ShouldBeEmpty();
        import.Report.Added.ShouldBeEmpty();
        import.Report.Changed.SelectMany(c => c.Changes).ShouldBeEmpty();
        import.Report.Missing.ShouldBeEmpty();
        import.Report.Unchanged.ShouldBe(exported.Items);
        (await Refused(() => host.As(Checker).Send(new WriteImport(import.Line.Id)))).ShouldBe("import.empty");
    }

    [Fact]
    public async Task A_dry_run_shows_what_is_added_changed_and_missing_and_writes_nothing()
    {
        var (known, added) = (await host.Published(title: "原来的名称"), EditorsHost.NewCode());
        var versions = await Versions();

        var import = await Check("a.csv", Row(known, "改过的名称") + Row(added, "新事项"));

        import.Report.Added.ShouldHaveSingleItem().Code.ShouldBe(added);
        import.Report.Changed.ShouldHaveSingleItem().Changes.ShouldHaveSingleItem().ShouldBe(new("事项名称", "原来的名称", "改过的名称"));
        import.Report.Missing.Select(m => m.Code).ShouldContain("elder-card");
        (await Versions()).ShouldBe(versions);
        (await host.InDatabase(db => db.ItemDrafts.CountAsync(d => d.Code == added))).ShouldBe(0);
    }

    [Theory]
    [InlineData("卫生健康委员会", "卫健委", "实施部门", "“卫健委”不在可选的词里")]
    [InlineData("行政确认", "行政确定", "事项类型", "“行政确定”不在可选的词里")]
    [InlineData(",3,10", ",三,10", "承诺办结时限", "“三”不是整数")]
    [InlineData(",3,10", ",30,10", "承诺办结时限", "承诺 30 个工作日，比法定的 10 天还长")]
    [InlineData("一句话。", "", "一句话说明", "没有填")]
    public async Task A_fault_names_row_column_and_fix_and_nothing_is_written(string old, string replacement, string column, string message)
    {
        var (good, bad) = (EditorsHost.NewCode(), EditorsHost.NewCode());

        var import = await Check("b.csv", Row(good, "好的事项") + Row(bad, "坏的事项").Replace(old, replacement, StringComparison.Ordinal));

        var fault = import.Report.Faults.Where(f => f.Column == column).ShouldHaveSingleItem();
        fault.Message.ShouldBe(message);
        (fault.Sheet, fault.Row, fault.Column).ShouldBe(("事项", 3, column));
        fault.Fix.ShouldNotBeNullOrEmpty();
        (await Refused(() => host.As(Checker).Send(new WriteImport(import.Line.Id)))).ShouldBe("import.faults");
        (await host.InDatabase(db => db.ItemDrafts.CountAsync(d => d.Code == good))).ShouldBe(0);
    }

    [Fact]
    public async Task Rows_of_materials_come_from_their_own_sheet_and_their_faults_too()
    {
        var code = await host.Published();
        var table = new Table("材料", ["事项编码", "材料编码", "材料名称", "来源渠道"],
            [new(2, [code, "form", "申请表", "系统生成"]), new(3, [code, "Bad Code", "证明", "天上掉下"]), new(4, ["nobody", "x", "y", ""])]);

        var faults = (await Check("c.xlsx", Workbooks.Write([table]))).Report.Faults;
        faults.Select(f => (f.Row, f.Column)).ShouldBe([(3, "来源渠道"), (3, "材料编码"), (4, "事项编码")], ignoreOrder: true);

        var good = await Check("d.xlsx", Workbooks.Write([table with { Rows = [table.Rows[0]] }]));
        good.Report.Changed.ShouldHaveSingleItem().Changes.ShouldHaveSingleItem().New.ShouldBe("form，申请表，系统生成");
    }

    [Fact]
    public async Task An_import_waits_for_the_second_person_and_is_published_in_one_step()
    {
        var (first, second) = (EditorsHost.NewCode(), EditorsHost.NewCode());
        var writer = host.Writer;
        var import = await Write(writer, Row(first, "甲事项") + Row(second, "乙事项"));
        (await host.Send(new GetServiceDefinition(first))).ShouldBeNull();
        (await Refused(() => writer.Send(new ApproveImport(import)))).ShouldBe("item.second-person");

        (await host.As(EditorsHost.Person("演示编辑乙")).Send(new ApproveImport(import))).ShouldBe(2);
        await host.DrainOutbox();

        (await host.Send(new GetServiceDefinition(second)))!.Title.ShouldBe("乙事项");
    }

    [Fact]
    public async Task An_undone_import_leaves_the_catalogue_as_it_was()
    {
        var (known, added) = (await host.Published(title: "原来的名称"), EditorsHost.NewCode());
        var import = await Write(host.Writer, Row(known, "导入的名称") + Row(added, "新事项"));
        await host.As(EditorsHost.Person("演示编辑乙")).Send(new ApproveImport(import));

        var undone = await host.As(EditorsHost.Person("演示编辑丙")).Send(new UndoImport(import));
        await host.DrainOutbox();

        undone.ShouldSatisfyAllConditions(u => u.Withdrawn.ShouldBe(2), u => u.Restored.ShouldBe(0), u => u.Kept.ShouldBeEmpty());
        (await host.Send(new GetServiceDefinition(known)))!.Title.ShouldBe("原来的名称");
        (await host.Send(new GetServiceDefinition(added))).ShouldBeNull();
        (await Refused(() => host.Writer.Send(new UndoImport(import)))).ShouldBe("import.not-now");
    }

    [Fact]
    public async Task A_version_that_a_case_uses_is_followed_by_the_old_content()
    {
        var (known, added) = (await host.Published(title: "原来的名称"), EditorsHost.NewCode());
        var import = await Write(host.Writer, Row(known, "导入的名称") + Row(added, "新事项"));
        await host.As(EditorsHost.Person("演示编辑乙")).Send(new ApproveImport(import));
        await host.Add(CaseOf(known, 2), CaseOf(added, 1));

        (await host.Writer.Send(new UndoImport(import))).Restored.ShouldBe(2);
        await host.DrainOutbox();

        var restored = await host.Send(new GetServiceDefinition(known));
        (restored!.Version, restored.Title).ShouldBe((3, "原来的名称"));
        (await host.Send(new GetServiceDefinition(known, 2)))!.Title.ShouldBe("导入的名称");
        (await host.Send(new GetServiceDefinition(added)))!.Cancelled.ShouldNotBeNull();
    }

    [Fact]
    public async Task What_somebody_is_changing_is_not_imported()
    {
        var code = await host.Published();
        await host.As(EditorsHost.Person("演示编辑丙")).Send(new StartItemDraft(code));

        (await Check("e.csv", Row(code, "别的名称"))).Report.Faults.ShouldHaveSingleItem().Message.ShouldContain("正由演示编辑丙修改");
    }

    [Fact]
    public async Task Items_missing_in_the_file_are_cancelled_only_when_asked_for()
    {
        var code = await host.Published(title: "要取消的事项");
        var exported = (await host.Writer.Send(new ExportCatalogue(ExchangeFormat.Xlsx))).Content;
        var without = Workbooks.Read(exported).Select(t => t with { Rows = [.. t.Rows.Where(r => r.Cells[0] != code)] }).ToList();
        var writer = host.Writer;

        var id = await writer.Send(new CheckImport { FileName = "f.xlsx", File = Workbooks.Write(without), MissingReason = "不再办理", MissingBasis = "演示通知" });
        await writer.Send(new WriteImport(id));
        await host.As(EditorsHost.Person("演示编辑乙")).Send(new ApproveImport(id));
        await host.DrainOutbox();

        (await host.Send(new GetServiceDefinition(code)))!.Cancelled!.Reason.ShouldBe("不再办理");
    }

    [Theory]
    [InlineData("x.xlsx", "not a workbook")]
    [InlineData("x.zip", "not a zip")]
    [InlineData("x.pdf", "%PDF")]
    public async Task A_file_that_can_not_be_read_says_so(string name, string content) =>
        (await Refused(() => Check(name, Encoding.UTF8.GetBytes(content)))).ShouldBe("import.not-readable");

    [Fact]
    public void A_cell_that_looks_like_a_formula_is_text_in_a_csv_file_and_comes_back()
    {
        var table = new Table("事项", ["事项编码", "x"], [new(2, ["a", "=1+1"]), new(3, ["b", "say \"hi\",\nthere"])]);

        var text = CsvFiles.Write(table);

        text.ShouldContain("'=1+1");
        CsvFiles.Read("事项", text).Rows.Select(r => r.Cells[1]).ShouldBe(["=1+1", "say \"hi\",\nthere"]);
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://x\")")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    public void A_cell_that_looks_like_a_formula_is_text_in_a_workbook_and_comes_back(string cell)
    {
        var file = Workbooks.Write([new Table("事项", ["事项编码", "x"], [new(2, ["a", cell])])]);

        using var zip = new ZipArchive(new MemoryStream(file));
        foreach (var entry in zip.Entries.Where(e => e.FullName.Contains("sheet", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(entry.Open());
            reader.ReadToEnd().ShouldNotMatch("<(x:)?f[ >]");
        }

        Workbooks.Read(file)[0].Rows[0].Cells[1].ShouldBe(cell);
    }

    [Fact]
    public async Task A_csv_file_as_Excel_in_China_saves_it_is_read()
    {
        var code = EditorsHost.NewCode();
        var gb = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

        var import = await Check("gb.csv", gb.GetBytes(Head + Row(code, "演示㙍事项")));

        import.Report.Faults.ShouldBeEmpty();
        import.Report.Added.ShouldHaveSingleItem().Title.ShouldBe("演示㙍事项");
    }

    [Fact]
    public async Task Unicode_text_is_refused_with_what_to_do() =>
        (await RefusedWith(() => Check("u.csv", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Head)]))).ShouldContain("CSV UTF-8");

    [Theory]
    [InlineData("bomb.zip")]
    [InlineData("bomb.xlsx")]
    public async Task A_file_that_unpacks_to_more_than_an_import_needs_is_refused(string name)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("xl/worksheets/sheet1.xml").Open();
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 101; i++)
                entry.Write(zeros);
        }

        (await RefusedWith(() => Check(name, stream.ToArray()))).ShouldContain("100 MB");
    }

    [Fact]
    public void A_sheet_with_a_cell_far_to_the_right_is_refused()
    {
        var headings = Enumerable.Range(0, 301).Select(i => $"列{i}").ToList();
        var file = Workbooks.Write([new Table("事项", headings, [new(2, [.. headings.Select(_ => "x")])])]);

        Should.Throw<RefusedException>(() => Workbooks.Read(file)).Refusals[0].Message.ShouldContain("300 列");
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{a: ", "}")]
    public async Task A_definition_whose_blocks_stand_in_each_other_without_end_is_a_fault(string open, string close)
    {
        var deep = "code: x\nsteps: " + string.Concat(Enumerable.Repeat(open, 100_000)) + string.Concat(Enumerable.Repeat(close, 100_000));

        (await Check("deep.yaml", Encoding.UTF8.GetBytes(deep))).Report.Faults.ShouldHaveSingleItem().Message.ShouldContain("more than 40 blocks");
    }

    [Fact]
    public async Task A_cell_with_a_book_in_it_is_a_fault_of_its_row()
    {
        var fault = (await Check("long.csv", Row(EditorsHost.NewCode(), new string('长', 4001)))).Report.Faults.First(f => f.Column == "事项名称");

        (fault.Row, fault.Fix).ShouldBe((2, "最多 4000 个字，请写短一些"));
    }

    [Fact]
    public async Task A_draft_of_an_import_stands_and_falls_with_it_and_only_who_checked_the_file_writes_it()
    {
        var code = EditorsHost.NewCode();
        var (writer, second) = (host.Writer, host.As(EditorsHost.Person("演示编辑乙")));
        var id = await writer.Send(new CheckImport { FileName = "import.csv", File = Encoding.UTF8.GetBytes(Head + Row(code, "甲事项")) });
        (await Refused(() => second.Send(new WriteImport(id)))).ShouldBe("import.not-yours");
        await writer.Send(new WriteImport(id));
        var draft = (await writer.Send(new GetCatalogueItem(code))).DraftId!.Value;

        (await Refused(() => second.Send(new ApproveItemDraft(draft)))).ShouldBe("item.part-of-import");
        (await Refused(() => writer.Send(new DiscardItemDraft(draft)))).ShouldBe("item.part-of-import");

        (await second.Send(new ApproveImport(id))).ShouldBe(1);
    }

    [Theory]
    [InlineData(ExchangeFormat.Xlsx)]
    [InlineData(ExchangeFormat.Csv)]
    public async Task An_empty_table_is_read_without_a_fault_and_says_what_may_be_written(ExchangeFormat format)
    {
        var template = await host.Writer.Send(new GetImportTemplate(format));

        var import = await Check(template.FileName, template.Content);

        import.Report.Faults.ShouldBeEmpty();
        (import.Report.Added.Count, import.Report.Changed.Count).ShouldBe((0, 0));
    }

    [Fact]
    public async Task The_example_of_a_definition_file_is_an_item_without_a_fault()
    {
        var template = await host.Writer.Send(new GetImportTemplate(ExchangeFormat.Yaml));

        var import = await Check(template.FileName, template.Content);

        import.Report.Faults.ShouldBeEmpty();
        import.Report.Added.ShouldHaveSingleItem().Code.ShouldBe("example-item");
    }

    [Fact]
    public async Task An_undo_says_beforehand_what_it_will_do()
    {
        var (known, added) = (await host.Published(title: "原来的名称"), EditorsHost.NewCode());
        var import = await Write(host.Writer, Row(known, "导入的名称") + Row(added, "新事项"));
        await host.As(EditorsHost.Person("演示编辑乙")).Send(new ApproveImport(import));
        await host.Add(CaseOf(known, 2));

        var plan = await host.Writer.Send(new PlanUndo(import));

        (plan.Withdrawn, plan.Restored).ShouldBe((1, 1));
        (await host.Writer.Send(new UndoImport(import))).ShouldSatisfyAllConditions(u => u.Withdrawn.ShouldBe(1), u => u.Restored.ShouldBe(1));
    }

    private static string Row(string code, string title) => $"{code},{title},一句话。,个人,卫生健康委员会,生育婚姻,行政确认,承诺件,3,10\n";

    private Task<ImportView> Check(string name, string rows) => Check(name, Encoding.UTF8.GetBytes(Head + rows));

    private async Task<ImportView> Check(string name, byte[] file)
    {
        var editor = host.As(Checker);
        return await editor.Send(new GetImport(await editor.Send(new CheckImport { FileName = name, File = file })));
    }

    private static async Task<Guid> Write(UserSession writer, string rows)
    {
        var id = await writer.Send(new CheckImport { FileName = "import.csv", File = Encoding.UTF8.GetBytes(Head + rows) });
        await writer.Send(new WriteImport(id));
        return id;
    }

    private Task<int> Versions() => host.InDatabase(db => db.ServiceVersions.CountAsync());

    private static GaoXin.Portal.Cases.Case CaseOf(string code, int version) => new()
    {
        ServiceCode = code,
        ServiceVersion = version,
        ServiceTitle = "演示事项",
        Handler = "generic",
        Department = "health",
        ApplicantId = Guid.CreateVersion7(),
        CreatedAt = DateTimeOffset.UtcNow,
        DraftKeptUntil = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(30),
    };

    private static async Task<string> RefusedWith(Func<Task> act) => (await Should.ThrowAsync<RefusedException>(act)).Refusals[0].Message;

    private static async Task<string> Refused(Func<Task> act) => (await Should.ThrowAsync<RefusedException>(act)).Refusals[0].Code;
}
