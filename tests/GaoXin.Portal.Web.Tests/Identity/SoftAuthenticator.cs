using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace GaoXin.Portal.Web.Tests.Identity;

/// <summary>A device with passkeys, in software: one ES256 key, user verified, no attestation (WebAuthn level 2).</summary>
internal sealed class SoftAuthenticator(string origin) : IDisposable
{
    private const byte UserPresent = 0x01;
    private const byte UserVerified = 0x04;
    private const byte AttestedCredential = 0x40;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _id = RandomNumberGenerator.GetBytes(32);
    private string _userHandle = "";
    private uint _uses;

    /// <summary>False when the device does not ask for fingerprint, face or PIN.</summary>
    public bool VerifiesUser { get; init; } = true;

    /// <summary>Answers <c>navigator.credentials.create</c>.</summary>
    public string Create(string optionsJson)
    {
        var options = JsonElement.Parse(optionsJson);
        _userHandle = options.GetProperty("user").GetProperty("id").GetString()!;
        var data = AuthenticatorData(options.GetProperty("rp").GetProperty("id").GetString()!, AttestedCredential);
        byte[] attested = [.. data, .. new byte[16], 0, (byte)_id.Length, .. _id, .. PublicKey()];
        byte[] attestation = [0xA3, .. CborText("fmt"), .. CborText("none"), .. CborText("attStmt"), 0xA0, .. CborText("authData"), .. CborBytes(attested)];
        return Credential(new { clientDataJSON = Text(ClientData("webauthn.create", options)), attestationObject = Text(attestation), transports = new[] { "internal" } });
    }

    /// <summary>Answers <c>navigator.credentials.get</c>.</summary>
    public string Get(string optionsJson)
    {
        var options = JsonElement.Parse(optionsJson);
        var data = AuthenticatorData(options.GetProperty("rpId").GetString()!, 0);
        var client = ClientData("webauthn.get", options);
        var signature = _key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Credential(new { clientDataJSON = Text(client), authenticatorData = Text(data), signature = Text(signature), userHandle = _userHandle });
    }

    public void Dispose() => _key.Dispose();

    private string Credential(object response) => JsonSerializer.Serialize(new
    {
        id = Text(_id),
        rawId = Text(_id),
        type = "public-key",
        authenticatorAttachment = "platform",
        clientExtensionResults = new { },
        response,
    });

    private byte[] ClientData(string type, JsonElement options) => JsonSerializer.SerializeToUtf8Bytes(
        new { type, challenge = options.GetProperty("challenge").GetString(), origin, crossOrigin = false });

    private byte[] AuthenticatorData(string relyingParty, byte flags)
    {
        var counter = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(counter, ++_uses);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(relyingParty)), (byte)(flags | UserPresent | (VerifiesUser ? UserVerified : 0)), .. counter];
    }

    /// <summary>COSE: key type EC2, ES256, curve P-256, x, y.</summary>
    private byte[] PublicKey()
    {
        var point = _key.ExportParameters(false).Q;
        return [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, .. CborBytes(point.X!), 0x22, .. CborBytes(point.Y!)];
    }

    private static byte[] CborText(string text) => [(byte)(0x60 + text.Length), .. Encoding.ASCII.GetBytes(text)];

    private static byte[] CborBytes(byte[] bytes) => [0x58, (byte)bytes.Length, .. bytes];

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
