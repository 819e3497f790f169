using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Property;

/// <summary>Everything Property refuses, on one screen.</summary>
internal static class PropertyRefusals
{
    public static Refusal FiledAlready() => new("property.filed-already", "这个不动产单元已经有一件同样的登记在办，不能再交一件。请和共同申请人核对，或先撤回那一件。", PropertyFields.Unit);

    public static Refusal NotInRegister() => new("property.not-in-register", "登记簿里没有这个不动产单元，请对照不动产权证书再看一遍。", nameof(LookUpSeizure.UnitNumber));

    public static Refusal CertificateDiffers() => new("property.certificate-differs", "证号和登记簿里的不一致，不能查。请对照权利人的不动产权证书再看一遍。", nameof(LookUpSeizure.CertificateNo));

    public static Refusal LookedOften(int most) => new("property.looked-often", $"一个人一天最多查 {most} 次，今天已经用完。请明天再查，急的带身份证到大厅不动产专区查。");

    public static Refusal RegisterSilent() => new("property.register-silent", "登记簿暂时查不到，不是您填错了。请过几分钟再试，急的带身份证到大厅不动产专区查。");

    public static Refusal RealNameFirst() => new("property.real-name-first", "查封情况只给实名的人查。请先完成实名认证。");
}
