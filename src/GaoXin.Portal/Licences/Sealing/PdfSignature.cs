using System.Formats.Asn1;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using GaoXin.Portal.Kernel.Printing;

namespace GaoXin.Portal.Licences.Sealing;

/// <summary>
/// Signs a PDF with an incremental update (PAdES baseline B: ETSI.CAdES.detached, signing-certificate-v2) and checks it.
/// </summary>
internal static class PdfSignature
{
    private const int Reserved = 8192;
    private const string SigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";
    private static readonly string RangePlaceholder = "[0 " + new string('*', 32) + "]";

    /// <summary>The signed file: the printed bytes unchanged, then the signature as an update.</summary>
    public static byte[] Append(PdfFile file, X509Certificate2 certificate, DateTimeOffset signedAt, string signer)
    {
        var update = Update(file, signedAt, signer);
        byte[] whole = [.. file.Bytes, .. Encoding.Latin1.GetBytes(update)];
        var contents = file.Bytes.Length + update.IndexOf("/Contents <", StringComparison.Ordinal) + "/Contents ".Length;
        var after = contents + 2 + Reserved * 2;
        var range = $"[0 {contents} {after} {whole.Length - after}".PadRight(RangePlaceholder.Length - 1) + "]";
        var rangeAt = file.Bytes.Length + update.IndexOf(RangePlaceholder, StringComparison.Ordinal);
        Encoding.Latin1.GetBytes(range, whole.AsSpan(rangeAt));
        var signature = Sign([.. whole.AsSpan(0, contents), .. whole.AsSpan(after)], certificate);
        if (signature.Length > Reserved)
            throw new InvalidOperationException("The certificate chain does not fit into the signature.");
        Encoding.Latin1.GetBytes(Convert.ToHexStringLower(signature), whole.AsSpan(contents + 1));
        return whole;
    }

    /// <summary>The certificate whose signature covers the whole file, or null when there is none or it does not hold.</summary>
    public static X509Certificate2? Check(byte[] pdf)
    {
        if (Parts(pdf) is not var (content, signature))
            return null;
        try
        {
            var cms = new SignedCms(new ContentInfo(content), detached: true);
            cms.Decode(signature);
            if (cms.SignerInfos.Count != 1)
                return null;
            cms.CheckSignature(verifySignatureOnly: true);
            return cms.SignerInfos[0].Certificate;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static (byte[] Content, byte[] Signature)? Parts(byte[] pdf)
    {
        var marker = "/ByteRange "u8;
        var at = pdf.AsSpan().LastIndexOf(marker);
        if (at < 0)
            return null;
        var text = Encoding.Latin1.GetString(pdf.AsSpan(at + marker.Length, Math.Min(64, pdf.Length - at - marker.Length)));
        var end = text.IndexOf(']');
        if (end < 0 || text[0] != '[')
            return null;
        var numbers = text[1..end].Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(n => int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : -1).ToArray();
        if (numbers is not [0, > 0 and var first, > 0 and var second, >= 0 and var rest] || second <= first + 2 || rest != pdf.Length - second)
            return null;
        if (pdf[first] != '<' || pdf[second - 1] != '>')
            return null;
        var hex = Encoding.Latin1.GetString(pdf.AsSpan(first + 1, second - first - 2));
        return hex.Length % 2 == 0 && hex.All(char.IsAsciiHexDigit)
            ? ([.. pdf.AsSpan(0, first), .. pdf.AsSpan(second)], Convert.FromHexString(hex))
            : null;
    }

    private static string Update(PdfFile file, DateTimeOffset signedAt, string signer)
    {
        var (value, field) = (file.ObjectCount + 1, file.ObjectCount + 2);
        var writer = new PdfUpdate(file);
        writer.Object(file.Catalog, file.CatalogEntries + $" /AcroForm << /Fields [{field} 0 R] /SigFlags 3 >>");
        writer.Object(file.Page, file.PageEntries + $" /Annots [{field} 0 R]");
        writer.Object(value, $"/Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /Name {PdfText.Hex(signer)} "
            + $"/M {PdfText.Date(signedAt)} /ByteRange {RangePlaceholder} /Contents <{new string('0', Reserved * 2)}>");
        writer.Object(field, $"/Type /Annot /Subtype /Widget /FT /Sig /Rect [0 0 0 0] /F 132 /T (Seal) /P {file.Page} 0 R /V {value} 0 R");
        return writer.Finish();
    }

    private static byte[] Sign(byte[] content, X509Certificate2 certificate)
    {
        var cms = new SignedCms(new ContentInfo(content), detached: true);
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, certificate)
        {
            IncludeOption = X509IncludeOption.EndCertOnly,
            DigestAlgorithm = new Oid("2.16.840.1.101.3.4.2.1"),
        };
        signer.SignedAttributes.Add(new AsnEncodedData(new Oid(SigningCertificateV2), CertificateReference(certificate)));
        cms.ComputeSignature(signer, silent: true);
        return cms.Encode();
    }

    private static byte[] CertificateReference(X509Certificate2 certificate)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
            writer.WriteOctetString(SHA256.HashData(certificate.RawData));
        return writer.Encode();
    }
}
