namespace GaoXin.Portal.Kernel;

/// <summary>Settings of this deployment, section <c>Portal</c>.</summary>
public sealed class PortalOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Portal";

    /// <summary>Demo mode: demo accounts, simulators, watermark and the notice on every page. Never in production.</summary>
    public bool DemoMode { get; set; }

    /// <summary>The public address, used in QR codes and messages, for example <c>https://portal.example</c>.</summary>
    public string PublicAddress { get; set; } = "http://localhost:5080";

    /// <summary>主办单位, required when demo mode is off.</summary>
    public string? Operator { get; set; }

    /// <summary>Folder of the definitions (seeds/). Default: found upwards from the program.</summary>
    public string? SeedsPath { get; set; }

    /// <summary>Folder for files kept outside the web root (attachments).</summary>
    public string? FilesPath { get; set; }

    /// <summary>Division code of the zone (区划代码); statistics code 410172 by default.</summary>
    public string DivisionCode { get; set; } = "410172";

    /// <summary>Code of the registration authority inside the credit code (登记机关); 410100 by default.</summary>
    public string RegistrationAuthorityCode { get; set; } = "410100";
}
