using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Catalogue.Editing;

/// <summary>Everything that editing and exchange of items refuse, on one screen.</summary>
internal static class EditingRefusals
{
    public static Refusal NotNow(DraftStatus status) => new("item.not-now", $"这份草稿{status.Chinese()}，现在不能这样做。请刷新页面看最新情况。");

    public static Refusal SecondPerson() => new("item.second-person", "审核和发布要由另一位事项编辑操作，不能由写的人自己做。");

    public static Refusal ChangedMeanwhile(string by) => new("item.changed-meanwhile", $"{by}刚改过这份草稿。请重新打开这一页，看过最新内容再改。");

    public static Refusal BaseIsOld(int version) => new("item.base-is-old", $"这件事项已经有了第 {version} 版，这份草稿是照更早的版本写的。请放弃这份草稿，从最新版重新修改。");

    public static Refusal ComposedOfOthers() => new("item.composed-of-others", "一件事由几个事项拼成，不能在这里改。要改其中一个事项，请打开那个事项；要增减事项，请联系技术人员发布新版本。");

    public static Refusal NothingChanged() => new("item.nothing-changed", "和现在的版本一样，没有要发布的内容。");

    public static Refusal CodeTaken(string code) => new("item.code-taken", $"编码“{code}”已经用了，请换一个。", "Code");

    public static Refusal CancelledAlready(int version) => new("item.cancelled-already", $"第 {version} 版已经取消这件事项。要恢复，请修改后清空“取消”一组再发布。");

    public static Refusal NoSuchRedirect(string code) => new("item.no-such-redirect", $"没有在用的事项“{code}”。请核对编码，没有改办的事项就不填。", "Redirect");

    public static Refusal DayPassed() => new("item.day-passed", "生效日期不能早于今天，请改成今天或以后。", "EffectiveFrom");

    public static Refusal ScheduledLater(int version, DateOnly day) =>
        new("item.scheduled-later", $"第 {version} 版定于 {day:yyyy-MM-dd} 生效，新版不能早于它。请把日期改到那天或以后，或先撤回第 {version} 版。", "EffectiveFrom");

    public static Refusal AlreadyInForce() => new("item.already-in-force", "这一版已经生效，不能撤回。请修改后发布新版。");

    public static Refusal NotValid(string field, string label, string message, string fix) => new("item.not-valid", $"{label}：{message}。{fix}。", field);

    public static Refusal ImportHasFaults(int faults) => new("import.faults", $"文件里有 {faults} 处要改，什么都没有写入。请按下面的清单改好再传。");

    public static Refusal ImportIsEmpty() => new("import.empty", "文件和现在的事项一样，没有要导入的内容。");

    public static Refusal FileNotReadable(string reason) => new("import.not-readable", $"读不懂这个文件：{reason}", "File");

    public static Refusal ImportNotNow() => new("import.not-now", "这一批已经处理过了，请刷新页面看最新情况。");

    public static Refusal NotYourImport(string by) => new("import.not-yours", $"这一批是{by}检查的，要由本人导入。您可以自己再传一次文件。");

    public static Refusal PartOfImport() => new("item.part-of-import", "这份草稿属于一批导入，要整批审核或放弃。请到“批量导入”里处理。");

    public static Refusal DraftIsOpen(string by) => new("item.draft-open", $"这件事项有一份{by}写的草稿还没发布。请先发布或放弃那份草稿，再取消。");
}
