using CsCheck;
using GaoXin.Portal.Hall;
using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Tests.Hall;

public sealed class HallTransitionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Random_actions_never_leave_the_table_of_tickets() =>
        Gen.Int[0, Enum.GetValues<TicketAction>().Length - 1].Array[1, 40].Sample(picks =>
        {
            var ticket = Ticket.ForAppointment(new Ticket.NewTicket("code", "C001", Now.Day(), "real-estate", "estate-query", null, Now, Now), Guid.CreateVersion7());
            foreach (var action in picks.Select(p => (TicketAction)p))
            {
                var (from, version) = (ticket.State, ticket.Version);
                var allowed = TicketTransitions.Table.TryGetValue((from, action), out var target);
                if (allowed)
                    ticket.Move(action, Now);
                else
                    Should.Throw<RefusedException>(() => ticket.Move(action, Now));
                ticket.State.ShouldBe(allowed ? target : from);
                ticket.Version.ShouldBe(allowed ? version + 1 : version);
            }
        });

    [Fact]
    public void Random_actions_never_leave_the_table_of_windows() =>
        Gen.Int[0, Enum.GetValues<WindowAction>().Length - 1].Array[1, 40].Sample(picks =>
        {
            var window = new HallWindow { Number = 1, Zone = "guidance" };
            foreach (var action in picks.Select(p => (WindowAction)p))
            {
                var from = window.State;
                var allowed = WindowTransitions.Table.TryGetValue((from, action), out var target);
                if (allowed)
                    window.Move(action, Now);
                else
                    Should.Throw<RefusedException>(() => window.Move(action, Now));
                window.State.ShouldBe(allowed ? target : from);
            }
        });

    [Fact]
    public void Every_ticket_can_end_and_an_ended_one_does_nothing_more()
    {
        var states = Enum.GetValues<TicketState>();
        foreach (var state in states.Where(s => !TicketTransitions.IsOver(s)))
            TicketTransitions.Allows(state, TicketAction.Void).ShouldBeTrue(state.ToString());
        TicketTransitions.Table.Keys.Where(k => TicketTransitions.IsOver(k.From)).ShouldBeEmpty();
        states.Except(TicketTransitions.Table.Values).ShouldBe([TicketState.Booked]);
    }

    [Fact]
    public void A_window_with_somebody_at_it_is_neither_closed_nor_paused()
    {
        foreach (var state in (WindowState[])[WindowState.Calling, WindowState.Serving])
        {
            WindowTransitions.Allows(state, WindowAction.Close).ShouldBeFalse();
            WindowTransitions.Allows(state, WindowAction.Pause).ShouldBeFalse();
            WindowTransitions.Allows(state, WindowAction.RaiseAlarm).ShouldBeTrue();
        }
    }
}
