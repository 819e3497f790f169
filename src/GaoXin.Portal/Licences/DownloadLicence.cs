using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Licences;

/// <summary>
/// The signed file of a licence, byte for byte as issued, however often it is asked for. Holders only: the public page
/// shows facts, not the file.
/// </summary>
[ForCitizens]
public sealed record DownloadLicence(Guid LicenceId) : IQuery<LicenceDownload>;

/// <summary>A PDF file with its name.</summary>
public sealed record LicenceDownload(string FileName, byte[] Content);

internal sealed class DownloadLicenceHandler(PortalDbContext db, ICurrentUser user, PersonalDataCipher cipher) : IRequestHandler<DownloadLicence, LicenceDownload>
{
    public async Task<LicenceDownload> Handle(DownloadLicence request, CancellationToken ct)
    {
        var contents = db.LicenceContents;
        var stored = await db.LicencesOf(user.Id).Where(l => l.Id == request.LicenceId)
            .Join(contents, l => l.Id, c => c.LicenceId, (l, c) => new LicenceDownload($"{l.Kind}-{l.HolderKey}-{l.Version:000}.pdf", c.Bytes))
            .SingleOrDefaultAsync(ct).OrNotFound("licence");
        var file = LicenceContent.Open(stored.Content, cipher) ?? throw new InvalidOperationException($"The stored file of licence {request.LicenceId} was altered.");
        return stored with { Content = file };
    }
}
