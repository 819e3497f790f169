using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Enterprise;

/// <summary>Everything Enterprise refuses, on one screen.</summary>
internal static class EnterpriseRefusals
{
    public static Refusal TakenAlready(string officer) => new("enterprise.taken-already", $"这家企业已经有首席服务官：{officer}。要换人，请先由对方或督办员交出。", "CreditCode");

    public static Refusal Dropped() => new("enterprise.dropped", "这个问题没有受理或已撤回，不用写转化。", "Way");

    public static Refusal OtherName(string name) => new("enterprise.other-name", $"这个代码登记的企业是“{name}”。请核对代码和名称。", "Name");

    public static Refusal NoSuchCategory() => new("enterprise.no-such-category", "没有这一类。请从八类里选一类。", "Category");

    public static Refusal NotTheirVisit() => new("enterprise.not-their-visit", "这次走访不是这家企业的。请从列表里选。", "VisitId");
}
