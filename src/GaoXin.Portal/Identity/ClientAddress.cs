using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Http;

namespace GaoXin.Portal.Identity;

/// <summary>The network a request came from, as a key for limits.</summary>
internal sealed class ClientAddress(IHttpContextAccessor http)
{
    public string Key => NetworkAddress.KeyOf(http.HttpContext?.Connection.RemoteIpAddress);
}
