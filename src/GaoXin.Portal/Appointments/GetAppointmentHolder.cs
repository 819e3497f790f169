using GaoXin.Portal.Appointments.Schedules;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Appointments;

/// <summary>What an appointment was for and whose it is.</summary>
[ForSystem]
public sealed record GetAppointmentHolder(Guid AppointmentId) : IQuery<AppointmentHolder>;

/// <summary>The facts. Nothing personal but the account.</summary>
/// <param name="Number">The appointment's number.</param>
/// <param name="ServiceCode">The item.</param>
/// <param name="Title">Its title.</param>
/// <param name="Group">业务.</param>
/// <param name="AccountId">Who booked it for himself; null when it was booked for somebody else or at the desk.</param>
/// <param name="Channel">How it came about.</param>
/// <param name="EndedAt">When it ended; null while it has not.</param>
public sealed record AppointmentHolder(string Number, string ServiceCode, string Title, string Group, Guid? AccountId, BookingChannel Channel, DateTimeOffset? EndedAt);

internal sealed class GetAppointmentHolderHandler(PortalDbContext db, BookingPlans plans) : IRequestHandler<GetAppointmentHolder, AppointmentHolder>
{
    public async Task<AppointmentHolder> Handle(GetAppointmentHolder request, CancellationToken ct)
    {
        var found = await db.Appointments.AsNoTracking().SingleAsync(a => a.Id == request.AppointmentId, ct);
        Guid? account = found.ForAnother || found.Channel == BookingChannel.Desk || found.BookedBy == Guid.Empty ? null : found.BookedBy;
        return new AppointmentHolder(found.Number, found.ServiceCode, (await plans.Current(db, ct)).TitleOf(found.ServiceCode), found.ServiceGroup, account, found.Channel, found.EndedAt);
    }
}
