using System.Globalization;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Identity;

/// <summary>The persons and accounts of demo mode. Names are plainly demo; ID numbers are made here, with a right check character.</summary>
internal static class DemoPeople
{
    public const string Password = "GaoXin-Demo-2026";
    public const string TotpSecret = "GAOXINDEMOGAOXINDEMOGAOXINDEMOGA";
    public const string EnterpriseName = "郑州高新区演示软件有限公司";

    public static IReadOnlyList<DemoCitizen> Citizens { get; } =
    [
        Citizen("演示甲", 1, "19850312", 11), Citizen("演示乙", 2, "19900825", 22), Citizen("演示丙", 3, "19781130", 33),
        Citizen("演示丁", 4, "19950607", 44), Citizen("演示戊", 5, "19550101", 55),
    ];

    public static IReadOnlyList<DemoStaff> Staff { get; } =
    [
        new("officer", "D001", "演示审批员", "market-regulation", Roles.Officer),
        new("senior", "D002", "演示审批长", "market-regulation", Roles.SeniorOfficer),
        new("window", "D003", "演示窗口员", "market-regulation", Roles.WindowClerk),
        new("helper", "D009", "演示帮办员", "service-hall", Roles.Helper),
        new("helper-b", "D010", "演示帮办员乙", "service-hall", Roles.Helper),
        new("hall", "D004", "演示大厅管理员", "service-hall", Roles.HallManager),
        new("editor", "D005", "演示事项编辑", "service-hall", Roles.CatalogueEditor),
        new("editor2", "D008", "演示事项复核", "service-hall", Roles.CatalogueEditor),
        new("auditor", "D006", "演示审计员", "audit", Roles.Auditor),
        new("admin", "D007", "演示系统管理员", "information", Roles.SystemAdministrator),
        Officer("D011", "民政", "civil-affairs"), Officer("D012", "城管", "urban-management"), Officer("D013", "住建", "construction"),
        Officer("D014", "教育", "education-culture"), Officer("D015", "公安", "public-security"), Officer("D016", "退役军人", "veterans"),
        Officer("D017", "残联", "disabled-persons"), Officer("D018", "医保", "medical-insurance"), Officer("D019", "人社", "human-resources"),
        Officer("D020", "公积金", "housing-fund"), Officer("D021", "卫健", "health"), Officer("D022", "发改", "development"), Officer("D023", "不动产", "real-estate-registration"),
        Officer("D024", "资规", "natural-resources"), Officer("D025", "消防", "fire"),
        new("clerk", "D031", "演示受理员", "service-hall", Roles.ComplaintClerk),
        new("liaison", "D032", "演示联络员", "urban-management", Roles.UnitLiaison),
        new("handler", "D033", "演示承办员", "urban-management", Roles.ComplaintHandler),
        new("handler-b", "D034", "演示承办员乙", "urban-management", Roles.ComplaintHandler),
        new("reviewer", "D035", "演示审核员", "service-hall", Roles.ReplyReviewer),
        new("caller", "D036", "演示回访员", "service-hall", Roles.CallBackOfficer),
        new("supervisor", "D037", "演示督办员", "service-hall", Roles.ComplaintSupervisor),
        new("leader", "D051", "演示区领导", "service-hall", Roles.ZoneLeader),
        new("service-officer", "D052", "演示服务官", "industry", Roles.ServiceOfficer),
        new("service-officer-b", "D053", "演示服务官乙", "science", Roles.ServiceOfficer),
        new("hall-liaison", "D038", "演示大厅联络员", "service-hall", Roles.UnitLiaison),
        new("hall-handler", "D039", "演示大厅承办员", "service-hall", Roles.ComplaintHandler),
    ];

    public static string CreditCode { get; } = Kernel.CreditCode.Compose("91", "410100", "MADEM0AA").Code;

    /// <summary>An officer of a department that decides services online; the account is named like the department.</summary>
    private static DemoStaff Officer(string number, string department, string code) => new(code, number, $"演示{department}审批员", code, Roles.Officer);

    private static DemoCitizen Citizen(string name, int phone, string born, int sequence)
    {
        var body = string.Create(CultureInfo.InvariantCulture, $"410102{born}{sequence:000}");
        return new DemoCitizen(name, string.Create(CultureInfo.InvariantCulture, $"138{phone:00000000}"), body + ResidentId.CheckCharacter(body));
    }
}

internal sealed record DemoCitizen(string Name, string Phone, string IdNumber);

internal sealed record DemoStaff(string AccountName, string Number, string Name, string Department, string Role);

