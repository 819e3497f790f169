using System.Globalization;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;

namespace GaoXin.Portal.Complaints;

/// <summary>Accepts and dispatches what an automatic rule knows; everything else waits for a clerk. Also proposes the unit for a clerk.</summary>
internal sealed class RouteReceivedComplaint(PortalDbContext db, Router router) : IEventHandler<ComplaintReceived>
{
    public async Task Handle(ComplaintReceived fact, CancellationToken ct)
    {
        var complaint = await db.LockComplaint(fact.ComplaintId, ct);
        if (complaint is not { State: ComplaintState.Submitted })
            return;
        var answer = await router.Ask(complaint, ct);
        if (answer.Automatic && complaint.Topic is not null && answer.Unit is not null)
        {
            await router.Accept(complaint, ct);
            await router.Dispatch(complaint, answer, ct);
        }
    }
}

/// <summary>Acceptance and dispatch, by rule or by hand: one way, so that both keep the same record.</summary>
internal sealed class Router(PortalDbContext db, PersonalDataCipher cipher, Rulebooks rulebooks, ComplaintJournal journal, TimeProvider clock)
{
    public async Task<RoutingAnswer> Ask(Complaint complaint, CancellationToken ct) => (await rulebooks.Routing(ct)).Of(Question(complaint));

    public RoutingQuestion Question(Complaint complaint) =>
        new(complaint.Kind, complaint.Channel, complaint.Topic, cipher.Unprotect(complaint.ProtectedText, Complaint.TextPurpose), complaint.RelatedDepartment);

    public async Task Accept(Complaint complaint, CancellationToken ct)
    {
        await journal.Move(complaint, ComplaintAction.Accept, new { complaint.Kind, complaint.Topic, complaint.Urgency, complaint.Complex }, null, ct);
        var promised = complaint.PromisedAt!.Value.Day();
        journal.Record(complaint, "Promised", new { promised }, string.Create(CultureInfo.InvariantCulture, $"已受理，最晚 {promised.Month} 月 {promised.Day} 日答复"));
        db.Raise(new ComplaintAccepted(complaint.Id, complaint.Number, promised), clock.GetUtcNow());
    }

    public async Task Dispatch(Complaint complaint, RoutingAnswer answer, CancellationToken ct)
    {
        complaint.Unit = answer.Unit;
        (complaint.RoutedBy, complaint.RoutedWhy) = (answer.Rule, answer.Why);
        complaint.RulebookVersion = (await rulebooks.Routing(ct)).Version;
        foreach (var unit in answer.CoUnits.Where(u => u != answer.Unit && complaint.CoHandlers.All(c => c.Unit != u)))
            complaint.CoHandlers.Add(new CoHandler { ComplaintId = complaint.Id, Unit = unit });
        await journal.Move(complaint, ComplaintAction.Dispatch, new { answer.Unit, answer.CoUnits, answer.Rule, answer.Why }, "已派给办理单位", ct);
    }
}
