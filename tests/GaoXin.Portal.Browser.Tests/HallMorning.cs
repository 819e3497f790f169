using GaoXin.Portal.Appointments.Schedules;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Browser.Tests;

/// <summary>The program on a working morning, whenever the tests run: its clock goes with the real one, days ahead, so that cookies live.</summary>
public sealed class HallMorning : BrowserPortal
{
    private readonly ShiftedClock _clock = new();
    private bool _begun;

    protected override void Configure(IServiceCollection services) => services.AddSingleton<TimeProvider>(_clock);

    /// <summary>Nine o'clock of the next working day, with its times made; a second test comes a little later.</summary>
    internal async Task Begins()
    {
        if (_begun)
            return;
        _ = await UserOf(Steps.Citizen.Jia);
        var calendar = await Send(new GetWorkingCalendar());
        var day = TimeProvider.System.Today().AddDays(1);
        while (!calendar.IsWorkingDay(day))
            day = day.AddDays(1);
        _clock.MoveTo(day.At(new TimeOnly(9, 0)));
        await Send(new OpenSlots(), TestUsers.System);
        _begun = true;
    }

    private sealed class ShiftedClock : TimeProvider
    {
        private TimeSpan _ahead;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _ahead;

        public void MoveTo(DateTimeOffset moment) => _ahead = moment - base.GetUtcNow();
    }
}
