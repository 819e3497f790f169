using System.IO.Compression;
using System.Text;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Forms;
using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Complaints;
using GaoXin.Portal.Complaints.Staff;
using GaoXin.Portal.Evaluation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Licences;
using GaoXin.Portal.TestKit;
using GaoXin.Portal.Web.Tests.Staff;
using Npgsql;

namespace GaoXin.Portal.Web.Tests.Security;

/// <summary>Files a company with two shareholders to its licence and a referred case to a reveal, then reads everything that was stored and logged.</summary>
public sealed class PlaintextSweepTests(StaffWeb web) : IClassFixture<StaffWeb>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_a_whole_filing_nothing_stored_or_logged_tells_a_name_a_number_or_a_phone()
    {
        var (founder, partner) = (await web.NewApplicant(), await web.NewApplicant());
        await Company(founder, partner);
        var desk = await web.NewDesk();
        var filed = await desk.File(proof: true);
        await web.DrainOutbox();
        await web.Browse(filed.Applicant.User).Get($"/cases/{filed.Id}");
        var officer = desk.Officer();
        await web.Browse(officer).Get($"/staff/work/{filed.Id}");
        await web.Send(new RevealValue(filed.Id, "t.idNo", "核对人口库里的号码"), officer);
        await web.DrainOutbox();

        Applicant[] people = [founder, partner, filed.Applicant];
        string[] secrets = [.. people.SelectMany(p => new[] { p.Name, p.IdNumber, p.Phone }).Distinct()];
        // The one name that the law makes public on a business licence: its legal representative (LicenceFact).
        (await Stored(secrets)).Except([$"licences.licences: {founder.Name}"]).ShouldBeEmpty();
        web.Log.Entries.Where(e => secrets.Any(s => $"{e.Message} {e.Exception}".Contains(s, StringComparison.Ordinal)))
            .Select(e => $"{e.Category} {e.EventId}").Distinct().ShouldBeEmpty();
    }

    [Fact]
    public async Task After_a_whole_complaint_nothing_stored_public_exported_or_logged_tells_who_asked()
    {
        const string Name = "演示壬某", Phone = "13744440001", Room = "3号楼2单元1204室";
        var filed = await web.Send(new FileComplaint
        {
            Kind = ComplaintKind.Grievance,
            Identity = IdentityMode.Named,
            Topic = "street-light",
            Text = $"我是{Name}，住{Room}，电话 {Phone}，楼下的路灯坏了三天。",
            Place = Room,
            Name = Name,
            Phone = Phone,
            MayPublish = true,
        }, AnonymousUser.Instance);
        await web.DrainOutbox();
        TestUser Staff(string role, string unit) => TestUsers.Staff(role) with { DepartmentCode = unit };
        var (handler, reviewer) = (Staff(Roles.ComplaintHandler, "urban-management"), Staff(Roles.ReplyReviewer, "service-hall"));
        await web.Send(new SignComplaint(filed.Id), handler);
        await web.Send(new LogContact(filed.Id, ContactManner.Phone, $"已和{Name}联系，电话 {Phone}。"), handler);
        await web.Send(new RevealReporter(filed.Id, "要打电话核对地址"), handler);
        await web.Send(new WriteReply(filed.Id, "您好，11 月 24 日已更换楼下路灯的灯头，全部亮起，请放心。", null), handler);
        var shown = await web.Send(new GetComplaintForStaff(filed.Id), reviewer);
        await web.Send(new ReviewReply { Id = filed.Id, Approve = true, PublicText = shown.PublicProposal, PublicReply = shown.PublicReplyProposal }, reviewer);
        await web.DrainOutbox();
        await web.Browse(handler).Get($"/staff/complaints/{filed.Id}");

        string[] secrets = [Name, Phone, Room];
        foreach (var reader in (PageClient[])[web.Browse(), web.Browse((await web.NewApplicant()).User)])
        {
            foreach (var address in await Public(filed))
            {
                using var answer = await reader.Send(new HttpRequestMessage(HttpMethod.Get, address));
                secrets.Where((await answer.Content.ReadAsStringAsync()).Contains).ShouldBeEmpty(address);
            }
        }

        (await web.Browse().Get("/complaints/outcomes")).MainText.ShouldContain("楼下的路灯坏了三天");
        var (month, supervisor) = (new DateOnly(2026, 11, 1), Staff(Roles.ComplaintSupervisor, "service-hall"));
        foreach (var export in (MediatR.IRequest<byte[]>[])[new ExportRateRows(month, ComplaintRate.OnTime, null, null), new ExportRates(month), new ExportTopics(month, null, null), new ExportTopics(month, null, TopicPart.Filed),
            new ExportSupervision(null, null), new ExportSupervision(SupervisedAs.Open, null)])
            secrets.Where((await Unpacked(await web.Send(export, supervisor))).Contains).ShouldBeEmpty(export.GetType().Name);
        (await Stored(secrets)).ShouldBeEmpty();
        web.Log.Entries.Where(e => secrets.Any(s => $"{e.Message} {e.Exception}".Contains(s, StringComparison.Ordinal)))
            .Select(e => $"{e.Category} {e.EventId}").Distinct().ShouldBeEmpty();
    }

    /// <summary>Every page and every answer of the interface that a stranger may ask for; what has a number gets the complaint's.</summary>
    private async Task<IReadOnlyList<string>> Public(FiledComplaint filed)
    {
        var pages = (await Routes.Of(web)).Where(p => p.IsPublic && p.Handlers.Any(h => h.Method == "Get")).Select(p => p.Address(filed.Id, filed.Id).Replace("SQ202611230000195", filed.Number, StringComparison.Ordinal));
        string[] answers =
        [
            "services.json", "services.xml", "requests.json", "requests.xml", $"requests/{filed.Id}.json", $"requests/{filed.Id}.xml",
        ];
        return [.. pages, .. answers.Select(a => $"/api/v1/open311/{a}"), "/openapi/v1.json", "/sitemap.xml", "/robots.txt"];
    }

    /// <summary>The texts of a table file: it is a packed folder.</summary>
    private static async Task<string> Unpacked(byte[] table)
    {
        var text = new StringBuilder();
        using var archive = new ZipArchive(new MemoryStream(table));
        foreach (var entry in archive.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            text.Append(await reader.ReadToEndAsync(Ct));
        }

        text.Length.ShouldBeGreaterThan(100);
        return text.ToString();
    }

    [Fact]
    public async Task After_a_rating_nothing_stored_public_exported_or_logged_tells_who_said_it_or_what_was_said()
    {
        const string Phone = "13744440002", Said = "窗口的演示癸某让我白跑三趟";
        var applicant = await web.NewApplicant();
        var about = new ServiceEvent
        {
            Kind = ServiceEventKind.Ticket,
            RootRef = Guid.CreateVersion7(),
            Stage = "end",
            Number = "C901",
            Unit = "housing-fund",
            Window = 7,
            Item = "sweep",
            ItemTitle = "测试事项",
            Channel = "hall",
            EndedAt = web.Clock.GetUtcNow(),
            Outcome = ServiceOutcome.Served,
            CitizenId = applicant.User.Id,
        };
        await web.InDatabase(db =>
        {
            db.Add(about);
            return db.SaveChangesAsync();
        });
        var token = await web.Send(new InviteMyself(about.Id, InvitationPurpose.Rate), applicant.User);
        var followUp = await web.Send(new RateService { Token = token, Level = RatingLevel.VeryDissatisfied, Identity = RaterIdentity.Named, Phone = Phone, Comment = Said }, AnonymousUser.Instance);
        await web.Send(new AddFollowUp { Token = followUp, Text = $"{Said}，电话 {Phone}。" }, AnonymousUser.Instance);
        await web.DrainOutbox();
        string[] secrets = [Phone, Said, applicant.Name, applicant.Phone, applicant.IdNumber, token, followUp];
        foreach (var page in (string[])["/evaluations", "/evaluations?month=2026-11&unit=housing-fund", "/evaluations/windows/7", "/evaluations/rate/0123456789abcdef0123456789abcdef"])
            secrets[..5].Where((await web.Browse().Get(page)).Html.Contains).ShouldBeEmpty(page);
        (await Stored(secrets)).Except([$"licences.licences: {applicant.Name}"]).ShouldBeEmpty();
        web.Log.Entries.Where(e => secrets.Any(s => $"{e.Message} {e.Exception}".Contains(s, StringComparison.Ordinal))).Select(e => $"{e.Category} {e.EventId}").Distinct().ShouldBeEmpty();
    }

    private async Task Company(Applicant founder, Applicant partner)
    {
        var id = await web.Send(new StartCase("company-setup"), founder.User);
        await Page("name", ("company.name.tradeName", "青鹮"), ("company.name.industry", "软件科技"));
        await Page("capital", ("company.capital", "100"));
        await Page("scope", ("company.scope", "YB1001"));
        await Page("address", ("company.premises.ownership", "park"), ("company.premises.address", "郑州高新区示例路 18 号传感谷 B 座"),
            ("company.premises.room", "1204 室"), ("company.premises.division", "410172560"), ("company.premises.area", "86.4"), ("commitment.premises", "yes"));
        await Save("shareholders", PageAsk.AddRow, ("shareholders/r1/shareholder.subscribed", "60"));
        await Page("shareholders", ("shareholders/r1/shareholder.subscribed", "60"), ("shareholders/r2/shareholder.kind", "person"), ("shareholders/r2/shareholder.name", partner.Name),
            ("shareholders/r2/shareholder.idNo", partner.IdNumber), ("shareholders/r2/shareholder.phone", partner.Phone), ("shareholders/r2/shareholder.subscribed", "40"));
        await Page("officers", ("supervisor.from", "r2"));
        await Page("seals", ("seals.wanted", "yes"));
        await Page("commitment", ("commitment.truthful", "yes"));
        await web.Send(new RequestSignatures(id), founder.User);
        await web.DrainOutbox();
        await web.Send(new SignCase(id, (await web.Send(new GetSignaturePage(id), partner.User)).ContentHash), partner.User);
        await web.Send(new SubmitCase(id, (await web.Send(new GetCaseCheck(id), founder.User)).ContentHash), founder.User);
        await web.DrainOutbox();
        (await web.Send(new GetMyLicences(), founder.User)).ShouldHaveSingleItem();

        async Task Page(string page, params (string, string?)[] values) =>
            (await Save(page, PageAsk.Save, values)).Problems.Where(p => !p.IsWarning).Select(p => $"{p.Path}: {p.Message}").ShouldBeEmpty();

        async Task<SavedFormPage> Save(string page, PageAsk ask, params (string Path, string? Value)[] values)
        {
            var shown = await web.Send(new GetFormPage(id, page), founder.User);
            return await web.Send(new SaveFormPage
            {
                CaseId = id,
                PageId = page,
                Version = shown.Version,
                Ask = ask,
                Target = ask == PageAsk.AddRow ? page : null,
                Values = values.ToDictionary(v => v.Path, v => v.Value),
            }, founder.User);
        }
    }

    /// <summary>The tables whose rows hold one of the texts, in clear or as bytes. Reads every table there is.</summary>
    private async Task<IReadOnlyList<string>> Stored(string[] secrets)
    {
        await using var connection = new NpgsqlConnection(web.Database.ConnectionString);
        await connection.OpenAsync(Ct);
        var found = new List<string>();
        var tables = await Read(connection, "SELECT format('%I.%I', table_schema, table_name) FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')");
        tables.Count.ShouldBeGreaterThan(20);
        foreach (var table in tables)
        {
            foreach (var row in await Read(connection, $"SELECT t::text FROM {table} t"))
                found.AddRange(secrets.Where(s => Holds(row, s)).Select(s => $"{table}: {s}"));
        }

        return [.. found.Distinct()];
    }

    private static bool Holds(string row, string secret) =>
        row.Contains(secret, StringComparison.Ordinal) || row.Contains(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(secret)), StringComparison.Ordinal);

    private static async Task<List<string>> Read(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var rows = new List<string>();
        while (await reader.ReadAsync(Ct))
            rows.Add(reader.GetString(0));
        return rows;
    }
}
