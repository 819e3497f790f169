using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GaoXin.Portal.Benchmarks.Load;

/// <summary>
/// One HTTP/1.1 connection that does next to nothing: a ready-made request out, an answer in. A full client would cost as
/// much as the server it shares the machine with.
/// </summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 60_000 };
    private byte[] _buffer = new byte[256 * 1024];

    public RawConnection(int port) => _socket.Connect(IPAddress.Loopback, port);

    /// <summary>The bytes of a GET.</summary>
    public static byte[] Request(string path, string? cookie) => Encoding.ASCII.GetBytes(
        $"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n{(cookie is null ? "" : $"Cookie: {cookie}\r\n")}\r\n");

    /// <summary>Sends one request and reads its whole answer: the status and the length of the body.</summary>
    public (int Status, int Length) Send(byte[] request)
    {
        _socket.Send(request);
        var (filled, head) = (0, -1);
        while (head < 0)
        {
            filled += Receive(filled);
            head = _buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
        }

        var body = head + 4;
        Utf8Parser.TryParse(_buffer.AsSpan(9, 3), out int status, out _);
        if (LengthOf(_buffer.AsSpan(0, body)) is not { } length)
            return (status, ReadChunks(body, filled));
        while (filled < body + length)
            filled += Receive(filled);
        return (status, length);
    }

    public void Dispose() => _socket.Dispose();

    private int ReadChunks(int body, int filled)
    {
        while (!_buffer.AsSpan(body, filled - body).EndsWith("0\r\n\r\n"u8))
            filled += Receive(filled);
        var (at, length) = (body, 0);
        while (Utf8Parser.TryParse(_buffer.AsSpan(at), out int chunk, out var digits, 'x') && chunk > 0)
            (at, length) = (at + digits + 2 + chunk + 2, length + chunk);
        return length;
    }

    private int Receive(int filled)
    {
        if (filled == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var received = _socket.Receive(_buffer, filled, _buffer.Length - filled, SocketFlags.None);
        return received > 0 ? received : throw new IOException("The server closed the connection.");
    }

    private static int? LengthOf(ReadOnlySpan<byte> head)
    {
        var name = "\r\nContent-Length: "u8;
        var at = head.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(head[(at + name.Length)..], out int length, out _) ? length : null;
    }
}
