using System.Buffers.Binary;

namespace GaoXin.Portal.Kernel.Files;

/// <summary>
/// Looks into an upload: the type is read from the content, never from the name; metadata of photos (EXIF: place, device,
/// owner) is dropped, only the orientation stays. Pure.
/// </summary>
internal static class UploadedFile
{
    /// <summary>10 MB.</summary>
    public const int MaximumLength = 10 * 1024 * 1024;

    private const ulong MostPixels = 120_000_000;
    private const byte EndOfImage = 0xD9, StartOfScan = 0xDA, FirstRestart = 0xD0, LastRestart = 0xD7, TemporaryMarker = 0x01, FillByte = 0xFF;

    private static readonly byte[] PngSignature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
    private static readonly HashSet<string> KeptPngChunks =
        ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "bKGD", "pHYs"];

    /// <summary>The content type and the cleaned content; refuses what is not a JPEG, PNG or PDF.</summary>
    public static (string ContentType, byte[] Content) Accept(byte[] content)
    {
        if (content.Length == 0)
            throw new RefusedException(FileRefusals.Empty());
        if (content.Length > MaximumLength)
            throw new RefusedException(FileRefusals.TooLarge());
        if (content.AsSpan().StartsWith((byte[])[0xFF, 0xD8, 0xFF]))
            return ("image/jpeg", CleanJpeg(content));
        if (content.AsSpan().StartsWith(PngSignature))
            return ("image/png", CleanPng(content));
        if (content.AsSpan().StartsWith("%PDF-"u8) && content.AsSpan(Math.Max(0, content.Length - 2048)).IndexOf("%%EOF"u8) >= 0)
            return ("application/pdf", content);
        throw new RefusedException(FileRefusals.WrongKind());
    }

    /// <summary>
    /// Copies segment by segment, scan data too, and stops at the end of the first picture: what hides between the scans
    /// of a progressive photo or behind its end (second pictures with the place in them, archives, scripts) is left out.
    /// </summary>
    private static byte[] CleanJpeg(byte[] content)
    {
        using var result = new MemoryStream(content.Length);
        result.Write(content, 0, 2);
        var (position, scanned) = (2, false);
        while (position + 4 <= content.Length && content[position] == 0xFF && content[position + 1] is var marker and not (0x00 or EndOfImage))
        {
            if (marker is FillByte or TemporaryMarker or (>= FirstRestart and <= LastRestart))
            {
                position += marker == FillByte ? 1 : 2;
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(content.AsSpan(position + 2)) + 2;
            if (length < 4 || position + length > content.Length)
                throw new RefusedException(FileRefusals.Damaged());
            var end = marker == StartOfScan ? EndOfScan(content, position + length) : position + length;
            WriteSegment(result, marker, content.AsSpan(position..end));
            scanned |= marker == StartOfScan;
            position = end;
        }

        if (!scanned)
            throw new RefusedException(FileRefusals.Damaged());
        result.Write([0xFF, EndOfImage]);
        return result.ToArray();
    }

    /// <summary>The place of the next marker: within scan data FF is followed by 00, a restart or another FF.</summary>
    private static int EndOfScan(byte[] content, int position)
    {
        while (position + 1 < content.Length && (content[position] != 0xFF || content[position + 1] is 0x00 or FillByte or (>= FirstRestart and <= LastRestart)))
            position++;
        return position + 1 < content.Length ? position : content.Length;
    }

    private static void WriteSegment(MemoryStream result, byte marker, ReadOnlySpan<byte> segment)
    {
        const byte FirstApplication = 0xE0, ExifApplication = 0xE1, ColourProfile = 0xE2, AdobeTransform = 0xEE, LastApplication = 0xEF, Comment = 0xFE;
        if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC) && segment.Length >= 9)
            MustOpenEasily(BinaryPrimitives.ReadUInt16BigEndian(segment[7..]), BinaryPrimitives.ReadUInt16BigEndian(segment[5..]));
        if (marker == ExifApplication && Orientation(segment) is { } orientation)
            result.Write(OrientationOnly(orientation));
        else if (marker is not (> FirstApplication and <= LastApplication or Comment) || marker is AdobeTransform || (marker is ColourProfile && segment[4..].StartsWith("ICC_PROFILE\0"u8)))
            result.Write(segment);
    }

    /// <summary>A small file may claim a picture that takes gigabytes to open on the officer's screen.</summary>
    private static void MustOpenEasily(uint width, uint height)
    {
        if ((ulong)width * height > MostPixels)
            throw new RefusedException(FileRefusals.TooManyPixels());
    }

    /// <summary>The orientation (1..8) in the first directory of an EXIF segment, or null.</summary>
    private static ushort? Orientation(ReadOnlySpan<byte> segment)
    {
        const int Header = 10;
        if (segment.Length < Header + 14 || !segment[4..].StartsWith("Exif\0\0"u8))
            return null;
        var tiff = segment[Header..];
        var little = tiff[0] == 'I';
        ushort Short(ReadOnlySpan<byte> at) => little ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);
        var start = little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (start > tiff.Length - 2)
            return null;
        var entries = Short(tiff[(int)start..]);
        for (var i = 0; i < entries; i++)
        {
            var at = (int)start + 2 + i * 12;
            if (at + 12 > tiff.Length)
                return null;
            if (Short(tiff[at..]) == 0x0112 && Short(tiff[(at + 8)..]) is >= 1 and <= 8 and var value)
                return value;
        }

        return null;
    }

    private static byte[] OrientationOnly(ushort orientation) =>
    [
        0xFF, 0xE1, 0x00, 0x22, (byte)'E', (byte)'x', (byte)'i', (byte)'f', 0, 0, (byte)'M', (byte)'M', 0, 0x2A, 0, 0, 0, 8, 0, 1,
        0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0,
    ];

    private static byte[] CleanPng(byte[] content)
    {
        using var result = new MemoryStream(content.Length);
        result.Write(PngSignature);
        var position = PngSignature.Length;
        while (position + 12 <= content.Length)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(content.AsSpan(position));
            if (length > content.Length - position - 12)
                break;
            var kind = System.Text.Encoding.ASCII.GetString(content, position + 4, 4);
            if (kind == "IHDR" && length >= 8)
                MustOpenEasily(BinaryPrimitives.ReadUInt32BigEndian(content.AsSpan(position + 8)), BinaryPrimitives.ReadUInt32BigEndian(content.AsSpan(position + 12)));
            if (KeptPngChunks.Contains(kind))
                result.Write(content, position, (int)length + 12);
            position += (int)length + 12;
            if (kind == "IEND")
                return result.ToArray();
        }

        throw new RefusedException(FileRefusals.Damaged());
    }
}

/// <summary>Everything refused about files.</summary>
internal static class FileRefusals
{
    public static Refusal Empty() => new("file.empty", "这个文件是空的，请重新选一个。");

    public static Refusal TooLarge() => new("file.too-large", "文件超过 10 MB，请压缩或重新拍照。");

    public static Refusal WrongKind() => new("file.wrong-kind", "只收 JPG、PNG 图片和 PDF。这个文件的内容不是这几种，请重新拍照或另存为 PDF。");

    public static Refusal TooManyPixels() => new("file.too-many-pixels", "图片的长宽太大，打不开。请用手机重新拍照，或缩小后再传。");

    public static Refusal Damaged() => new("file.damaged", "文件打不开，可能没有传完整，请重新拍照或另存后再传。");

    public static Refusal Unsafe() => new("file.unsafe", "这个文件没有通过安全检查，不能收。请换一个文件。");

    public static Refusal ScannerDown() => new("file.scanner-down", "安全检查暂时连不上，文件没有收下。您填的都已保存，10 分钟后再传。");
}
