using GaoXin.Portal.Simulation;

namespace GaoXin.Portal.Tests.Appointments;

/// <summary>The attack on the draw, on few seeds; the simulation project prints the whole table.</summary>
public sealed class AttackTests
{
    [Fact]
    public async Task Three_hundred_mules_and_bots_gain_nothing_from_the_draw()
    {
        await using var hall = new SimulatedHall();
        await hall.InitializeAsync();

        var result = await new Attack(hall, new AttackSettings { Policy = Policy.Draw, Seed = 1, Weeks = 2 }).Run();

        (result.HandOverTried, result.MuleGot).ShouldSatisfyAllConditions(r => r.HandOverTried.ShouldBeGreaterThan(50), r => r.MuleGot.ShouldBeGreaterThan(50));
        AttackReport.Broken([result]).ShouldBeEmpty(AttackReport.Table([result]));
    }

    [Fact]
    public void An_unfair_hall_is_noticed()
    {
        var result = new AttackResult(Policy.FirstCome) { MuleAsked = 300, MuleGot = 280, GenuineAsked = 550, GenuineGot = 100, HandOverTried = 280, HandOverDone = 40 };
        result.Groups[Kind.Manual] = (400, 100, 100);
        result.Groups[Kind.Bot] = (100, 90, 90);
        result.Groups[Kind.LowDigital] = (100, 5, 5);

        AttackReport.Broken([result]).Count.ShouldBe(4);
    }
}
