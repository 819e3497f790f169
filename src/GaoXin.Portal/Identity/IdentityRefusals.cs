using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Identity;

/// <summary>Every "no" of this capability. None tells whether an account exists.</summary>
internal static class IdentityRefusals
{
    public static Refusal TooManyCodes() =>
        new("identity.too-many-codes", "验证码要得太勤了。两条之间隔 1 分钟，一小时最多 5 条，一天最多 10 条，请稍后再试。", "Phone");

    public static Refusal TooManyFromHere() =>
        new("identity.too-many-from-here", "这个网络的登录次数太多了。请过 10 分钟再试，或换一个网络。");

    public static Refusal LockedAfterWrongCodes() =>
        new("identity.locked-after-wrong-codes", "验证码错了 5 次，为了您的安全先停一停。请 15 分钟后重新获取验证码。");

    public static Refusal WrongCode() =>
        new("identity.wrong-code", "验证码不对，或者已经过期。请对照最新一条短信再填，或者重新获取。", "Code");

    public static Refusal WrongStaffSignIn() =>
        new("identity.wrong-staff-sign-in", "账号、密码或动态码不对。请核对再试，错得越多，下一次要等得越久。忘记了请找系统管理员。");

    public static Refusal TryStaffSignInLater() =>
        new("identity.try-staff-sign-in-later", "错的次数多了，请过 15 分钟再试。平时用的设备不受别人影响，也可以用指纹或刷脸登录。");

    public static Refusal ProviderWithoutPhone() =>
        new("identity.provider-without-phone", "您在统一身份认证的账号没有核实过的手机号。请先在那边绑定手机号，或在这里用手机号登录。");

    public static Refusal ProviderOtherPerson() =>
        new("identity.provider-other-person", "这个手机号在这里已经由另一个人实名。请用手机号登录核对，或带身份证到大厅窗口改绑。");

    public static Refusal RealNameAlreadyDone() =>
        new("identity.real-name-done", "您已经完成实名认证，不用再做。姓名或证件号变了，请带身份证到大厅窗口更正。");

    public static Refusal RealNameMismatch() =>
        new("identity.real-name-mismatch", "姓名和身份证号对不上。请对照身份证再填一遍；刚改过名字的，请先到窗口办理。", "Name");

    public static Refusal IdNumberTaken() =>
        new("identity.id-number-taken", "这个身份证号已经在另一个账号上实名。请用原来的手机号登录；换了号码，请带身份证到大厅窗口改绑。", "IdNumber");

    public static Refusal TooManyRealNameTries() =>
        new("identity.too-many-real-name-tries", "今天核对的次数用完了（每天 5 次）。请明天再试，或带身份证到大厅窗口办理。");

    public static Refusal RealNameUnavailable() =>
        new("identity.real-name-unavailable", "实名核对系统暂时没有回应。您填的没有提交，请 10 分钟后再试，或到大厅窗口办理。");

    public static Refusal TooManyPersons() =>
        new("identity.too-many-persons", "核对错的次数太多了，请先停一停：同一个手机号、身份证号一天最多错 5 次。请申请人用自己的手机办，或明天再来。");

    public static Refusal NotThisPerson() =>
        new("identity.not-this-person", "手机号、姓名和身份证号对不上。请对照身份证原件和本人手机再填；换过手机号的，先办改绑。", "Phone");

    public static Refusal RealNameNeeded() =>
        new("identity.real-name-needed", "办这件事要先实名。请到“实名认证”填写姓名和身份证号。");

    public static Refusal NotLegalRepresentative() =>
        new("identity.not-legal-representative", "只有法定代表人能授权经办人。请让法定代表人用自己的账号来办。");

    public static Refusal AgentIsYourself() =>
        new("identity.agent-is-yourself", "您是法定代表人，不用授权自己。请填另一位经办人的证件号。", "IdNumber");

    public static Refusal AgentAlreadyAuthorised() =>
        new("identity.agent-already-authorised", "这位经办人已有没到期的授权。要改范围或日期，请先撤销再重新授权。", "IdNumber");

    public static Refusal NotAuthorised() =>
        new("identity.not-authorised", "您现在不能代这家企业办事，授权可能已到期或被撤销。请联系法定代表人重新授权。");

    public static Refusal AccountNameTaken() =>
        new("identity.account-name-taken", "这个账号或工号已经有人用了。请换一个，或在原账号上修改。", "AccountName");

    public static Refusal PasskeyNotMade() =>
        new("identity.passkey-not-made", "指纹或刷脸没有添加成功。请再试一次，并在设备弹出的窗口里确认。");

    public static Refusal PasskeyNotKnown() =>
        new("identity.passkey-not-known", "这台设备的指纹或刷脸没有通过，或者还没有添加过。请再试一次，或换一种方式登录。");

    public static Refusal TooManyPasskeys() =>
        new("identity.too-many-passkeys", "一个账号最多添加 10 台设备。请先移除不用的设备，再添加。");

    public static Refusal LastSecondFactor() =>
        new("identity.last-second-factor", "这是您唯一的第二道验证，移除后就登录不了。请先添加另一台设备，再移除这台。");

    public static Refusal LastAdministrator() =>
        new("identity.last-administrator", "这是最后一位在用的系统管理员。请先开好另一位系统管理员的账号，再改这一个。");

    public static Refusal WrongCurrentPassword() =>
        new("identity.wrong-current-password", "现在的密码不对，请核对后再填。忘记了请找系统管理员重置。", "Current");

    public static Refusal SameNewPassword() =>
        new("identity.same-new-password", "新密码不能和现在的一样，请换一个。", "Password");

    public static Refusal SamePassword() =>
        new("identity.same-password", "新密码不能和一次性密码一样。请换一个只有自己知道的密码。", "Password");
}
