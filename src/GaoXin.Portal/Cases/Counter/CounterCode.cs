using System.Globalization;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Cases.Counter;

/// <summary>What a code at the counter agrees to.</summary>
internal enum CounterPurpose
{
    /// <summary>同意由窗口代填.</summary>
    Fill,

    /// <summary>确认内容并提交.</summary>
    Submit,

    /// <summary>同意由窗口代改要求补正的几项.</summary>
    Mend,

    /// <summary>确认改好的内容并再交.</summary>
    Resubmit,
}

/// <summary>
/// A one-time code that the applicant reads out to the clerk, kept as a keyed hash: good for one clerk, one person, one service, and where
/// it submits or mends for one content only. The readable code stays encrypted only until it was sent. Who is not an account yet stands here,
/// encrypted, until the code was used or the row is removed the next day.
/// </summary>
internal sealed class CounterCode
{
    public const int Tries = 5;
    public const string Purpose = "cases.counter-code";
    public const string PersonPurpose = "cases.counter-person";
    public const string PhoneKind = "counter-phone";
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public required Guid Id { get; init; }

    public required CounterPurpose For { get; init; }

    public required Guid ClerkId { get; init; }

    public required byte[] PhoneHash { get; init; }

    public required byte[] ProtectedPhone { get; init; }

    /// <summary>The account; null for somebody who has none with a real name yet.</summary>
    public Guid? ApplicantId { get; init; }

    public byte[]? ProtectedName { get; init; }

    public byte[]? ProtectedIdNumber { get; init; }

    /// <summary>Which registry answered for the name.</summary>
    public string? RealNameMethod { get; init; }

    public required string ServiceCode { get; init; }

    public required string ServiceTitle { get; init; }

    /// <summary>Hall and window in words, for the message.</summary>
    public required string Place { get; init; }

    public Guid? CaseId { get; init; }

    public string? ContentHash { get; init; }

    public required byte[] CodeHash { get; init; }

    public byte[]? ProtectedCode { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public int TriesLeft { get; init; } = Tries;

    /// <summary>Set when it was used, replaced, or its content changed.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    public bool Is(string code, PersonalDataCipher cipher) => OneTimeCode.Is(CodeHash, Id, code, Purpose, cipher);
}

/// <summary>A code waits to be sent. The row's id only: neither number nor code passes through the outbox.</summary>
public sealed record CounterCodeRequested(Guid CodeId) : IPublicEvent;

/// <summary>Sends codes and takes them.</summary>
internal sealed class CounterCodes(PortalDbContext db, ICurrentUser user, IPeople people, Signing signing, PersonalDataCipher cipher, TimeProvider clock)
{
    private const string ContentKind = "counter-content";
    private const int MostADay = 10;
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    /// <summary>What a code to submit covers: the answers as they are signed, and the files, so that neither is exchanged after the code was sent.</summary>
    public async Task<string> ContentOf(CaseFile file, CancellationToken ct)
    {
        var brought = await db.Attachments.Where(a => a.CaseId == file.Case.Id && a.RemovedAt == null).Select(a => new { a.MaterialCode, a.Sha256 }).ToListAsync(ct);
        return Hash([signing.HashOf(file), .. brought.Select(a => $"{a.MaterialCode} {a.Sha256}").Order(StringComparer.Ordinal)]);
    }

    /// <summary>What a code to mend covers: this round with what it asks for.</summary>
    public string ContentOf(Case own, OpenCorrection open) =>
        Hash([own.CorrectionRounds.ToString(CultureInfo.InvariantCulture), .. open.Items.Select(i => i.Path).Order(StringComparer.Ordinal)]);

