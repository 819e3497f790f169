using FluentValidation;
using GaoXin.Portal.Complaints;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Enterprise;

/// <summary>记问题: what an enterprise needs becomes an order on the complaint engine, with its clocks, two-person reply and call-back. By its 首席服务官.</summary>
[ForStaff(Roles.ServiceOfficer)]
public sealed record RaiseProblem : ICommand<string>
{
    /// <summary>The enterprise.</summary>
    public Guid FirmId { get; init; }

    /// <summary>At which visit.</summary>
    public Guid? VisitId { get; init; }

    /// <summary>One of the eight (八项服务).</summary>
    public string? Category { get; init; }

    /// <summary>问题.</summary>
    public string? Text { get; init; }

    /// <summary>企业联系人.</summary>
    public string? ContactName { get; init; }

    /// <summary>联系人的手机号: for the call-back, and to look the order up.</summary>
    public string? ContactPhone { get; init; }

    /// <summary>The name only.</summary>
    public override string ToString() => nameof(RaiseProblem);
}

/// <summary>写转化: what became of the problem beyond the single case.</summary>
[ForStaff(Roles.ServiceOfficer)]
public sealed record ConvertProblem(Guid Id, ConversionWay? Way, string? Note) : ICommand;

internal sealed class RaiseProblemValidator : AbstractValidator<RaiseProblem>
{
    public RaiseProblemValidator()
    {
        RuleFor(c => c.Category).NotEmpty().WithMessage("请选是哪一类。");
        RuleFor(c => c.Text).Must(t => (t ?? "").Trim().Length >= 10).WithMessage("请把问题写清楚，至少 10 个字。").MaximumLength(1000).WithMessage("最多写 1000 个字。");
        RuleFor(c => c.ContactName).NotEmpty().WithMessage("请写企业联系人。").MaximumLength(50).WithMessage("姓名最多写 50 个字。");
        RuleFor(c => c.ContactPhone).Must(p => MobileNumber.TryParse(p, out _)).WithMessage("请填联系人的 11 位手机号，办完后要回访。");
    }
}

internal sealed class ConvertProblemValidator : AbstractValidator<ConvertProblem>
{
    public ConvertProblemValidator()
    {
        RuleFor(c => c.Way).NotNull().WithMessage("请选怎么转化的。").IsInEnum().WithMessage("请选怎么转化的。");
        RuleFor(c => c.Note).MaximumLength(300).WithMessage("最多写 300 个字。");
        RuleFor(c => c.Note).Must(t => (t ?? "").Trim().Length >= 5).When(c => c.Way == ConversionWay.NotPossible).WithMessage("暂不具备条件的，请写清缺什么，至少 5 个字。");
    }
}

internal sealed class RaiseProblemHandler(PortalDbContext db, ServedFirms firms, IMediator mediator, TimeProvider clock) : IRequestHandler<RaiseProblem, string>
{
    public async Task<string> Handle(RaiseProblem request, CancellationToken ct)
    {
        var firm = await firms.Own(request.FirmId, ct);
        if ((await mediator.Send(new GetComplaintTopics(ComplaintTopic.Enterprise), ct)).All(t => t.Code != request.Category))
            throw new RefusedException(EnterpriseRefusals.NoSuchCategory());
        if (request.VisitId is { } visit && !await db.FirmVisits.AnyAsync(v => v.Id == visit && v.FirmId == firm.Id, ct))
            throw new RefusedException(EnterpriseRefusals.NotTheirVisit());
        var order = await mediator.Send(new RecordEnterpriseOrder
        {
            Topic = request.Category,
            Text = $"{firm.Name}：{request.Text!.Trim()}",
            Name = request.ContactName,
            Phone = request.ContactPhone,
        }, ct);
        db.Add(new FirmProblem
        {
            Id = order.Id,
            FirmId = firm.Id,
            VisitId = request.VisitId,
            Number = order.Number,
            Category = request.Category!,
            RaisedAt = clock.GetUtcNow(),
            DueOn = order.DueOn,
        });
        return order.Number;
    }
}

internal sealed class ConvertProblemHandler(PortalDbContext db, ServedFirms firms, TimeProvider clock) : IRequestHandler<ConvertProblem, Unit>
{
    public async Task<Unit> Handle(ConvertProblem request, CancellationToken ct)
    {
        var problem = await db.FirmProblems.SingleOrDefaultAsync(p => p.Id == request.Id, ct).OrNotFound("problem");
        await firms.Own(problem.FirmId, ct);
        problem.Convert(request.Way!.Value, string.IsNullOrWhiteSpace(request.Note) ? null : request.Note.Trim(), clock.GetUtcNow());
        return Unit.Value;
    }
}

/// <summary>The order tells its problem how it stands. Orders of other channels have none.</summary>
internal sealed class FollowOrders(PortalDbContext db)
    : IEventHandler<ComplaintAccepted>, IEventHandler<ComplaintExtended>, IEventHandler<ComplaintReplied>, IEventHandler<ComplaintCalledBack>, IEventHandler<ComplaintNotAccepted>, IEventHandler<ComplaintEnded>
{
    public Task Handle(ComplaintAccepted fact, CancellationToken ct) => Of(fact.ComplaintId, p => p.Accepted(fact.PromisedOn), ct);

    public Task Handle(ComplaintExtended fact, CancellationToken ct) => Of(fact.ComplaintId, p => p.Accepted(fact.PromisedOn), ct);

    public Task Handle(ComplaintReplied fact, CancellationToken ct) => Of(fact.ComplaintId, p => p.Replied(fact.At), ct);

    public Task Handle(ComplaintCalledBack fact, CancellationToken ct) => Of(fact.ComplaintId, p => p.CalledBack(fact.Solved, fact.At), ct);

    public Task Handle(ComplaintNotAccepted fact, CancellationToken ct) => Of(fact.ComplaintId, p => p.Dropped(), ct);

    public Task Handle(ComplaintEnded fact, CancellationToken ct) =>
        fact.Ending == nameof(ComplaintState.Withdrawn) ? Of(fact.ComplaintId, p => p.Dropped(), ct) : Task.CompletedTask;

    private async Task Of(Guid id, Action<FirmProblem> tell, CancellationToken ct)
    {
        if (await db.FirmProblems.FromSql($"SELECT * FROM enterprise.problems WHERE id = {id} FOR UPDATE").SingleOrDefaultAsync(ct) is { } problem)
            tell(problem);
    }
}
