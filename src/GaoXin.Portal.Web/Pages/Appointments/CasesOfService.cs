using GaoXin.Portal.Appointments;

namespace GaoXin.Portal.Web.Pages.Appointments;

/// <summary>The pre-checked cases of who books, for a service that needs one.</summary>
/// <param name="Subject">What is booked.</param>
/// <param name="Cases">Those that may be booked.</param>
/// <param name="Chosen">The one chosen before.</param>
public sealed record CasesOfService(BookingSubject Subject, IReadOnlyList<CaseToBook> Cases, Guid? Chosen)
{
    /// <summary>Nothing can be booked: the application comes first.</summary>
    public bool Missing => Subject.NeedsCase && Cases.Count == 0;
}
