using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Cases;

/// <summary>Everything Cases refuses, on one screen.</summary>
internal static class CaseRefusals
{
    public static Refusal NotNow(CaseState state, CaseAction action) =>
        new($"case.not-now.{action}", $"现在不能这样做：这件事{CaseTransitions.InPlainWords(state)}。请刷新页面看最新进度。");

    public static Refusal ClaimedByAnother() => new("case.claimed", "同事已经领了这一件。请回待办领下一件。");

    public static Refusal PreCheckFirst() => new("case.pre-check-first", "这类登记先预审，申请人到大厅面签以后才受理。请先点“预审通过”。");

    public static Refusal NoPreCheck() => new("case.no-pre-check", "这件事不用预审，请直接受理。");

    public static Refusal AlreadyOver() => new("case.over", "这一件已经办完或正在出证，不用再领。请回待办领下一件。");

    public static Refusal NotClaimed() => new("case.not-claimed", "请先领取这一件，再处理。");

    public static Refusal NotOnline() => new("case.not-online", "这件事还不能在网上办，请看办事指南里的办理地点。");

    public static Refusal ItemCancelled(string reason) => new("case.item-cancelled", $"这件事已经取消，不再办理：{reason.TrimEnd('。')}。请看办事指南里写的改办事项。");

    public static Refusal NotAuthorised() => new("case.not-authorised", "您现在不能代这家企业办这件事：授权可能已到期、被撤销，或者不包括这件事。请联系法定代表人重新授权，或以本人名义办理。");

    public static Refusal StalePage() => new("case.stale-page", "另一个窗口或设备刚改过这一页。下面并排列出两边的内容，请选一个再保存。");

    public static Refusal NotReady(int problems) => new("case.not-ready", $"还有 {problems} 处要改，改好再提交。");

    public static Refusal SignaturesMissing(int missing) => new("case.signatures-missing", $"还差 {missing} 个人签名，签齐才能提交。");

    public static Refusal AskedTooOften() => new("case.asked-too-often", "请人签名太频繁了。请先把内容改好，过一小时再请；已经请过的人现在就能签。");

    public static Refusal ContentChanged() => new("case.content-changed", "内容刚刚改过，请先看最新内容再签名。");

    public static Refusal NotYourSignature() => new("case.not-your-signature", "这份申请不需要您签名，请核对登录的账号是不是本人。");

    public static Refusal RealNameFirst() => new("case.real-name-first", "请先完成实名认证，再办这件事。");

    public static Refusal AlreadySubmitted() => new("case.already-submitted", "这份申请已经提交，不能再改。可以在“查进度”里看，或撤回后重新办。");

    public static Refusal PartOfBundle() => new("case.part-of-bundle", "这是一件事里的一部分，要改的地方请到那一件里一起改，改完交一次就行。");

    public static Refusal NothingOutsideInBundle() => new("case.nothing-outside-in-bundle", "一件事里的分件不能要指南以外的材料。请只对指南里的材料和表里的内容打“要改”。", "Outside");

    public static Refusal NotOpenForCorrection(string path) => new("case.not-open", "这一项没有要求补正，不能改。", path);

    public static Refusal CannotBeMended(string path) => new("case.cannot-be-mended", "这一项申请人改不了：它不在提交的表里，是系统算出来的，或者是锁定的共享数据。请去掉勾，有疑问请先核对数据来源。", path);

    public static Refusal OutsidePublished(ExceptionKind kind, string what, int version) => new("case.outside-published",
        $"“{what}”不在办事指南第 {version} 版的{(kind == ExceptionKind.Material ? "材料" : "流程")}里。一定要的话，请写明理由，至少 {CaseException.ShortestReason} 个字；申请人和监督人员都看得到。", "Outside");

    public static Refusal MaterialIsPublished(string title) => new("case.material-is-published", $"“{title}”在办事指南里。请在材料那里打“要改”，不用写理由。", "Outside");

    public static Refusal CorrectionEmpty() => new("case.correction-empty", "请至少选一项，并写明要怎么改。");

