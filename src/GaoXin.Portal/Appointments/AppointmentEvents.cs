using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Appointments;

/// <summary>An appointment was made: confirmed, or won in a draw.</summary>
public sealed record AppointmentConfirmed(Guid AppointmentId, bool ByDraw = false) : IPublicEvent;

/// <summary>What was booked was done in the hall (办完).</summary>
/// <param name="AppointmentId">The appointment.</param>
/// <param name="CaseId">The case it was for; null where the service needs none.</param>
/// <param name="At">When.</param>
public sealed record AppointmentCompleted(Guid AppointmentId, Guid? CaseId, DateTimeOffset At) : IPublicEvent;

/// <summary>An appointment has another time.</summary>
/// <param name="AppointmentId">The appointment.</param>
/// <param name="ByHall">The hall moved it.</param>
/// <param name="Move">Counts the moves, so that each is told once.</param>
public sealed record AppointmentMoved(Guid AppointmentId, bool ByHall, DateTimeOffset Move) : IPublicEvent;

/// <summary>The hall dropped an appointment for which it found no other time.</summary>
public sealed record AppointmentDropped(Guid AppointmentId) : IPublicEvent;

/// <summary>A seat was given back and waits for somebody of the waiting list.</summary>
public sealed record SeatGivenBack(long SeatId) : IPublicEvent;

/// <summary>A place is kept for somebody of the waiting list.</summary>
public sealed record PlaceOffered(Guid AppointmentId) : IPublicEvent;

/// <summary>The day before: time to remind.</summary>
public sealed record AppointmentTomorrow(Guid AppointmentId) : IPublicEvent;

/// <summary>Nobody came.</summary>
public sealed record AppointmentMissed(Guid AppointmentId) : IPublicEvent;

/// <summary>A case may be booked and nobody did: the last day comes near.</summary>
public sealed record BookingDue(Guid CaseId, DateOnly BookBy) : IPublicEvent;

/// <summary>A case was not booked in time and can no longer be.</summary>
public sealed record AdmissionLapsed(Guid CaseId) : IPublicEvent;

/// <summary>An application won nothing in a draw.</summary>
public sealed record DrawLost(Guid ApplicationId) : IPublicEvent;
