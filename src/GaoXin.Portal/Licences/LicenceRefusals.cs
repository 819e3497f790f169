using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Licences;

internal static class LicenceRefusals
{
    public static RefusedException AlreadyRevoked() =>
        new(new Refusal("licence.already-revoked", "这张证照已经撤销，不用再撤销一次"));

    public static RefusedException NotTheCurrentVersion() =>
        new(new Refusal("licence.not-current", "这张证照已被新版代替，请打开最新的一版再撤销"));

    public static RefusedException NoFile() =>
        new(new Refusal("licence.no-file", "请先选择要核验的 PDF 文件", nameof(VerifyLicenceFile.Content)));

    public static RefusedException FileTooLarge() =>
        new(new Refusal("licence.file-too-large", "文件超过 5 MB。电子证照一般不到 1 MB，请选择下载时的原文件", nameof(VerifyLicenceFile.Content)));
}
