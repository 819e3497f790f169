using System.Text.Json;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using Microsoft.Extensions.Caching.Memory;

namespace GaoXin.Portal.Appointments;

/// <summary>Who comes. Full values: encrypted in the row, never logged.</summary>
internal sealed record Visitor(string Name, string IdNumber, string Phone)
{
    public override string ToString() => nameof(Visitor);
}

/// <summary>A visitor as it is stored: the keyed hash of the ID number and the encrypted values.</summary>
internal sealed record VisitorCard(byte[] Key, byte[] Secret);

/// <summary>
/// Makes visitor cards, and keeps those of accounts for some minutes: a real name never changes, so taking a place needs no
/// look at the account. Only hashes and encrypted values are kept.
/// </summary>
internal sealed class VisitorCards(PersonalDataCipher cipher, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private readonly MemoryCache _own = new(new MemoryCacheOptions { SizeLimit = 50_000 });

    public VisitorCard Of(Visitor visitor) =>
        new(KeyOf(visitor.IdNumber), cipher.Protect(JsonSerializer.SerializeToUtf8Bytes(visitor), Appointment.VisitorPurpose));

    public byte[] KeyOf(string idNumber) => cipher.Hash(idNumber, Appointment.PersonKind);

    public Visitor Open(byte[] secret) => JsonSerializer.Deserialize<Visitor>(cipher.UnprotectBytes(secret, Appointment.VisitorPurpose))!;

    /// <summary>The card of an account; refused without a real name.</summary>
    public async Task<VisitorCard> OwnOf(Guid account, IPeople people, CancellationToken ct)
    {
        if (_own.TryGetValue(account, out (VisitorCard Card, DateTimeOffset Until) kept) && clock.GetUtcNow() < kept.Until)
            return kept.Card;
        var person = await people.Find(account, ct).OrNotFound("account");
        if (person is not { Name: { } name, IdNumber: { } idNumber })
            throw new RefusedException(AppointmentRefusals.RealNameFirst());
        var card = Of(new Visitor(name, idNumber, person.Phone ?? ""));
        _own.Set(account, (card, clock.GetUtcNow() + Lifetime), new MemoryCacheEntryOptions { Size = 1 });
        return card;
    }

    public void Dispose() => _own.Dispose();
}
