using System.Net;
using System.Text;

namespace GaoXin.Portal.Tests.Registration;

/// <summary>Answers one kind of question the same way; no body means it never answers.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _work;

    public FakeServer(string? body, HttpStatusCode status = HttpStatusCode.OK)
    {
        Address = new Uri($"http://localhost:{FreePort()}/registers/");
        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _work = Serve(body, status);
    }

    public Uri Address { get; }

    public string Body { get; private set; } = "";

    public string Target { get; private set; } = "";

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _work;
    }

    private async Task Serve(string? body, HttpStatusCode status)
    {
        try
        {
            var context = await _listener.GetContextAsync();
            using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
            (Body, Target) = (await reader.ReadToEndAsync(), context.Request.RawUrl ?? "");
            if (body is null)
                return;
            context.Response.StatusCode = (int)status;
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
            context.Response.Close();
        }
        catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private static int FreePort()
    {
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
