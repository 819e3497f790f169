using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Evaluation;

/// <summary>Everything Evaluation refuses, on one screen.</summary>
internal static class EvaluationRefusals
{
    public static Refusal RatedAlready() => new("evaluation.rated-already", "这次服务已经评过了，一次只评一回。还有话说，可以在“我的评价”里追评。");

    public static Refusal NotServedYet() => new("evaluation.not-served-yet", "这个号还没有办完，或者刚办完还在登记。请办完后过几秒再试。");

    public static Refusal NoSuchTicket() => new("evaluation.no-such-ticket", "排队号和评价码对不上。请照票上或手机取号页上的抄，只能评当天的号。", "Number");

    public static Refusal TooManyTries() => new("evaluation.too-many-tries", "试的次数太多，请 1 小时后再试，或者用取号页上的“评价这次服务”。");

    public static Refusal TooLate(int days) => new("evaluation.too-late", $"已经过了 {days} 天，不能再评了。有问题可以在“反映问题”里说。");

    public static Refusal FollowedUpAlready() => new("evaluation.followed-up-already", "已经追评过一次。还有问题，请到“反映问题”里提交诉求，会有人办理和答复。");

    public static Refusal UnknownReason() => new("evaluation.unknown-reason", "请从列出的方面里选。", "Reasons");

    public static Refusal NotNow(RectificationState state, RectificationAction action) =>
        new($"evaluation.not-now.{action}", $"现在不能{action.Chinese()}：这件整改{state.Chinese()}。请刷新页面看最新情况。");

    public static Refusal NotYours(RectificationAction action) => new($"evaluation.not-yours.{action}", $"{action.Chinese()}不归您办。请交给有这个职责的同事。");

    public static Refusal OtherUnit() => new("evaluation.other-unit", "这件评的是别的单位。请回列表看本单位的。");

    public static Refusal AboutYou() => new("evaluation.about-you", "评的就是您，不能由您来办这一步。请同事来办，您可以申诉。");

    public static Refusal ThreePeople() => new("evaluation.three-people", "被评的人、回访的人和审核的人要是三个人，办过整改或提过申诉的也不能审。请换一位同事。");

    public static Refusal AppealTooLate(int days) => new("evaluation.appeal-too-late", $"收到差评超过 {days} 个工作日，不能再申诉。请按期整改。");

    public static Refusal AppealedBefore() => new("evaluation.appealed-before", "已经申诉过一次，裁定是最后的。请按期整改。");

    public static Refusal ExtendedBefore() => new("evaluation.extended-before", "整改时间已经延过一次，不能再延。请按期整改。");

    public static Refusal FixOverdue() => new("evaluation.fix-overdue", "整改已经到期，不能再延。请尽快整改并提交。");

    public static Refusal PersonalData() => new("evaluation.personal-data", "里面有电话、证件号、车牌、姓名或门牌。请去掉再提交。");

    public static Refusal PublishedAlready() => new("evaluation.published-already", "这条评价的话已经公开过。请刷新页面看最新情况。");

    public static Refusal NoPhone() => new("evaluation.no-phone", "这个人没有留电话。请按评价里写的整改。");

    public static Refusal TaskOver() => new("evaluation.task-over", "这件改进任务已经结束。请刷新页面看最新情况。");
}
