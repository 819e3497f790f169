namespace GaoXin.Portal.Registration;

/// <summary>An address of the standard address library (标准地址库).</summary>
public sealed record StandardAddress(string Code, string Address, bool InPark, bool IsRisk);

/// <summary>What is known about a filed address.</summary>
internal sealed record AddressFinding(StandardAddress? Standard, int Used)
{
    public static AddressFinding Unknown { get; } = new(null, 0);
}

/// <summary>Finds a filed address among the standard ones, however the city and the zone are written before it.</summary>
internal sealed class AddressLibrary(IEnumerable<StandardAddressEntry> entries)
{
    private static readonly string[] Prefixes =
        ["河南省", "郑州市", "郑州", "高新技术产业开发区", "高新技术开发区", "高新区", "中原区", "枫杨街道", "梧桐街道", "双桥街道", "石佛镇", "沟赵乡"];

    private readonly List<(string Key, StandardAddress Address, int Used)> _all =
        [.. entries.Select(e => (KeyOf(e.Address), new StandardAddress(e.Code, e.Address, e.Park, e.Risk), e.Used)).OrderByDescending(e => e.Item1.Length)];

    /// <summary>The address without spaces, brackets and the names of city, zone and street: what is compared.</summary>
    public static string KeyOf(string address)
    {
        var key = CompanyName.Normalise(address);
        while (Prefixes.FirstOrDefault(p => key.StartsWith(p, StringComparison.Ordinal) && key.Length > p.Length) is { } prefix)
            key = key[prefix.Length..];
        return key;
    }

    /// <summary>The longest standard address that the filed one begins with.</summary>
    public AddressFinding Find(string address)
    {
        var key = KeyOf(address);
        var found = _all.FirstOrDefault(e => key.StartsWith(e.Key, StringComparison.Ordinal));
        return found.Address is null ? AddressFinding.Unknown : new AddressFinding(found.Address, found.Used);
    }

    public StandardAddress Get(string code) => _all.First(e => e.Address.Code == code).Address;

    public IReadOnlyList<StandardAddress> Search(string text, int most)
    {
        var key = KeyOf(text);
        return key.Length == 0 ? [] : [.. _all.Where(e => e.Key.Contains(key, StringComparison.Ordinal)).OrderBy(e => e.Address.Code).Take(most).Select(e => e.Address)];
    }
}

internal sealed class StandardAddressEntry
{
    public string Code { get; set; } = "";

    public string Address { get; set; } = "";

    public bool Park { get; set; }

    public bool Risk { get; set; }

    /// <summary>How many enterprises the register of the city already knows there.</summary>
    public int Used { get; set; }
}
