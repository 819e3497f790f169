using GaoXin.Portal.Kernel;
using GaoXin.Portal.Registration.Procedures;

namespace GaoXin.Portal.Registration;

/// <summary>Everything registration refuses.</summary>
internal static class RegistrationRefusals
{
    public static Refusal NameTaken(string name) =>
        new("registration.name-taken", $"“{name}”刚刚被别人先申报了，请换一个字号再提交，其他内容都已保留", SetupFields.TradeName);

    public static Refusal NoSuchEntity() =>
        new("registration.no-such-entity", "没有找到您能代表的这家企业。请先在“代企业办理”里选好它，再重新申请", ProcedureFields.CreditCode);

    public static Refusal ProcedureOpen() =>
        new("registration.procedure-open", "这家企业已经有一件登记在办。等它办完，或者在“查进度”里撤回它，再办这一件", ProcedureFields.CreditCode);

    public static Refusal NoticeNotOpen() =>
        new("registration.notice-not-open", "公示期已经结束或公告已经撤回，不能再提异议。有债权债务的，可以向法院起诉");

    public static Refusal ObjectedAlready() =>
        new("registration.objected-already", "您已经对这份公告提过异议了，不用再提一次");

    public static Refusal RealNameFirst() =>
        new("registration.real-name-first", "提异议要写明是谁提的。请先完成实名认证，再回到这一页");
}
