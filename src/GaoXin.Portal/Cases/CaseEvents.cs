using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Cases;

/// <summary>A case was submitted (已提交) under its number.</summary>
public sealed record CaseSubmitted(Guid CaseId, string Number, string ServiceCode, int ServiceVersion, string Handler) : IPublicEvent;

/// <summary>An officer looked a case through (预审通过): the applicant may book the signing.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Number">Its number.</param>
/// <param name="ServiceCode">Its service.</param>
/// <param name="Handler">Its handler.</param>
/// <param name="Round">How often it was mended before: each pre-check is told once.</param>
public sealed record CasePreChecked(Guid CaseId, string Number, string ServiceCode, string Handler, int Round = 0) : IPublicEvent;

/// <summary>A pre-checked case was accepted: the applicant signed in the hall (面签), with an appointment or without.</summary>
public sealed record CaseSignedAtWindow(Guid CaseId, string Number, string Handler) : IPublicEvent;

/// <summary>A case was decided (已决定), by rules or by an officer. On approval the handler's capability applies it and issues.</summary>
public sealed record CaseDecided(Guid CaseId, string Number, string ServiceCode, string Handler, bool Approved, bool Automatic) : IPublicEvent;

/// <summary>A case ended: issued, refused, not accepted, withdrawn or lapsed.</summary>
public sealed record CaseClosed(Guid CaseId, string Number, string ServiceCode, string Ending) : IPublicEvent;

/// <summary>The applicant answered a correction; the case is where it was before.</summary>
public sealed record CaseResubmitted(Guid CaseId, string Number) : IPublicEvent;

/// <summary>An officer asked for a correction (补正): one notice for the whole round.</summary>
public sealed record CorrectionRequested(Guid CaseId, string Number, int Round, int Items, DateOnly AnswerBy) : IPublicEvent;

/// <summary>A decision was revoked (撤销决定) by a second person; what it gave has to be taken back.</summary>
public sealed record DecisionRevoked(Guid RevocationId, Guid CaseId, string Number, string ServiceCode, string Handler, Guid? LicenceId) : IPublicEvent;
