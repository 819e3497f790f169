using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Hall;

/// <summary>A ticket was served to its end (办完) at a window. A visit has one, whatever was booked or filed for it.</summary>
/// <param name="TicketId">The ticket.</param>
/// <param name="Number">For example C037.</param>
/// <param name="Group">业务.</param>
/// <param name="Window">The window that finished it.</param>
/// <param name="StaffId">Who sat there.</param>
/// <param name="AppointmentId">The appointment it was taken for, if any.</param>
/// <param name="At">When it ended.</param>
public sealed record TicketServed(Guid TicketId, string Number, string Group, int Window, Guid StaffId, Guid? AppointmentId, DateTimeOffset At) : IPublicEvent;
