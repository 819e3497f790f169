using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace GaoXin.Portal.Identity;

/// <summary>The address a request came from, as a key for limits. An IPv6 client owns a /64: it counts as one.</summary>
internal sealed class ClientAddress(IHttpContextAccessor http)
{
    public string Key
    {
        get
        {
            var address = http.HttpContext?.Connection.RemoteIpAddress;
            if (address is null)
                return "local";
            if (address.IsIPv4MappedToIPv6)
                address = address.MapToIPv4();
            return address.AddressFamily == AddressFamily.InterNetworkV6
                ? new IPAddress([.. address.GetAddressBytes().Take(8), .. new byte[8]]).ToString()
                : address.ToString();
        }
    }
}
