namespace GaoXin.Portal.Identity;

/// <summary>Browser and system in a few words, so that a person recognises his own devices. What is not known is not guessed.</summary>
internal static class DeviceName
{
    private const string Unknown = "未知设备";

    /// <summary>The first that matches: those that also call themselves something else come first.</summary>
    private static readonly (string Sign, string Name)[] Browsers =
    [
        ("MicroMessenger", "微信"), ("AlipayClient", "支付宝"), ("QQBrowser", "QQ 浏览器"), ("Edg", "Edge"), ("HuaweiBrowser", "华为浏览器"),
        ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
    ];

    private static readonly (string Sign, string Name)[] Systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("OpenHarmony", "鸿蒙"), ("HarmonyOS", "鸿蒙"), ("Android", "安卓"), ("Windows", "Windows"), ("Mac OS X", "Mac"), ("Linux", "Linux"),
    ];

    public static string Of(string? userAgent)
    {
        var (browser, system) = (Find(Browsers, userAgent), Find(Systems, userAgent));
        return (browser, system) switch { (null, null) => Unknown, (null, _) => system, (_, null) => browser, _ => $"{browser}，{system}" };
    }

    private static string? Find((string Sign, string Name)[] known, string? userAgent) =>
        known.FirstOrDefault(k => userAgent?.Contains(k.Sign, StringComparison.Ordinal) == true).Name;
}
