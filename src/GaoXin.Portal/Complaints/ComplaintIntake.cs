using System.Security.Cryptography;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Kernel.Files;
using GaoXin.Portal.Persistence;

namespace GaoXin.Portal.Complaints;

/// <summary>What an intake has found out about a complaint, of whichever channel.</summary>
internal sealed record Intake
{
    public required ComplaintChannel Channel { get; init; }

    public required ComplaintKind Kind { get; init; }

    public required IdentityMode Identity { get; init; }

    public required string Text { get; init; }

    public string? Topic { get; init; }

    public string? Place { get; init; }

    public string? Name { get; init; }

    public MobileNumber? Phone { get; init; }

    public Guid? ReporterId { get; init; }

    public string? ExternalNumber { get; init; }

    public DateOnly? ExternalDueOn { get; init; }

    public Guid? RelatedCaseId { get; init; }

    public string? RelatedCaseNumber { get; init; }

    public string? RelatedDepartment { get; init; }

    public bool MayPublish { get; init; }

    /// <summary>Who writes it down must not learn the withdrawal code: it goes to the telephone.</summary>
    public bool CodeByMessage { get; init; }

    /// <summary>The registered program that sends it.</summary>
    public Guid? ClientId { get; init; }

    public IReadOnlyList<ComplaintUpload> Files { get; init; } = [];

    public override string ToString() => nameof(Intake);
}

/// <summary>A file as it was sent.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Content">JPEG, PNG or PDF, up to 10 MB.</param>
public sealed record ComplaintUpload(string Name, byte[] Content)
{
    /// <summary>Without the content.</summary>
    public override string ToString() => nameof(ComplaintUpload);
}

/// <summary>Takes a complaint in: one way for every channel.</summary>
internal sealed class ComplaintIntake(
    PortalDbContext db, PersonalDataCipher cipher, Rulebooks rulebooks, ComplaintJournal journal, IFileScanner scanner, ComplaintPasses passes, TimeProvider clock)
{
    public const int MostFiles = 5;
    private const int LongestName = 100;

    public async Task<FiledComplaint> File(Intake intake, CancellationToken ct)
    {
        if (intake.Files.Count > MostFiles)
            throw new RefusedException(ComplaintRefusals.TooManyFiles());
        var topic = intake.Topic is null ? null : (await rulebooks.Topics(ct)).FirstOrDefault(t => t.Code == intake.Topic && t.Parent is not null)
            ?? throw new RefusedException(ComplaintRefusals.UnknownTopic());
        var files = new List<(ComplaintFile, ComplaintFileBody)>();
        var id = Guid.CreateVersion7();
        foreach (var upload in intake.Files)
            files.Add(await Clean(id, upload, ct));
        var number = await ComplaintNumber.Take(db, clock.Today(), ct);
        var code = WithdrawalCode.New();
        var byMessage = intake is { CodeByMessage: true, Phone: not null };
        var filed = Make(id, number, code, byMessage, intake, topic);
        filed.Received(await rulebooks.Time(ct));
        db.Add(filed);
        foreach (var (file, body) in files)
            db.AddRange(file, body);
        journal.Record(filed, "Received", new { intake.Channel, intake.Kind, intake.Identity, intake.Topic, Files = files.Count }, "收到您的诉求");
        db.Raise(new ComplaintReceived(id, number), clock.GetUtcNow());
        if (byMessage)
            db.Raise(new WithdrawalCodeRequested(id), clock.GetUtcNow());
        return new FiledComplaint(id, number, byMessage ? null : WithdrawalCode.Display(code), passes.Issue(id));
    }

    private Complaint Make(Guid id, string number, string code, bool byMessage, Intake intake, Topic? topic)
    {
        // 匿名: nothing about the person but a telephone number, if one was left.
        var anonymous = intake.Identity == IdentityMode.Anonymous;
        var phone = intake.Phone?.Digits;
        return new Complaint
        {
            Id = id,
            Number = number,
            Channel = intake.Channel,
            ExternalNumber = intake.ExternalNumber,
            ExternalDueOn = intake.ExternalDueOn,
            ClientId = intake.ClientId,
            Identity = intake.Identity,
            ReporterId = anonymous ? null : intake.ReporterId,
            ProtectedName = anonymous || string.IsNullOrWhiteSpace(intake.Name) ? null : cipher.Protect(intake.Name.Trim(), Complaint.NamePurpose),
            ProtectedPhone = phone is null ? null : cipher.Protect(phone, Complaint.PhonePurpose),
            PhoneHash = phone is null ? null : ComplaintKeys.OfPhone(cipher, phone),
            TailHash = phone is null ? null : ComplaintKeys.OfTail(cipher, number, phone[^4..]),
            CodeHash = WithdrawalCode.Hash(cipher, number, code),
            CodeSecret = byMessage ? cipher.Protect(code, Complaint.CodePurpose) : null,
            ProtectedText = cipher.Protect(intake.Text.Trim(), Complaint.TextPurpose),
            ProtectedPlace = string.IsNullOrWhiteSpace(intake.Place) ? null : cipher.Protect(intake.Place.Trim(), Complaint.PlacePurpose),
            Fingerprint = Fingerprint.Of(cipher, intake.Text),
            Kind = intake.Kind,
            Topic = topic?.Code,
            Urgency = topic?.Urgency ?? ComplaintUrgency.Ordinary,
            RelatedCaseId = intake.RelatedCaseId,
            RelatedCaseNumber = intake.RelatedCaseNumber,
            RelatedDepartment = intake.RelatedDepartment,
            MayPublish = intake.MayPublish && intake.Kind != ComplaintKind.Report,
            SubmittedAt = clock.GetUtcNow(),
        };
    }

    private async Task<(ComplaintFile, ComplaintFileBody)> Clean(Guid complaintId, ComplaintUpload upload, CancellationToken ct)
    {
        var (contentType, content) = UploadedFile.Accept(upload.Content);
        if (!await scanner.IsClean(content, ct))
            throw new RefusedException(FileRefusals.Unsafe());
        var name = upload.Name.Split('/', '\\')[^1];
        var file = new ComplaintFile
        {
            ComplaintId = complaintId,
            ProtectedName = cipher.Protect(name.Length == 0 ? "文件" : name[..Math.Min(name.Length, LongestName)], ComplaintFile.NamePurpose),
            ContentType = contentType,
            Length = content.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
            UploadedAt = clock.GetUtcNow(),
        };
        return (file, new ComplaintFileBody { Id = file.Id, Content = cipher.Protect(content, ComplaintFile.BodyPurpose) });
    }
}
