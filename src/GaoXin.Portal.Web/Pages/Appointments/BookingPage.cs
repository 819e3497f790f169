using GaoXin.Portal.Appointments;

namespace GaoXin.Portal.Web.Pages.Appointments;

/// <summary>A page that books, waits or takes part in a draw.</summary>
public abstract class BookingPage : PortalPage
{
    /// <summary>The cases of who asks that may be booked; none are looked for where the service needs none.</summary>
    protected async Task<CasesOfService> OwnOf(BookingSubject subject, Guid? chosen) =>
        new(subject, subject.NeedsCase ? await Send(new GetCasesToBook(subject.Service)) : [], chosen);
}
