using System.Net;
using System.Net.Sockets;
using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.TestKit;

/// <summary>The settings every test host starts from. The keys are public and protect nothing.</summary>
public static class TestSettings
{
    /// <summary>Monday 23 November 2026, 09:00 in Shanghai: a working day in a year whose calendar is loaded.</summary>
    public static readonly DateTimeOffset Now = new DateOnly(2026, 11, 23).At(new TimeOnly(9, 0));

    /// <summary>A fresh copy for one host.</summary>
    public static Dictionary<string, string?> For(string connectionString) => new()
    {
        ["ConnectionStrings:Portal"] = connectionString,
        [$"{PortalOptions.Section}:DemoMode"] = "false",
        [$"{PortalOptions.Section}:Operator"] = "测试单位",
        [$"{PortalOptions.Section}:PublicAddress"] = "https://portal.example",
        [$"{PortalOptions.Section}:FilesPath"] = Path.Combine(Path.GetTempPath(), "gaoxin-portal-tests", Guid.NewGuid().ToString("n")),
        [$"{PersonalDataOptions.Section}:Keys:1"] = Convert.ToBase64String(Enumerable.Repeat((byte)1, 32).ToArray()),
        [$"{PersonalDataOptions.Section}:HashKey"] = Convert.ToBase64String(Enumerable.Repeat((byte)2, 32).ToArray()),
    };

    /// <summary>An address of this machine where nobody listens, for a program that is started beside the tests.</summary>
    public static string FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://{listener.LocalEndpoint}";
    }
}
