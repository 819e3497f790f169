using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Cases.Counter;

/// <summary>Everything the 综窗 refuses, on one screen.</summary>
internal static class CounterRefusals
{
    public static Refusal SitFirst() => new("counter.sit-first", "请先选您今天坐在哪个大厅，再接着办。");

    public static Refusal UnknownHall() => new("counter.unknown-hall", "没有这个大厅，请从列表里选。", "Hall");

    public static Refusal NotThisPerson() => new("counter.not-this-person", "手机号、姓名和身份证号对不上。请对照身份证原件和本人手机再填；换过手机号的，先办改绑。", "Phone");

    public static Refusal CodeTooSoon() => new("counter.code-too-soon", "刚发过一条验证码。请申请人看看手机，没收到的过 1 分钟再发。");

    public static Refusal TooManyCodes() => new("counter.too-many-codes", "今天给这个手机号发的验证码够多了（10 条）。请申请人用自己的手机登录来办，或明天再来。");

    public static Refusal WrongCode() => new("counter.wrong-code", "验证码不对，或者已经过期、用过。请对照最新一条短信再填，或者重新发。", "Code");

    public static Refusal CodeLocked() => new("counter.code-locked", "验证码错了 5 次，这一条作废了。请重新发一条。", "Code");

    public static Refusal ContentChangedSince() => new("counter.content-changed", "发验证码以后内容又改过，那一条作废了。请申请人看过最新内容，再发一条。", "Code");

    public static Refusal ConsentOver() => new("counter.consent-over", "申请人同意代填的时间已过，或者收回了。请重新核对申请人、发验证码，草稿还在。");

    public static Refusal NotByClerk() => new("counter.not-by-clerk", "这一件不能在综窗受理：已经受理过，或者由系统当场审，或者要先预审、分件受理。请看进度，不用再点。");

    public static Refusal TakenByDepartment() => new("counter.taken-by-department", "部门的同事已经领了这一件，由他受理。受理以后可以再来打回执。");

    public static Refusal ChooseIssuing() => new("counter.choose-issuing", "请先问申请人在哪里领结果，再请他确认。", "Hall");

    public static Refusal TooLateForIssuing() => new("counter.too-late-for-issuing", "结果已经出来或者这件事已经结束，领取地点不能再改。");

    public static Refusal AlreadyHandedOver() => new("counter.already-handed-over", "这一件已经由同事发出去了，没有再记一次。请看申请人进度里的领取时间。");

    public static Refusal WrongProof() => new("counter.wrong-proof", "和这一件对不上。请对照身份证原件或取件码再填；错 5 次要等一小时。", "Proof");

    public static Refusal TooManyProofs() => new("counter.too-many-proofs", "错的次数多了，请过一小时再试。急的请申请人登录，在进度里看取件码。", "Proof");

    public static Refusal NoSuchCorrection() => new("counter.no-such-correction", "没有找到：编号和身份证号对不上，或者没有这一件。请对照受理回执和身份证原件再填；错 5 次要等一小时。", "Proof");

    public static Refusal TooManyLookUps() => new("counter.too-many-look-ups", "错的次数多了，请过一小时再试。急的请申请人登录，在进度里自己改。", "Proof");

    public static Refusal NotOfCounter() => new("counter.not-of-counter", "这一件是申请人在网上交的，不能在综窗改。请他登录，在进度里点“开始改”；不会的可以请帮办员。");

    public static Refusal AlreadyMended() => new("counter.already-mended", "补正已经交过了：申请人自己在网上交的，或者别的窗口交的。没有再交一次，部门接着审。");

    public static Refusal NothingToMend() => new("counter.nothing-to-mend", "这一件现在没有要补正的，不用改。到哪一步，请申请人看进度。");

    public static Refusal CorrectionLapsed() => new("counter.correction-lapsed", "补正期限过了，这一件已经结束，不能再改。申请人可以重新办，填过的内容不用再填一遍。");

    public static Refusal AgreeFirst() => new("counter.agree-first", "请先给申请人发验证码，他同意您代改以后再请他确认。");

    public static Refusal AgentNeedsCode() => new("counter.agent-needs-code", "代领的人要出示取件码：在申请人的短信和进度里。", "Way");
}

/// <summary>What a try answered. A wrong try is an outcome, not an exception: it must stay counted.</summary>
/// <param name="CaseId">The case; null when refused.</param>
/// <param name="Refusal">What to tell the clerk; null when it was right.</param>
public sealed record CounterOutcome(Guid? CaseId, Refusal? Refusal)
{
    internal static CounterOutcome Yes(Guid caseId) => new(caseId, null);

    internal static CounterOutcome No(Refusal refusal) => new(null, refusal);
}
