using System.Text;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Kernel.Files;

namespace GaoXin.Portal.Tests.Kernel;

public sealed class UploadedFileTests
{
    private static readonly byte[] ScanAndEnd = [0xFF, 0xDA, 0x00, 0x02, 0x11, 0x22, 0xFF, 0xD9];

    private static byte[] Jpeg(params byte[][] segments) => [0xFF, 0xD8, .. segments.SelectMany(s => s), .. ScanAndEnd];

    private static byte[] Segment(byte marker, byte[] body) => [0xFF, marker, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body];

    private static byte[] Exif(byte orientation, string owner) => Segment(0xE1,
    [
        .. "Exif\0\0"u8, (byte)'M', (byte)'M', 0, 0x2A, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(owner),
    ]);

    [Fact]
    public void A_photo_loses_who_and_where_but_keeps_which_way_is_up()
    {
        var (type, content) = UploadedFile.Accept(Jpeg(Exif(6, "GPS 34.80N 113.55E Owner"), Segment(0xFE, "comment"u8.ToArray())));

        type.ShouldBe("image/jpeg");
        var text = Encoding.Latin1.GetString(content);
        text.ShouldNotContain("GPS");
        text.ShouldNotContain("comment");
        content.AsSpan().IndexOf((byte[])[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6]).ShouldBeGreaterThan(0);
        content[^2..].ShouldBe([0xFF, 0xD9]);
    }

    [Fact]
    public void What_hides_between_the_scans_and_behind_the_end_of_a_photo_is_left_out()
    {
        byte[] scan = [0xFF, 0xDA, 0x00, 0x02, 0x11, 0xFF, 0x00, 0x22, 0xFF, 0xD0, 0x33];
        byte[] second = [.. Jpeg(Exif(1, "GPS behind"))];
        var (_, content) = UploadedFile.Accept(
        [
            0xFF, 0xD8, 0xFF, .. Exif(6, "GPS one"), .. Exif(6, "GPS two"), .. Segment(0xE2, [.. "MPF\0"u8, 1, 2]), .. Segment(0xE2, [.. "ICC_PROFILE\0"u8, 1, 1]),
            .. scan, .. Exif(6, "GPS between"), .. Segment(0xC4, [9, 9, 9]), .. scan, 0xFF, 0xD9, .. second, .. "<script>PK"u8,
        ]);

        var text = Encoding.Latin1.GetString(content);
        foreach (var hidden in (string[])["GPS", "MPF", "script", "PK"])
            text.ShouldNotContain(hidden);
        text.ShouldContain("ICC_PROFILE");
        content.AsSpan().IndexOf((byte[])[0xFF, 0xC4, 0, 5, 9, 9, 9, 0xFF, 0xDA, 0x00, 0x02, 0x11, 0xFF, 0x00, 0x22, 0xFF, 0xD0, 0x33, 0xFF, 0xD9]).ShouldBe(content.Length - 20);
    }

    [Fact]
    public void A_photo_with_a_lying_directory_is_taken_without_it()
    {
        var lying = Exif(6, "x");
        lying.AsSpan(14, 4).Fill(0xFF);
        lying[17] = 0xFE;

        UploadedFile.Accept(Jpeg(lying)).Content.AsSpan().IndexOf("Exif"u8).ShouldBe(-1);
    }

    [Fact]
    public void A_small_file_that_claims_a_giant_picture_is_refused()
    {
        byte[] png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF, 8, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. "IEND"u8, 0, 0, 0, 0];
        Should.Throw<RefusedException>(() => UploadedFile.Accept(png)).Refusals[0].Code.ShouldBe("file.too-many-pixels");
        var jpeg = Jpeg(Segment(0xC2, [8, 0xFF, 0xFF, 0xFF, 0xFF, 3, 0, 0, 0]));
        Should.Throw<RefusedException>(() => UploadedFile.Accept(jpeg)).Refusals[0].Code.ShouldBe("file.too-many-pixels");
    }

    [Fact]
    public void A_disguised_program_is_told_by_its_content()
    {
        Should.Throw<RefusedException>(() => UploadedFile.Accept("MZ this is a program named photo.jpg"u8.ToArray())).Refusals[0].Code.ShouldBe("file.wrong-kind");
        Should.Throw<RefusedException>(() => UploadedFile.Accept("<html><script>alert(1)</script>"u8.ToArray())).Refusals[0].Code.ShouldBe("file.wrong-kind");
    }

    [Fact]
    public void Too_large_empty_and_broken_files_are_refused_with_what_to_do()
    {
        Should.Throw<RefusedException>(() => UploadedFile.Accept(new byte[60 * 1024 * 1024])).Refusals[0].Message.ShouldContain("超过 10 MB");
        Should.Throw<RefusedException>(() => UploadedFile.Accept([])).Refusals[0].Code.ShouldBe("file.empty");
        Should.Throw<RefusedException>(() => UploadedFile.Accept([0xFF, 0xD8, 0xFF, 0xE0, 0xFF, 0xFF])).Refusals[0].Code.ShouldBe("file.damaged");
    }

    [Fact]
    public async Task The_local_scanner_knows_the_test_virus()
    {
        var scanner = new PatternScanner();

        (await scanner.IsClean(Encoding.ASCII.GetBytes("X5O!..EICAR-STANDARD-ANTIVIRUS-TEST-FILE!"), TestContext.Current.CancellationToken)).ShouldBeFalse();
        (await scanner.IsClean("%PDF-1.7 nothing"u8.ToArray(), TestContext.Current.CancellationToken)).ShouldBeTrue();
    }
}
