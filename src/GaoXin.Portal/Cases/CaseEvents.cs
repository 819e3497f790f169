using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Cases;

/// <summary>A case was submitted (已提交) under its number.</summary>
public sealed record CaseSubmitted(Guid CaseId, string Number, string ServiceCode, int ServiceVersion, string Handler) : IPublicEvent;

/// <summary>A case was decided (已决定), by rules or by an officer. On approval the handler's capability applies it and issues.</summary>
public sealed record CaseDecided(Guid CaseId, string Number, string ServiceCode, string Handler, bool Approved, bool Automatic) : IPublicEvent;

/// <summary>A case ended: issued, refused, not accepted, withdrawn or lapsed.</summary>
public sealed record CaseClosed(Guid CaseId, string Number, string ServiceCode, string Ending) : IPublicEvent;