    public static Refusal CorrectionOverdue(DateOnly answerBy) =>
        new("case.correction-overdue", $"补正期限是 {answerBy:yyyy年M月d日}，已经过了，不能再交。这一件会结束，可以重新办，填过的内容不用再填一遍。");

    public static Refusal NothingCorrected() => new("case.nothing-corrected", "要求补正的地方还没有改，请改好再交。");

    public static Refusal RulesNotAcknowledged() => new("case.rules-not-acknowledged", "还有要看的规则没有打勾，请逐条核对后再准予。");

    public static Refusal RulesBlock(IReadOnlyList<string> fixes) => new("case.rules-block", string.Join(" ", fixes));

    public static Refusal SecondPerson() => new("case.second-person", "撤销决定要由另一位审批长操作，不能由作出决定的人自己撤销。");

    public static Refusal PredecessorFirst(IEnumerable<string> titles) => new("case.predecessor-first", $"这一件可以先审，但要等“{string.Join("”“", titles)}”批了才能批。审完请先放着，前一步批了再来。");

    public static Refusal NothingToCheck() => new("case.nothing-to-check", "这一条已经核查过，或者还没到核查的时候。请刷新列表。");

    public static Refusal PromisesAreOver() => new("case.promises-are-over", "一年内有一次承诺没有兑现，这次不能先办后补。请把材料传齐，去掉“30 天内补交”的勾，再交。");

    public static Refusal MaterialStillPromised(IEnumerable<string> titles, DateOnly due) => new("case.material-still-promised",
        $"“{string.Join("”“", titles)}”还没补交，{due:yyyy年M月d日}前交齐才能批。别的都审完了，请点“等申请人补交”，期限停住。");

    public static Refusal NothingToHandIn() => new("case.nothing-to-hand-in", "还没有传文件。请先传，再点“交齐了”。", "Upload");

    public static Refusal NothingPromised() => new("case.nothing-promised", "现在没有要等的材料，期限照常算。请接着审。");

    public static Refusal NoSpecialProcedure() => new("case.no-special-procedure", "现在没有在做的特别程序，期限照常算。请接着审。");

    public static Refusal SpecialProcedureFirst(string name) => new("case.special-procedure-first", $"还在做“{name}”。做完了请先点“{name}做完了”，再作决定。");

    public static Refusal ApprovedBefore() => new("case.approved-before", "这一件批过，又撤销了，不能再次准予。请写明理由不予登记，并请申请人重新申请。");

    public static Refusal UnknownMaterial() => new("case.unknown-material", "办事指南里没有这份材料，不能收。");

    public static Refusal TooMuchUploaded() => new("case.too-much-uploaded", "这一件传的文件太多或太大：最多 60 个，合起来最多 200 MB。请先删掉不用的，或把照片压缩后再传。");

    public static Refusal TooManyFiles(int most) => new("case.too-many-files", $"这一项最多传 {most} 个文件。请先删掉不用的。");

    public static Refusal ConsentOver() => new("case.consent-over", "申请人的同意已经收回或者到期，不能再看、再填。要接着帮，请申请人重新同意。");

    public static Refusal OpenFormFirst() => new("case.open-form-first", "请先点“打开申请表”。每次打开都有记录，申请人看得到。");

    public static Refusal OtherHelper() => new("case.other-helper", "帮办员刚刚换了人。请看清现在是谁，再决定要不要同意。");

    public static Refusal NoHelper() => new("case.no-helper", "现在没有帮办员在岗。请打 12345，或者到政务服务中心，工作人员陪您办。");

    public static Refusal NobodyElse() => new("case.nobody-else", "现在没有别的帮办员在岗，转不出去。请先接着帮，或请大厅管理员安排人。");

    public static Refusal NothingToHelp() => new("case.nothing-to-help", "这件事已经结束，不用再帮办。");

    public static Refusal HelperOfBundle() => new("case.helper-of-bundle", "这是一件事里的一部分，帮办员管整件事。请到那一件里看。");
}