/// <summary>Opens the demo accounts at every start in demo mode; what is there stays as it is.</summary>
internal sealed class DemoAccounts(
    PortalDbContext db, IMediator mediator, PersonalDataCipher cipher, IPasswordHasher<PortalUser> hasher, IOptions<PortalOptions> options, TimeProvider clock)
    : IBootstrapStep
{
    private const long Lock = 0x1DE0;
    private string? _hash;

    public int Order => 20;

    public async Task Run(CancellationToken ct)
    {
        if (!options.Value.DemoMode)
            return;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Lock})", ct);
        foreach (var citizen in DemoPeople.Citizens)
            await Open(citizen, ct);
        foreach (var staff in DemoPeople.Staff)
            await Open(staff, ct);
        await db.SaveChangesAsync(ct);
        await OpenEnterprise(ct);
        await transaction.CommitAsync(ct);
    }

    private async Task Open(DemoCitizen citizen, CancellationToken ct)
    {
        var (now, hash) = (clock.GetUtcNow(), cipher.Hash(citizen.Phone, PortalUser.PhoneKind));
        if (await db.Users.AnyAsync(u => u.PhoneHash == hash, ct))
            return;
        var user = PortalUser.ForPhone(cipher.Protect(citizen.Phone, PortalUser.PhonePurpose), hash, now);
        user.RealNameVerified(cipher.Protect(citizen.Name, PortalUser.NamePurpose), cipher.Protect(citizen.IdNumber, PortalUser.IdNumberPurpose),
            cipher.Hash(citizen.IdNumber, PortalUser.IdNumberKind), "demo", now);
        db.Add(user);
    }

    private async Task Open(DemoStaff staff, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await db.StaffMembers.AnyAsync(s => s.StaffNumber == staff.Number, ct))
            return;
        var user = PortalUser.ForStaff(staff.AccountName, now);
        // One hash for all: hashing is slow on purpose, and everybody knows this password.
        user.PasswordHash = _hash ??= hasher.HashPassword(user, DemoPeople.Password);
        var member = new StaffMember { UserId = user.Id, StaffNumber = staff.Number, Name = staff.Name, DepartmentCode = staff.Department, Roles = [staff.Role] };
        member.OfferTotp(cipher.Protect(DemoPeople.TotpSecret, StaffMember.TotpPurpose));
        member.ConfirmTotp(now);
        db.AddRange(user, member);
    }

    /// <summary>演示甲 leads the demo enterprise, 演示乙 is its agent.</summary>
    private async Task OpenEnterprise(CancellationToken ct)
    {
        var (leader, agent, now, today) = (DemoPeople.Citizens[0], DemoPeople.Citizens[1], clock.GetUtcNow(), clock.Today());
        if (await db.Enterprises.AnyAsync(e => e.CreditCode == DemoPeople.CreditCode, ct))
            return;
        var id = await mediator.Send(new RegisterEnterprise
        {
            CreditCode = DemoPeople.CreditCode,
            Name = DemoPeople.EnterpriseName,
            LegalRepresentativeIdNumber = leader.IdNumber,
        }, ct);
        var idHash = cipher.Hash(agent.IdNumber, PortalUser.IdNumberKind);
        var accounts = await db.Users.Where(u => u.IdNumberHash != null).ToDictionaryAsync(u => Convert.ToHexString(u.IdNumberHash!), u => u.Id, ct);
        var authorisation = new EnterpriseAgent
        {
            EnterpriseId = id,
            PhoneHash = cipher.Hash(agent.Phone, PortalUser.PhoneKind),
            IdNumberHash = idHash,
            NameSecret = cipher.Protect(agent.Name, EnterpriseAgent.NamePurpose),
            ValidFrom = today,
            ValidTo = today.AddYears(1),
            GrantedBy = accounts[Convert.ToHexString(cipher.Hash(leader.IdNumber, PortalUser.IdNumberKind))],
            GrantedAt = now,
        };
        authorisation.Accept(accounts[Convert.ToHexString(idHash)], now);
        db.Add(authorisation);
        await db.SaveChangesAsync(ct);
    }
}

/// <summary>What the program prints in demo mode.</summary>
internal sealed class DemoAccountList : IDemoAccountList
{
    public IReadOnlyList<DemoAccount> Accounts { get; } =
    [
        .. DemoPeople.Citizens.Select(c => new DemoAccount(c.Name, "个人", c.Phone, "短信验证码，看 /demo/sms")),
        .. DemoPeople.Staff.Select(s => new DemoAccount(s.Name, s.Role, s.AccountName, $"{DemoPeople.Password} + 动态码，看 /demo/sms（密钥 {DemoPeople.TotpSecret}）")),
    ];
}