    /// <summary>Sends a code about a case to its applicant, for this clerk.</summary>
    public async Task SendToApplicant(Case own, CounterPurpose purpose, string content, CounterSeat seat, CancellationToken ct)
    {
        var phone = (await people.Find(own.ApplicantId, ct))?.Phone ?? throw new NotFoundException("applicant");
        var (phoneHash, now) = (cipher.Hash(phone, CounterCode.PhoneKind), clock.GetUtcNow());
        await Send((id, hash, secret) => new CounterCode
        {
            Id = id,
            For = purpose,
            ClerkId = user.Id,
            PhoneHash = phoneHash,
            ProtectedPhone = cipher.Protect(phone, CounterCode.PersonPurpose),
            ApplicantId = own.ApplicantId,
            ServiceCode = own.ServiceCode,
            ServiceTitle = own.ServiceTitle,
            Place = seat.Words,
            CaseId = own.Id,
            ContentHash = content,
            CodeHash = hash,
            ProtectedCode = secret,
            CreatedAt = now,
            ExpiresAt = now + CounterCode.Lifetime,
        }, phoneHash, purpose, ct);
    }

    /// <summary>The code about a case that this clerk had sent and that nothing has closed yet; expired or not.</summary>
    public Task<CounterCode?> Open(Case own, CounterPurpose purpose, CancellationToken ct) => db.CounterCodes.AsNoTracking()
        .SingleOrDefaultAsync(c => c.CaseId == own.Id && c.ClerkId == user.Id && c.For == purpose && c.ApplicantId == own.ApplicantId && c.ClosedAt == null, ct);

    /// <summary>Makes the code ready to be sent; what this clerk had open for the person and purpose is void. Refused: too soon, too many.</summary>
    public async Task Send(Func<Guid, byte[], byte[], CounterCode> make, byte[] phoneHash, CounterPurpose purpose, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (gap, day) = (now - Between, now.AddDays(-1));
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({$"counter-code:{Convert.ToHexString(phoneHash)}"}, 0))", ct);
        var sent = await db.CounterCodes.Where(c => c.PhoneHash == phoneHash && c.CreatedAt > day).Select(c => new { c.For, c.CreatedAt }).ToListAsync(ct);
        if (sent.Exists(c => c.For == purpose && c.CreatedAt > gap))
            throw new RefusedException(CounterRefusals.CodeTooSoon());
        if (sent.Count >= MostADay)
            throw new RefusedException(CounterRefusals.TooManyCodes());
        var (id, digits) = (Guid.CreateVersion7(), OneTimeCode.Draw());
        var code = make(id, OneTimeCode.Hash(id, digits, CounterCode.Purpose, cipher), cipher.Protect(digits, CounterCode.Purpose));
        await Close(db.CounterCodes.Where(c => c.ClerkId == code.ClerkId && c.PhoneHash == phoneHash && c.ServiceCode == code.ServiceCode && c.For == purpose), ct);
        db.Add(code);
        db.Raise(new CounterCodeRequested(id), now);
    }

    /// <summary>Takes one try first, then compares: the row lock makes racing callers queue for the tries that are left. Null when it was right; then it is used up.</summary>
    public async Task<Refusal?> Use(Guid id, string typed, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var open = db.CounterCodes.Where(c => c.Id == id && c.ClosedAt == null && c.ExpiresAt > now);
        var taken = await open.Where(c => c.TriesLeft > 0).ExecuteUpdateAsync(c => c.SetProperty(x => x.TriesLeft, x => x.TriesLeft - 1), ct);
        if (await open.AsNoTracking().SingleOrDefaultAsync(ct) is not { } code)
            return CounterRefusals.WrongCode();
        if (taken == 0 || !code.Is(Text.Compact(typed), cipher))
            return code.TriesLeft == 0 ? CounterRefusals.CodeLocked() : CounterRefusals.WrongCode();
        await Close(db.CounterCodes.Where(c => c.Id == id), ct);
        return null;
    }

    /// <summary>Voids codes and forgets what only they held.</summary>
    public Task Close(IQueryable<CounterCode> codes, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return codes.Where(c => c.ClosedAt == null).ExecuteUpdateAsync(c => c.SetProperty(x => x.ClosedAt, now).SetProperty(x => x.ProtectedCode, (byte[]?)null)
            .SetProperty(x => x.ProtectedName, (byte[]?)null).SetProperty(x => x.ProtectedIdNumber, (byte[]?)null), ct);
    }

    private string Hash(IEnumerable<string> parts) => Convert.ToHexStringLower(cipher.Hash(string.Join('\n', parts), ContentKind));
}

