using GaoXin.Portal.Kernel;
using GaoXin.Portal.Licences;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Tests.Licences;

/// <summary>In demo mode: the demo certificate seals.</summary>
public sealed class LicenceHost : PortalHost
{
    /// <inheritdoc />
    protected override void Configure(IDictionary<string, string?> settings) => settings[$"{PortalOptions.Section}:DemoMode"] = "true";
}

internal static class SampleLicence
{
    private static int _serial;

    public static string NewHolder() => CreditCode.Compose("91", "410100", $"MAE{Interlocked.Increment(ref _serial):00000}").Code;

    public static IssueLicence Of(Guid holder, string? key = null) => new()
    {
        CaseId = Guid.CreateVersion7(),
        Kind = "business-licence",
        Title = "营业执照（电子）",
        HolderKey = key ?? NewHolder(),
        HolderName = "郑州槐叶智能科技有限公司",
        Issuer = "高新区市场监管部门（示例）",
        ValidFrom = new DateOnly(2026, 11, 23),
        Holders = [holder],
        Facts =
        [
            new("名称", "郑州槐叶智能科技有限公司"),
            new("类型", "有限责任公司（自然人投资或控股）"),
            new("法定代表人", "演示甲"),
            new("注册资本", ChineseAmount.Format(1_000_000)),
            new("成立日期", "2026年11月23日"),
            new("营业期限", "长期"),
            new("住所", "郑州高新区科学大道 000 号梧桐产业园 3 号楼 1204 室"),
            new("经营范围", "一般项目：软件开发；信息系统集成服务；人工智能应用软件开发；物联网技术服务；计算机软硬件及辅助设备零售；"
                + "技术服务、技术开发、技术咨询、技术交流、技术转让、技术推广（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）"),
        ],
    };
}
