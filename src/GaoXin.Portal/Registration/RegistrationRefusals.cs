using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Registration;

/// <summary>Everything registration refuses.</summary>
internal static class RegistrationRefusals
{
    public static Refusal NameTaken(string name) =>
        new("registration.name-taken", $"“{name}”刚刚被别人先申报了，请换一个字号再提交，其他内容都已保留", SetupFields.TradeName);
}
