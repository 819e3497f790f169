using System.Net;
using AngleSharp;
using AngleSharp.Html.Dom;
using GaoXin.Portal.Kernel;
using Microsoft.Net.Http.Headers;

namespace GaoXin.Portal.TestKit;

/// <summary>
/// A browser without JavaScript: opens pages, keeps cookies by the host's clock, sends forms, follows redirects.
/// </summary>
public sealed class PageClient
{
    private const int MostRedirects = 10;
    private readonly HttpClient _http;
    private readonly TimeProvider _clock;
    private readonly Dictionary<string, string> _cookies = [];

    /// <summary>A client over a handler, with an address of its own choice and perhaps a user.</summary>
    public PageClient(HttpMessageHandler handler, Uri address, TimeProvider clock, ICurrentUser? user = null, string userAgent = "")
    {
        _http = new HttpClient(handler) { BaseAddress = address };
        _clock = clock;
        if (userAgent.Length > 0)
            _http.DefaultRequestHeaders.TryAddWithoutValidation(HeaderNames.UserAgent, userAgent);
        if (user?.IsSignedIn == true)
            _http.DefaultRequestHeaders.Add(TestSignIn.Header, TestSignIn.Value(user));
    }

    /// <summary>The cookies held now, by name.</summary>
    public IReadOnlyDictionary<string, string> Cookies => _cookies;

    /// <summary>Opens a page, following redirects.</summary>
    public Task<PageView> Get(string address) => Follow(() => new HttpRequestMessage(HttpMethod.Get, address));

    /// <summary>Sends one request without following redirects, for headers, files and interfaces.</summary>
    public async Task<HttpResponseMessage> Send(HttpRequestMessage request)
    {
        if (_cookies.Count > 0)
            request.Headers.Add(HeaderNames.Cookie, string.Join("; ", _cookies.Select(c => $"{c.Key}={c.Value}")));
        var response = await _http.SendAsync(request);
        KeepCookies(response);
        return response;
    }

    internal Task<PageView> Follow(Func<HttpRequestMessage> first) => FollowAsync(first());

    private async Task<PageView> FollowAsync(HttpRequestMessage request)
    {
        for (var i = 0; i <= MostRedirects; i++)
        {
            var asked = request.RequestUri!.IsAbsoluteUri ? request.RequestUri : new Uri(_http.BaseAddress!, request.RequestUri);
            using var response = await Send(request);
            if (response.Headers.Location is not { } target || (int)response.StatusCode is < 300 or > 399)
                return await Read(response, asked);
            request = new HttpRequestMessage(HttpMethod.Get, new Uri(asked, target));
        }

        throw new InvalidOperationException($"More than {MostRedirects} redirects.");
    }

    private async Task<PageView> Read(HttpResponseMessage response, Uri address)
    {
        var html = await response.Content.ReadAsStringAsync();
        var document = await BrowsingContext.New(Configuration.Default).OpenAsync(r => r.Content(html).Address(address.ToString()));
        return new PageView(this, (IHtmlDocument)document, response.StatusCode, address, html);
    }

    private void KeepCookies(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues(HeaderNames.SetCookie, out var headers))
            return;
        foreach (var cookie in SetCookieHeaderValue.ParseList([.. headers]))
        {
            var gone = cookie.MaxAge <= TimeSpan.Zero || cookie.Expires <= _clock.GetUtcNow();
            if (gone)
                _cookies.Remove(cookie.Name.ToString());
            else
                _cookies[cookie.Name.ToString()] = cookie.Value.ToString();
        }
    }
}
