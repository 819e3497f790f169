using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Licences;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.Registration;
using GaoXin.Portal.TestKit;
using GaoXin.Portal.Tests.Cases;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Tests.Registration.Procedures;

/// <summary>A company in the register with its people: what procedures begin with.</summary>
internal sealed record Firm(string CreditCode, Guid EntityId, TestUser Leader, string LeaderNumber, (TestUser User, string Name, string IdNumber, string Phone) Partner, Guid Enterprise, string VerifyCode);

/// <summary>A host whose companies went through the real register and have a real licence.</summary>
public class ProcedureHost : CaseHost
{
    private static readonly byte[] Proof = "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"u8.ToArray();

    /// <summary>A company of two persons, sixty and forty of a hundred, or of one; the first leads it and acts for it.</summary>
    internal async Task<Firm> NewFirm(string scope = "YB1001,YB1101", bool sole = false)
    {
        var (leader, partner) = (await NewPerson(1980), await NewPerson(1985));
        var answers = Filing.Company().With("company.scope", scope)
            .WithAt("shareholders/r1/shareholder.idNo", leader.IdNumber).WithAt("shareholders/r1/shareholder.name", leader.Name)
            .WithAt("shareholders/r2/shareholder.idNo", partner.IdNumber).WithAt("shareholders/r2/shareholder.name", partner.Name);
        if (sole)
            answers = answers.WithRows("shareholders", [Filing.Person("r1", leader.Name, leader.IdNumber, "100")]).With("company.noSupervisor", "yes").With("supervisor.from", null);
        var setup = CompanySetup.Bind(answers, Clock.Today());
        return await Entered(result => result.Read(setup), leader, partner);
    }

    /// <summary>An individual business of one operator, with a name or without; the partner has nothing to do with it yet.</summary>
    internal async Task<Firm> NewShop(string scope = "YB1501", bool named = true)
    {
        var (leader, other) = (await NewPerson(1980), await NewPerson(1985));
        var answers = Filing.IndividualBusiness(named ? Filing.FreshTradeName() : null).With("company.scope", scope).With("company.premises.ownership", "rent").With("company.premises.area", "40")
            .With("operator.name", leader.Name).With("operator.idNo", leader.IdNumber).With("operator.phone", leader.Phone);
        var setup = IndividualBusinessSetup.Bind(answers, Clock.Today());
        return await Entered(result => result.Read(setup), leader, other);
    }

    private Task<Firm> Entered(Func<SetupResult, SetupRecord> filed, (TestUser User, string Name, string IdNumber, string Phone) leader, (TestUser User, string Name, string IdNumber, string Phone) partner) =>
        InScope(async services =>
        {
            var db = services.GetRequiredService<PortalDbContext>();
            var (result, mediator, caseId) = (services.GetRequiredService<SetupResult>(), services.GetRequiredService<IMediator>(), Guid.CreateVersion7());
            await using var transaction = await db.Database.BeginTransactionAsync();
            var record = filed(result);
            var entity = await services.GetRequiredService<Registrar>().Enter(record, caseId, default);
            await transaction.CommitAsync();
            var licence = await mediator.Send(result.Licence(record, entity, caseId, entity.EstablishedOn, [leader.User.Id]));
            var enterprise = await mediator.Send(new RegisterEnterprise { CreditCode = entity.CreditCode, Name = entity.Name ?? record.ListedAs, LegalRepresentativeIdNumber = leader.IdNumber });
            return new Firm(entity.CreditCode, entity.Id, leader.User.ActingFor(enterprise), leader.IdNumber, partner, enterprise, licence.VerifyCode);
        });

