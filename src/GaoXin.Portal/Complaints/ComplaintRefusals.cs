using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Complaints;

/// <summary>Everything Complaints refuses, on one screen.</summary>
internal static class ComplaintRefusals
{
    public static Refusal NotNow(ComplaintState state, ComplaintAction action) =>
        new($"complaint.not-now.{action}", $"现在不能{action.Chinese()}：这件诉求{state.Chinese()}。请刷新页面看最新进度。");

    public static Refusal NotYours(ComplaintAction action) => new($"complaint.not-yours.{action}", $"{action.Chinese()}不归您办。请交给有这个职责的同事。");

    public static Refusal NoTopic() => new("complaint.no-topic", "还没有选主题。请选最接近的一个，再受理。", "Topic");

    public static Refusal NoMaster() => new("complaint.no-master", "没有找到可以并入的诉求。请核对编号：要是另一件、还没有办结的诉求。", "MasterNumber");

    public static Refusal NoUnit() => new("complaint.no-unit", "还没有主办单位。请选一个，再派单。", "Unit");

    public static Refusal UnknownUnit() => new("complaint.unknown-unit", "没有这个单位。请从列表里选。", "Unit");

    public static Refusal UnknownTopic() => new("complaint.unknown-topic", "没有这个主题。请从列表里选最接近的一个。", "Topic");

    public static Refusal OtherUnit() => new("complaint.other-unit", "这一件派给了别的单位。请回列表看本单位的件。");

    public static Refusal FirstReceiver() => new("complaint.first-receiver", "退单已经裁定不成立，由您单位负责（首接负责）。请签收办理，要别的单位配合的，请在承办时写明。");

    public static Refusal ReturnedBefore() => new("complaint.returned-before", "您单位退过这一件，一件只能退一次。请签收办理。");

    public static Refusal ReturnTooLate() => new("complaint.return-too-late", "派单超过 1 个工作日，不能再退。请签收办理。");

    public static Refusal OwnReturn() => new("complaint.own-return", "退单不能由本单位的人裁定。请让别的单位的受理员或督办员裁定。");

    public static Refusal SupervisorRules() => new("complaint.supervisor-rules", "两个单位都退过，要提级协调。请督办员裁定。");

    public static Refusal NeverSuspended() => new("complaint.never-suspended", "上级平台转来的件有外部时限，不能挂起。请按时限办理，来不及的先写明原因。");

    public static Refusal NothingAsked() => new("complaint.nothing-asked", "没有等您审批的申请。请刷新页面看最新情况。");

    public static Refusal AskedAlready() => new("complaint.asked-already", "已经有一份申请在等审批。请等结果，不要重复申请。");

    public static Refusal OwnAsking() => new("complaint.own-asking", "自己的申请不能自己批。请让另一位受理员审批。");

    public static Refusal NotWaitingForYou() => new("complaint.not-waiting-for-you", "这一件不是在等您补充，说的话已经记下。请等办理单位联系您。");

    public static Refusal NotTheHandler() => new("complaint.not-the-handler", "这一件不是您承办的。请先领办，或交给承办人。");

    public static Refusal HandledBefore() => new("complaint.handled-before", "重办要换人，上一轮是您办的。请让同单位的另一位承办人领办。");

    public static Refusal TakenAlready() => new("complaint.taken-already", "同事已经领办了这一件。请回列表领下一件。");

    public static Refusal ContactFirst() => new("complaint.contact-first", "还没有联系过诉求人。请先联系，记下联系情况，再答复。");

    public static Refusal NoReply() => new("complaint.no-reply", "还没有写答复。请写好答复再提交。", "Text");

    public static Refusal CoHandlersOpen() => new("complaint.co-handlers-open", "协办单位还没有办完。请催协办单位填写意见，都填了再答复。");

    public static Refusal NotCoHandler() => new("complaint.not-co-handler", "您单位没有要填的协办意见。请刷新页面看最新情况。");

    public static Refusal SecondPerson() => new("complaint.second-person", "答复要由另一个人审核，不能由承办人自己审核。请让别的审核员审。");

    public static Refusal LintFailed(IReadOnlyList<string> problems) => new("complaint.reply-lint", $"答复有 {problems.Count} 处要改：{string.Join(" ", problems)}确实要这样写的，请写明理由再提交。", "Text");

    public static Refusal NotCalledBack() => new("complaint.not-called-back", "还不能办结：要问过“解决了没有”和“满不满意”，或者分两个半天以上打过 3 次都没接通。请先记回访。");

    public static Refusal RedoneTwice() => new("complaint.redone-twice", "这一件已经重办过两次。我们已转给督办，由督办员盯着解决，并给您答复。");

    public static Refusal ReopenTooLate() => new("complaint.reopen-too-late", "答复已经超过 15 天，不能在这一件上要求重办。请重新反映，写上这一件的编号。");

    public static Refusal ExtendedBefore() => new("complaint.extended-before", "一件只能延期一次。请在时限内答复，来不及的请写明原因。");

    public static Refusal ExtensionTooLate() => new("complaint.extension-too-late", "已经过了时限，不能再申请延期。请尽快答复，并写明超期原因。");

    public static Refusal NoPhone() => new("complaint.no-phone", "这一件不能打电话：诉求人要求保密或匿名。请用“给诉求人留言”联系。");

    public static Refusal WrongCode() => new("complaint.wrong-code", "撤回码不对。请核对提交成功那一页上或短信里的 8 位撤回码。", "Code");

    public static Refusal StaffNeverWithdraw() => new("complaint.staff-never-withdraw", "工作人员不能替诉求人撤回。请诉求人自己用撤回码撤回。");

    public static Refusal NoSuchPair() => new("complaint.no-such-pair", "编号和手机号后四位对不上，或者没有这件诉求。请核对后再查；匿名反映、没留手机号的，请填 8 位撤回码。");

    public static Refusal LockedLookUp() => new("complaint.locked-look-up", "错得太多，这件诉求在这里 1 小时内不能再查。换一个网络用 8 位撤回码查，或者登录后在“我的诉求”里看，都不受影响；急事请打 12345。");

    public static Refusal TooManyFiled() => new("complaint.too-many-filed", "今天从这里提交得太多了。请明天再提，或者打 12345。");

    public static Refusal TooManyFiles() => new("complaint.too-many-files", "照片最多 5 个。请去掉一些再提交。", "Photos");

    public static Refusal UnknownClient() => new("complaint.unknown-client", "api_key 不对，或者已经停用。请向系统管理员要一个。");

    public static Refusal ClientFull() => new("complaint.client-full", "这个 api_key 今天提交满了。请明天再提交，或者请系统管理员调高上限。");

    public static Refusal NameFirst() => new("complaint.name-first", "实名反映要留姓名。请填姓名，或者改选匿名。", "Name");

    public static Refusal PhoneFirst() => new("complaint.phone-first", "要回访就得有手机号。请填 11 位手机号，或者改选匿名。", "Phone");

    public static Refusal NotFinished() => new("complaint.not-finished", "还没有答复，现在不能评价。请等收到答复。");

    public static Refusal PersonalDataInPublicText() => new("complaint.personal-data-public", "公开的文字里有个人信息（电话、证件号、车牌、门牌或姓名）。请改掉再公开。", "PublicText");
}
