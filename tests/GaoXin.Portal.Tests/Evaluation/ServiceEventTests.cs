using GaoXin.Portal.Complaints;
using GaoXin.Portal.Evaluation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Notifications;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.TestKit;
using GaoXin.Portal.Tests.Complaints;
using GaoXin.Portal.Tests.Hall;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Tests.Evaluation;

/// <summary>Visits make service events.</summary>
public sealed class VisitEventTests(HallHost host) : IClassFixture<HallHost>
{
    [Fact]
    public async Task A_visit_is_one_event_and_its_ticket_opens_the_rating()
    {
        var taken = await host.Take("business-registration");
        await Should.ThrowAsync<RefusedException>(() => host.Send(new InviteByTicket(taken.Code)));
        var clerk = await host.OpenExtra(901, "business-registration");
        await clerk.CallNext();
        await clerk.Serve();
        await host.DrainOutbox();
        await host.DrainOutbox();

        var ticket = await host.Row(taken.Number);
        var made = (await host.InDatabase(db => db.ServiceEvents.AsNoTracking().Where(e => e.RootRef == ticket.Id).ToListAsync())).ShouldHaveSingleItem();
        (made.Kind, made.Stage, made.Window, made.StaffId, made.Item, made.Unit).ShouldBe((ServiceEventKind.Ticket, "end", 901, clerk.User.User.Id, "business-registration", "market-regulation"));

        var atWindow = await host.Send(new InviteAtWindow { Number = taken.Number.ToLowerInvariant(), Code = taken.Code[..6].ToUpperInvariant() });
        (await host.Send(new GetRatingForm(atWindow.Token))).Window.ShouldBe(901);
        await host.Send(EvaluationHost.Rating(await host.Send(new InviteByTicket(taken.Code)), RatingLevel.Satisfied));
        (await host.Send(new InviteAtWindow { Number = taken.Number, Code = taken.Code[..6] })).Refusal!.Code.ShouldBe("evaluation.rated-already");
    }

    [Fact]
    public async Task A_wrong_code_and_an_unknown_ticket_are_answered_alike_and_tries_run_out()
    {
        var taken = await host.Take("guidance");
        var unknown = (await host.Send(new InviteAtWindow { Number = "Z998", Code = "aaaaaa" })).Refusal;
        for (var i = 0; i < 5; i++)
            (await host.Send(new InviteAtWindow { Number = taken.Number, Code = "aaaaaa" })).Refusal.ShouldBe(unknown);
        (await host.Send(new InviteAtWindow { Number = taken.Number, Code = taken.Code[..6] })).Refusal!.Code.ShouldBe("evaluation.too-many-tries");
    }

    [Fact]
    public async Task Who_leaves_the_line_has_no_event()
    {
        var taken = await host.Take("food-and-drug");
        await host.Send(new Portal.Hall.LeaveQueue(taken.Code));
        await host.DrainOutbox();
        var ticket = await host.Row(taken.Number);
        (await host.InDatabase(db => db.ServiceEvents.AnyAsync(e => e.RootRef == ticket.Id))).ShouldBeFalse();
    }
}

/// <summary>Replies make service events.</summary>
public sealed class ReplyEventTests(ComplaintHost host) : IClassFixture<ComplaintHost>
{
    [Fact]
    public async Task Each_reply_is_one_event_that_the_owner_rates_with_the_pass()
    {
        var filed = await host.Replied();
        var made = (await host.InDatabase(db => db.ServiceEvents.AsNoTracking().Where(e => e.RootRef == filed.Id).ToListAsync())).ShouldHaveSingleItem();
        (made.Kind, made.Stage, made.Unit, made.StaffId, made.CitizenId).ShouldBe((ServiceEventKind.Complaint, "reply-1", ComplaintParts.Unit, ComplaintHost.Handler.Id, null));
        await Should.ThrowAsync<NotFoundException>(() => host.Send(new InviteByComplaint(filed.Number, null)));
        await Should.ThrowAsync<NotFoundException>(() => host.As(ComplaintHost.Handler).Send(new InviteByComplaint(filed.Number, filed.Pass)));
        await host.Send(EvaluationHost.Rating(await host.Send(new InviteByComplaint(filed.Number, filed.Pass)), RatingLevel.VeryDissatisfied));

        var opened = await host.InDatabase(db => db.Rectifications.AsNoTracking().SingleAsync(r => r.EventId == made.Id));
        (opened.State, opened.RatedId, opened.Callable).ShouldBe((RectificationState.Open, ComplaintHost.Handler.Id, true));
    }

    [Fact]
    public async Task A_fact_told_twice_makes_one_event_and_one_notice()
    {
        var citizen = Guid.CreateVersion7();
        var fact = new ComplaintReplied(Guid.CreateVersion7(), ComplaintNumber.Compose(new DateOnly(2026, 11, 20), 4242), 1, ComplaintParts.Unit, "street-light", "Web", citizen, Guid.CreateVersion7(), host.Clock.GetUtcNow());
        for (var i = 0; i < 2; i++)
        {
            await host.InScope(async services =>
            {
                var db = services.GetRequiredService<PortalDbContext>();
                db.Raise(fact, host.Clock.GetUtcNow());
                await db.SaveChangesAsync();
            });
            await DrainLeniently();
        }

        (await host.InDatabase(db => db.ServiceEvents.CountAsync(e => e.RootRef == fact.ComplaintId))).ShouldBe(1);
        (await host.As(TestUsers.Citizen(citizen)).Send(new GetMyNotices())).Items.Count(n => n.Title == "请您评价").ShouldBe(1);
        (await host.As(TestUsers.Citizen(citizen)).Send(new GetMyRatings())).Items.ShouldHaveSingleItem().RateBefore.ShouldNotBeNull();
    }

    private Task<int> DrainLeniently() => host.DrainOutbox(failuresAreWanted: true);
}
