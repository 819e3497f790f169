using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Complaints;

/// <summary>A complaint was received (已收到) under its number.</summary>
public sealed record ComplaintReceived(Guid ComplaintId, string Number) : IPublicEvent;

/// <summary>A complaint was accepted (受理): the promise runs.</summary>
public sealed record ComplaintAccepted(Guid ComplaintId, string Number, DateOnly PromisedOn) : IPublicEvent;

/// <summary>A complaint was not accepted (不予受理); the page says why and where to go.</summary>
public sealed record ComplaintNotAccepted(Guid ComplaintId, string Number) : IPublicEvent;

/// <summary>The citizen is asked for more (请您补充); the clock stands still until the day.</summary>
public sealed record ComplaintSuspendedForCitizen(Guid ComplaintId, string Number, DateOnly AnswerBy) : IPublicEvent;

/// <summary>The promise was extended (延期).</summary>
public sealed record ComplaintExtended(Guid ComplaintId, string Number, DateOnly PromisedOn) : IPublicEvent;

/// <summary>A reply passed the second person and is out (已答复), once a round. It carries what an evaluation needs.</summary>
public sealed record ComplaintReplied(Guid ComplaintId, string Number, int Round, string Unit, string? Topic, string Channel, Guid? ReporterId, Guid HandlerId, DateTimeOffset At) : IPublicEvent;

/// <summary>A complaint follows another one (并单).</summary>
public sealed record ComplaintMerged(Guid ComplaintId, string Number) : IPublicEvent;

/// <summary>A complaint ended: closed or withdrawn.</summary>
public sealed record ComplaintEnded(Guid ComplaintId, string Number, string Ending) : IPublicEvent;

/// <summary>The citizen was called back and answered (回访): solved and satisfied were asked.</summary>
public sealed record ComplaintCalledBack(Guid ComplaintId, string Number, int Round, bool Solved, bool Satisfied, DateTimeOffset At) : IPublicEvent;
