using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Kernel;

/// <summary>Keys for personal data, section <c>Portal:PersonalData</c>. Production sets them from a secret store.</summary>
internal sealed class PersonalDataOptions
{
    public const string Section = "Portal:PersonalData";

    /// <summary>Encryption keys by id (1..255), base64 of 32 bytes. The highest id encrypts, all decrypt.</summary>
    public Dictionary<string, string> Keys { get; set; } = [];

    /// <summary>Key of the look-up hashes, base64 of 32 bytes. It can not be rotated without rehashing.</summary>
    public string? HashKey { get; set; }
}

/// <summary>
/// Encrypts personal data at rest (AES-256-GCM, random nonce) and makes keyed hashes (HMAC-SHA256) for exact look-up.
/// The purpose, for example <c>identity.name</c>, is authenticated: a value copied into another column does not open.
/// Layout: version 1, key id, nonce 12, tag 16, text.
/// </summary>
internal sealed class PersonalDataCipher
{
    private const byte Version = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int HeaderLength = 2;
    private readonly Dictionary<byte, byte[]> _keys;
    private readonly byte _current;
    private readonly byte[] _hashKey;

    public PersonalDataCipher(IOptions<PersonalDataOptions> options)
    {
        _keys = options.Value.Keys.ToDictionary(k => byte.Parse(k.Key), k => Key(k.Value));
        if (_keys.Count == 0 || options.Value.HashKey is null)
            throw new InvalidOperationException($"{PersonalDataOptions.Section}:Keys and :HashKey must be set.");
        _current = _keys.Keys.Max();
        _hashKey = Key(options.Value.HashKey);
    }

    public byte[] Protect(string text, string purpose) => Protect(Encoding.UTF8.GetBytes(text), purpose);

    public byte[] Protect(byte[] plain, string purpose)
    {
        var result = new byte[HeaderLength + NonceLength + TagLength + plain.Length];
        result[0] = Version;
        result[1] = _current;
        var nonce = result.AsSpan(HeaderLength, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var gcm = new AesGcm(_keys[_current], TagLength);
        gcm.Encrypt(nonce, plain, result.AsSpan(HeaderLength + NonceLength + TagLength),
            result.AsSpan(HeaderLength + NonceLength, TagLength), Associated(purpose));
        return result;
    }

    /// <summary>The text; throws <see cref="CryptographicException"/> when it was altered or meant for another purpose.</summary>
    public string Unprotect(byte[] secret, string purpose) => Encoding.UTF8.GetString(UnprotectBytes(secret, purpose));

    /// <summary>The bytes of a protected file; throws like <see cref="Unprotect"/>.</summary>
    public byte[] UnprotectBytes(byte[] secret, string purpose)
    {
        if (secret.Length < HeaderLength + NonceLength + TagLength || secret[0] != Version || !_keys.TryGetValue(secret[1], out var key))
            throw new CryptographicException("Unknown layout or key of a protected value.");
        var plain = new byte[secret.Length - HeaderLength - NonceLength - TagLength];
        using var gcm = new AesGcm(key, TagLength);
        gcm.Decrypt(secret.AsSpan(HeaderLength, NonceLength), secret.AsSpan(HeaderLength + NonceLength + TagLength),
            secret.AsSpan(HeaderLength + NonceLength, TagLength), plain, Associated(purpose));
        return plain;
    }

    /// <summary>The look-up hash of a normalised value; the kind (phone, id-number) separates the spaces.</summary>
    public byte[] Hash(string normalised, string kind) =>
        HMACSHA256.HashData(_hashKey, Encoding.UTF8.GetBytes($"{kind}\n{normalised}"));

    private static byte[] Associated(string purpose) => Encoding.UTF8.GetBytes(purpose);

    private static byte[] Key(string base64)
    {
        var key = Convert.FromBase64String(base64);
        return key.Length == 32 ? key : throw new InvalidOperationException("A personal-data key must be 32 bytes in base64.");
    }
}
