using GaoXin.Portal.Kernel;
using GaoXin.Portal.Kernel.Printing;
using GaoXin.Portal.Licences.Printing;
using GaoXin.Portal.Licences.Sealing;

namespace GaoXin.Portal.Licences;

/// <summary>Unpacks the font, prints and seals one sheet in memory and forgets it: the first licence after a start is as quick as the next.</summary>
internal sealed class LicenceWarmUp(ISealKeys keys, TimeProvider clock) : IWarmUp
{
    public async Task Run(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var sheet = new LicenceSheet
        {
            Title = "演示样本",
            NumberLabel = "编号",
            Number = "0",
            Identifier = "0",
            VerifyCode = VerifyCode.Random(),
            FactsHash = new string('0', 64),
            VerifyAddress = "https://portal.example/verify/0",
            Issuer = "演示样本",
            IssuedOn = now.Day(),
            IssuedAt = now,
            Facts = [new LicenceFact("名称", "演示样本", false), new LicenceFact("经营范围", "一般项目：软件开发；信息技术咨询服务；数据处理服务。", false)],
            IsSample = true,
        };
        var (printed, _) = LicencePrint.Print(sheet);
        PdfSignature.Append(printed, await keys.Current(ct), now, sheet.Issuer);
    }
}
