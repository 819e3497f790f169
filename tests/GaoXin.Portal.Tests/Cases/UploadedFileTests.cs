using System.Text;
using GaoXin.Portal.Cases.Files;
using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Tests.Cases;

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
