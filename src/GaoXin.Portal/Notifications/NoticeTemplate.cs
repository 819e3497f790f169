namespace GaoXin.Portal.Notifications;

/// <summary>The notices there are, by the name of their template.</summary>
public static class NoticeTemplate
{
    /// <summary>已提交. Values: service, number.</summary>
    public const string CaseSubmitted = "case-submitted";

    /// <summary>补材料 (补正). Values: service, number, deadline.</summary>
    public const string CorrectionRequested = "correction-requested";

    /// <summary>补材料 of a case that was filed at a window: also at any window. Values: service, number, deadline, halls.</summary>
    public const string CorrectionAtCounter = "correction-at-counter";

    /// <summary>办好了 (准予). Values: service, number.</summary>
    public const string CaseApproved = "case-approved";

    /// <summary>预审通过: book the signing.</summary>
    public const string CasePreChecked = "case-pre-checked";

    /// <summary>这次不能办 (不予). Values: service, number.</summary>
    public const string CaseRefused = "case-refused";

    /// <summary>电子执照已生成. Values: service, number.</summary>
    public const string LicenceIssued = "licence-issued";

    /// <summary>请您签名. Values: service.</summary>
    public const string SignatureRequested = "signature-requested";

    /// <summary>已撤回. Values: service, number.</summary>
    public const string CaseWithdrawn = "case-withdrawn";

    /// <summary>决定已撤销，重新审查. Values: service, number.</summary>
    public const string DecisionRevoked = "decision-revoked";

    /// <summary>有帮办员了. Values: service, and number once there is one.</summary>
    public const string HelperAssigned = "helper-assigned";

    /// <summary>还没签名. Values: service, deadline.</summary>
    public const string SignReminder = "sign-reminder";

    /// <summary>约好了. Values: service, number, time.</summary>
    public const string AppointmentConfirmed = "appointment-confirmed";

    /// <summary>明天要来. Values: service, number, time.</summary>
    public const string AppointmentReminder = "appointment-reminder";

    /// <summary>时间改好了. Values: service, number, time.</summary>
    public const string AppointmentMoved = "appointment-moved";

    /// <summary>大厅改了时间. Values: service, number, time.</summary>
    public const string AppointmentMovedByHall = "appointment-moved-by-hall";

    /// <summary>大厅取消了. Values: service, number, time.</summary>
    public const string AppointmentDropped = "appointment-dropped";

    /// <summary>约了没来. Values: service, number, time.</summary>
    public const string AppointmentMissed = "appointment-missed";

    /// <summary>候补有号. Values: service, time, deadline.</summary>
    public const string PlaceOffered = "place-offered";

    /// <summary>摇中了. Values: service, number, time.</summary>
    public const string DrawWon = "draw-won";

    /// <summary>预审通过还没约. Values: service, deadline.</summary>
    public const string BookReminder = "book-reminder";

    /// <summary>没摇中. Values: service.</summary>
    public const string DrawLost = "draw-lost";

    /// <summary>诉求已受理. Values: number, deadline.</summary>
    public const string ComplaintAccepted = "complaint-accepted";

    /// <summary>诉求不予受理. Values: number.</summary>
    public const string ComplaintNotAccepted = "complaint-not-accepted";

    /// <summary>请您补充情况. Values: number, deadline.</summary>
    public const string ComplaintQuestion = "complaint-question";

    /// <summary>诉求延期. Values: number, deadline.</summary>
    public const string ComplaintExtended = "complaint-extended";

    /// <summary>诉求已答复. Values: number.</summary>
    public const string ComplaintReplied = "complaint-replied";

    /// <summary>诉求并单. Values: number.</summary>
    public const string ComplaintMerged = "complaint-merged";

    /// <summary>请您评价. Values: service, number.</summary>
    public const string RatingInvited = "rating-invited";

    /// <summary>差评整改有了结果. Values: service.</summary>
    public const string RatingAnswered = "rating-answered";

    /// <summary>先办后补的材料快到期. Values: service, number, deadline.</summary>
    public const string MaterialReminder = "material-reminder";

    /// <summary>承诺没有兑现. Values: service, number.</summary>
    public const string CommitmentBroken = "commitment-broken";

    /// <summary>有人对公告提了异议. Values: service.</summary>
    public const string DeregistrationObjected = "deregistration-objected";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        CaseSubmitted, CasePreChecked, CorrectionRequested, CorrectionAtCounter, CaseApproved, CaseRefused, LicenceIssued, SignatureRequested, CaseWithdrawn, DecisionRevoked, SignReminder,
        AppointmentConfirmed, AppointmentReminder, AppointmentMoved, AppointmentMovedByHall, AppointmentDropped, AppointmentMissed, PlaceOffered, DrawWon, DrawLost, BookReminder,
        ComplaintAccepted, ComplaintNotAccepted, ComplaintQuestion, ComplaintExtended, ComplaintReplied, ComplaintMerged,
        RatingInvited, RatingAnswered, MaterialReminder, CommitmentBroken, DeregistrationObjected,
    ];
}

/// <summary>What a template may ask for. No token is about a person: names and numbers of persons never go into a notice.</summary>
public static class NoticeToken
{
    /// <summary>The service's name as citizens know it.</summary>
    public const string Service = "service";

    /// <summary>The number of the case or the appointment.</summary>
    public const string Number = "number";

    /// <summary>The last day in words: 11月24日（周二）.</summary>
    public const string Deadline = "deadline";

    /// <summary>A time of an appointment in words: 11月26日（周四）10:00–10:30.</summary>
    public const string Time = "time";

    /// <summary>The halls with a 综窗, by name.</summary>
    public const string Halls = "halls";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Service, Number, Deadline, Time, Halls];
}