    /// <summary>A draft of 个转企 that is ready to be signed by the operator and, with a partner, by him too.</summary>
    internal async Task<Guid> Conversion(Firm shop, bool withPartner = false)
    {
        var draft = await As(shop.Leader).Send(new StartCase("individual-to-enterprise"));
        (await Page(shop.Leader, draft, "entity")).ShouldBeEmpty();
        (await Page(shop.Leader, draft, "name", ("company.name.industry", "商贸"))).ShouldBeEmpty();
        (await Page(shop.Leader, draft, "capital", ("company.capital", "100"))).ShouldBeEmpty();
        var group = (await As(shop.Leader).Send(new GetFormPage(draft, "shareholders"))).Fields.Single(f => f.Path == "shareholders");
        var first = $"shareholders/{group.Rows.Single().Id}/shareholder.";
        (string, string?)[] values = [(first + "subscribed", withPartner ? "60" : "100")];
        if (withPartner)
        {
            const string Second = "shareholders/r9/shareholder.";
            values = [.. values, (Second + "kind", "person"), (Second + "name", shop.Partner.Name), (Second + "idNo", shop.Partner.IdNumber), (Second + "phone", shop.Partner.Phone),
                (Second + "subscribed", "40"), (Second + "form", "money"), (Second + "dueDate", $"{Clock.Today().AddYears(4):yyyy-MM-dd}")];
        }

        (await Page(shop.Leader, draft, "shareholders", values)).ShouldBeEmpty();
        (await Page(shop.Leader, draft, "officers", ("company.noSupervisor", "yes"))).ShouldBeEmpty();
        (await Page(shop.Leader, draft, "commitment", ("commitment.conversion", "yes"), ("commitment.truthful", "yes"))).ShouldBeEmpty();
        return draft;
    }

    /// <summary>撤销决定 by a second person.</summary>
    internal async Task Revoke(Guid caseId)
    {
        await As(TestUsers.Staff(Roles.SeniorOfficer)).Send(new RevokeDecision(caseId, "提交的材料是伪造的，经核实撤销。"));
        await DrainOutbox();
    }

    /// <summary>Saves a page; what is prefilled stays. The answer is what is to mend.</summary>
    internal async Task<IReadOnlyList<FieldProblem>> Page(TestUser user, Guid draft, string page, params (string Path, string? Value)[] values)
    {
        var shown = await As(user).Send(new GetFormPage(draft, page));
        foreach (var material in shown.Materials.Where(m => m.Files.Count == 0))
            await As(user).Send(new UploadAttachment(draft, material.Material.Code, "演示.pdf", Proof));
        return [.. (await Save(user, draft, page, values)).Problems.Where(p => !p.IsWarning)];
    }

    /// <summary>Files with the signatures of these persons; the answer is the case.</summary>
    internal async Task<SubmittedCase> File(TestUser user, Guid draft, params TestUser[] signers)
    {
        var check = await As(user).Send(new GetCaseCheck(draft));
        check.Problems.Select(p => $"{p.Path}: {p.Message}").ShouldBeEmpty();
        check.Signers.Count(s => !s.IsApplicant).ShouldBe(signers.Length);
        if (signers.Length > 0)
            await As(user).Send(new RequestSignatures(draft));
        foreach (var signer in signers)
            await As(signer).Send(new SignCase(draft, check.ContentHash));
        var submitted = await As(user).Send(new SubmitCase(draft, check.ContentHash));
        await DrainOutbox();
        return submitted;
    }

    /// <summary>Files what the rules approve; the answer is the finished case.</summary>
    internal async Task<CaseTrack> Done(TestUser user, Guid draft, params TestUser[] signers)
    {
        var track = await As(user).Send(new GetCaseTrack((await File(user, draft, signers)).CaseId));
        (track.Case.State, track.Case.Outcome).ShouldBe((CaseState.Closed, CaseOutcome.Approved), string.Join('；', track.ReferReasons));
        track.Steps.ShouldContain(s => s.Title == "系统审核通过");
        return track;
    }

    internal async Task Approve(Guid caseId)
    {
        var desk = As(TestUsers.Officer());
        await desk.Send(new ClaimCase(caseId));
        await desk.Send(new AcceptCase(caseId));
        var referred = (await desk.Send(new GetCaseForReview(caseId))).Rules.Where(r => r.Outcome == RuleOutcome.Refer).Select(r => r.RuleId).ToList();
        await desk.Send(new DecideCase { CaseId = caseId, Decision = CaseAction.Approve, CheckedRules = referred });
        await DrainOutbox();
    }

    internal Task<LicenceCheck> Verify(string code) => Send(new VerifyLicence(code));

    /// <summary>The verify code of the current business licence.</summary>
    internal Task<string> CurrentCode(Firm firm) => InDatabase(db => db.IssuedLicences
        .Where(l => l.HolderKey == firm.CreditCode && l.Kind == SetupResult.LicenceKind && l.SupersededBy == null).Select(l => l.VerifyCode).SingleAsync());

    internal Task<MarketEntity> Entity(Firm firm) => InDatabase(db => db.MarketEntities.AsNoTracking().SingleAsync(e => e.Id == firm.EntityId));
}
