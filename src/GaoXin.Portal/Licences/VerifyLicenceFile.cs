using GaoXin.Portal.Kernel;
using MediatR;

namespace GaoXin.Portal.Licences;

/// <summary>
/// Verifies a licence file (核验文件) of at most 5 MB. Exactly the issued bytes are valid; a file that carries the mark of
/// an issued licence but differs in one byte is altered; any other file is unknown. The file is not kept.
/// Refused: no file, too large.
/// </summary>
[ForAnyone]
public sealed record VerifyLicenceFile(Stream? Content) : IQuery<LicenceCheck>
{
    /// <summary>Most bytes of a file.</summary>
    public const int MaximumBytes = 5 * 1024 * 1024;
}

internal sealed class VerifyLicenceFileHandler(LicenceInspection inspection) : IRequestHandler<VerifyLicenceFile, LicenceCheck>
{
    public async Task<LicenceCheck> Handle(VerifyLicenceFile request, CancellationToken ct)
    {
        if (request.Content is null)
            throw LicenceRefusals.NoFile();
        using var file = new MemoryStream();
        var buffer = new byte[81920];
        while (await request.Content.ReadAsync(buffer, ct) is var read and > 0)
        {
            file.Write(buffer, 0, read);
            if (file.Length > VerifyLicenceFile.MaximumBytes)
                throw LicenceRefusals.FileTooLarge();
        }

        return file.Length > 0 ? await inspection.ByFile(file.ToArray(), ct) : throw LicenceRefusals.NoFile();
    }
}
