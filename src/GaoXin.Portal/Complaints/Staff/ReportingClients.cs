using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Complaints.Staff;

/// <summary>The programs that may file complaints over the open interface (接口客户), newest first.</summary>
[ForStaff(Roles.SystemAdministrator, Roles.Auditor)]
public sealed record GetClients : IQuery<IReadOnlyList<ClientLine>>;

/// <summary>A registered program, with how many complaints it filed.</summary>
public sealed record ClientLine(Guid Id, string Name, int DailyLimit, DateTimeOffset RegisteredAt, DateTimeOffset? ClosedAt, int Filed);

/// <summary>登记接口客户. The answer is its key (api_key), shown this once.</summary>
[ForStaff(Roles.SystemAdministrator)]
public sealed record RegisterClient : ICommand<string>
{
    /// <summary>Which program, of whom.</summary>
    public string? Name { get; init; }

    /// <summary>Complaints a day, 1 to 100000.</summary>
    public int? DailyLimit { get; init; }
}

/// <summary>停用: the key is good for nothing from now on.</summary>
[ForStaff(Roles.SystemAdministrator)]
public sealed record CloseClient(Guid Id) : ICommand;

internal sealed class RegisterClientValidator : AbstractValidator<RegisterClient>
{
    public RegisterClientValidator()
    {
        RuleFor(c => c.Name).NotEmpty().WithMessage("请写是谁的什么程序。").MaximumLength(100).WithMessage("名称最多写 100 个字。");
        RuleFor(c => c.DailyLimit).NotNull().WithMessage("请填一天最多提交几件。").InclusiveBetween(1, 100_000).WithMessage("请填 1 到 100000 的数。");
    }
}

internal sealed class GetClientsHandler(PortalDbContext db) : IRequestHandler<GetClients, IReadOnlyList<ClientLine>>
{
    private const int Most = 200;

    public async Task<IReadOnlyList<ClientLine>> Handle(GetClients request, CancellationToken ct)
    {
        var complaints = db.Complaints;
        return await db.Set<ReportingClient>().AsNoTracking().OrderByDescending(c => c.Id).Take(Most)
            .Select(c => new ClientLine(c.Id, c.Name, c.DailyLimit, c.RegisteredAt, c.ClosedAt, complaints.Count(x => x.ClientId == c.Id))).ToListAsync(ct);
    }
}

internal sealed class RegisterClientHandler(PortalDbContext db, PersonalDataCipher cipher, ICurrentUser user, TimeProvider clock) : IRequestHandler<RegisterClient, string>
{
    public Task<string> Handle(RegisterClient request, CancellationToken ct)
    {
        var key = ReportingClient.NewKey();
        db.Add(new ReportingClient
        {
            Name = request.Name!.Trim(),
            KeyHash = ReportingClient.HashOf(cipher, key),
            DailyLimit = request.DailyLimit!.Value,
            RegisteredBy = user.Id,
            RegisteredAt = clock.GetUtcNow(),
        });
        return Task.FromResult(key);
    }
}

internal sealed class CloseClientHandler(PortalDbContext db, TimeProvider clock) : IRequestHandler<CloseClient, Unit>
{
    public async Task<Unit> Handle(CloseClient request, CancellationToken ct)
    {
        (await db.Set<ReportingClient>().SingleOrDefaultAsync(c => c.Id == request.Id, ct).OrNotFound("client")).Close(clock.GetUtcNow());
        return Unit.Value;
    }
}