/// <summary>Sends the code after the commit, with what it agrees to. A code that expired in the queue is not sent any more.</summary>
internal sealed class SendCounterCode(PortalDbContext db, PersonalDataCipher cipher, ISmsGateway sms, TimeProvider clock) : IEventHandler<CounterCodeRequested>, ICallsOutside
{
    public async Task Handle(CounterCodeRequested fact, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var code = await db.CounterCodes.AsNoTracking().SingleOrDefaultAsync(c => c.Id == fact.CodeId && c.ClosedAt == null && c.ExpiresAt > now && c.ProtectedCode != null, ct);
        if (code is null)
            return;
        var digits = cipher.Unprotect(code.ProtectedCode!, CounterCode.Purpose);
        await sms.Send(new SmsMessage(code.Id, cipher.Unprotect(code.ProtectedPhone, CounterCode.PersonPurpose), Words(code, digits)), ct);
        await db.CounterCodes.Where(c => c.Id == code.Id).ExecuteUpdateAsync(c => c.SetProperty(x => x.ProtectedCode, (byte[]?)null), ct);
    }

    private static string Words(CounterCode code, string digits)
    {
        var (service, valid) = ($"“{code.ServiceTitle}”", $"验证码 {digits}，10 分钟内有效。");
        return "【高新区政务】" + code.For switch
        {
            CounterPurpose.Fill => $"{code.Place}要代您填{service}。{valid}告诉窗口，就是同意他当天代您填；提交前还会再问您一次。不是您在办，请不要告诉任何人。",
            CounterPurpose.Mend => $"{code.Place}要代您补正{service}。{valid}告诉窗口，就是同意他当天代您改要求补正的几项；再交前还会再问您一次。不是您在办，请不要告诉任何人。",
            CounterPurpose.Submit => $"{service}填好了，{code.Place}请您确认。{valid}告诉窗口，就是您本人签名、作出表里的承诺，并提交刚看过的内容；内容一改就作废。不同意请不要告诉任何人。",
            CounterPurpose.Resubmit => $"{service}补正改好了，{code.Place}请您确认。{valid}告诉窗口，就是您本人签名，并再交刚看过的内容和材料；一改就作废。不同意请不要告诉任何人。",
            _ => throw new ArgumentOutOfRangeException(nameof(code)),
        };
    }
}

/// <summary>Removes the codes of yesterday (保存期限最短，个人信息保护法 19).</summary>
internal sealed class TidyCounterCodes(PortalDbContext db, TimeProvider clock) : IPeriodicTask
{
    public Task<int> Run(CancellationToken ct)
    {
        var yesterday = clock.GetUtcNow().AddDays(-1);
        return db.CounterCodes.Where(c => c.CreatedAt < yesterday).ExecuteDeleteAsync(ct);
    }
}

internal sealed class CounterCodeConfiguration : IEntityTypeConfiguration<CounterCode>
{
    public void Configure(EntityTypeBuilder<CounterCode> builder)
    {
        builder.ToTable("counter_codes", "cases", t =>
        {
            t.HasCheckConstraint("ck_counter_codes_tries", "tries_left BETWEEN 0 AND 5");
            t.HasCheckConstraint("ck_counter_codes_content", "(\"for\" = 'Fill') = (case_id IS NULL) AND (case_id IS NULL) = (content_hash IS NULL)");
        });
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.ServiceCode).HasMaxLength(60);
        builder.Property(c => c.ServiceTitle).HasMaxLength(100);
        builder.Property(c => c.Place).HasMaxLength(100);
        builder.Property(c => c.ContentHash).HasMaxLength(64);
        builder.Property(c => c.RealNameMethod).HasMaxLength(40);
        builder.HasOne<Case>().WithMany().HasForeignKey(c => c.CaseId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(c => new { c.ClerkId, c.PhoneHash, c.ServiceCode, c.For }).IsUnique().HasFilter("closed_at IS NULL").HasDatabaseName("ux_counter_codes_open");
        builder.HasIndex(c => new { c.PhoneHash, c.CreatedAt });
        builder.HasIndex(c => c.CreatedAt);
        builder.HasIndex(c => c.CaseId).HasFilter("case_id IS NOT NULL");
    }
}
