using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;
using Case = GaoXin.Portal.Cases.Case;

namespace GaoXin.Portal.Tests.Cases;

/// <summary>特别程序 that an officer records: the clock stands still until it is over.</summary>
public sealed class SpecialProcedureTests(CaseHost host) : IClassFixture<CaseHost>
{
    [Fact]
    public async Task The_clock_stands_still_until_it_is_over_and_nothing_is_decided_in_between()
    {
        var (desk, citizen, id) = await InReview();
        var before = (await Track(citizen, id)).DueOn.ShouldNotBeNull();

        await desk.Send(new TakeStep { CaseId = id, Step = "公示" });

        var track = await Track(citizen, id);
        track.DueOn.ShouldBeNull();
        track.Turn.ShouldContain("正在做“公示”");
        (await Should.ThrowAsync<RefusedException>(() => desk.Send(new DecideCase { CaseId = id, Decision = CaseAction.Approve }))).Refusals[0].Code.ShouldBe("case.special-procedure-first");

        host.Clock.Advance(TimeSpan.FromDays(10));
        await desk.Send(new EndSpecialProcedure(id));

        track = await Track(citizen, id);
        track.DueOn.ShouldNotBeNull().ShouldBeGreaterThan(before);
        (track.Pauses.Single().Reason, track.Pauses.Single().To is null).ShouldBe(("特别程序：公示", false));
        track.Steps.Select(s => s.Title).ShouldContain("做完了：公示");
        (await Should.ThrowAsync<RefusedException>(() => desk.Send(new EndSpecialProcedure(id)))).Refusals[0].Code.ShouldBe("case.no-special-procedure");
    }

    [Fact]
    public async Task Another_step_of_the_guide_costs_the_applicant_no_time()
    {
        var (desk, citizen, id) = await InReview();
        var before = (await Track(citizen, id)).DueOn.ShouldNotBeNull();
        var service = (await host.Send(new GetServiceDefinition("building-planning-permit", 2))).ShouldNotBeNull();

        await desk.Send(new TakeStep { CaseId = id, Step = PublishedSteps.Of(service).First(s => s != "公示") });

        (await Track(citizen, id)).DueOn.ShouldBe(before);
    }

    private Task<CaseTrack> Track(TestUser citizen, Guid id) => host.As(citizen).Send(new GetCaseTrack(id));

    /// <summary>A case under review at the desk of an officer.</summary>
    private async Task<(UserSession Desk, TestUser Citizen, Guid Id)> InReview()
    {
        var (citizen, officer) = (await host.NewCitizen(1980), TestUsers.Officer("natural-resources"));
        var now = host.Clock.GetUtcNow();
        var kept = new Case
        {
            ServiceCode = "building-planning-permit",
            ServiceVersion = 2,
            ServiceTitle = "建设工程规划许可",
            Handler = ServiceDefinition.Generic,
            Department = "natural-resources",
            ApplicantId = citizen.Id,
            CreatedAt = now,
            DraftKeptUntil = now.Day(),
        };
        await host.InDatabase(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            kept.Numbered(await CaseNumber.Take(db, now.Day(), CancellationToken.None), null);
            kept.Move(CaseAction.Submit, now);
            kept.Claim(officer.Id, now);
            db.Add(kept);
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
            return true;
        });
        var desk = host.As(officer);
        await desk.Send(new AcceptCase(kept.Id));
        return (desk, citizen, kept.Id);
    }
}
