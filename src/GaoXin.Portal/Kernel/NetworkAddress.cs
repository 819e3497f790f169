using System.Net;
using System.Net.Sockets;

namespace GaoXin.Portal.Kernel;

/// <summary>A network address as a key for limits. An IPv6 client owns a /64 and counts as one.</summary>
public static class NetworkAddress
{
    private const string Local = "local";

    /// <summary>The key of an address; without one, for example in memory, it is <c>local</c>.</summary>
    public static string KeyOf(IPAddress? address)
    {
        if (address is { IsIPv4MappedToIPv6: true })
            address = address.MapToIPv4();
        return address switch
        {
            null => Local,
            { AddressFamily: AddressFamily.InterNetworkV6 } => new IPAddress([.. address.GetAddressBytes().Take(8), .. new byte[8]]) + "/64",
            _ => address.ToString(),
        };
    }
}
