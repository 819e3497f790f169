namespace GaoXin.Portal.Web.Api;

/// <summary>A request of another system, read whole to be checked by who knows its key: time, path, body and signature.</summary>
internal sealed record SignedPost(string Time, string Path, string Body, string Signature)
{
    /// <summary>Null when the request is larger than <paramref name="largest"/> bytes or does not say how large it is.</summary>
    public static async Task<SignedPost?> Read(HttpRequest request, int largest, CancellationToken ct)
    {
        if (request.ContentLength is not { } length || length > largest)
            return null;
        using var reader = new StreamReader(request.Body);
        return new SignedPost(request.Headers["X-Portal-Time"].ToString(), request.Path, await reader.ReadToEndAsync(ct), request.Headers["X-Portal-Signature"].ToString());
    }
}
