namespace GaoXin.Portal.Identity;

/// <summary>
/// Slows guessing at staff accounts down without a switch that locks anybody out. Wrong passwords and codes count for the
/// account together with the device, when the account signed in there before, else with the network; after five the next
/// try has to wait, longer each time. All strangers together have a number of tries an hour for one account; a device that
/// signed in before is not part of it. Nothing here asks whether the account exists.
/// </summary>
internal sealed class StaffTries(Pacing pacing, KnownDevice device, ClientAddress address, IdentityLimits limits)
{
    private static readonly GrowingPace Growing = new("staff-try", TimeSpan.FromHours(12), [0, 0, 0, 0, 30, 60, 120, 300, 600, 900]);

    /// <summary>Takes a try before anything is compared, so that racing callers queue for it; false when it has to wait.</summary>
    public async Task<bool> Take(string account, CancellationToken ct) =>
        await pacing.Take(Growing, Who(account), ct) && (IsKnown(account) || await pacing.Take(limits.StrangersPerAccount, account, ct));

    /// <summary>The password was right: that try does not count.</summary>
    public Task GiveBack(string account, CancellationToken ct) => pacing.GiveBack(Growing, Who(account), ct);

    /// <summary>Both factors were right: start counting anew.</summary>
    public Task Clear(string account, CancellationToken ct) => pacing.Clear(Growing, Who(account), ct);

    private bool IsKnown(string account) => device.Knows(KnownDevice.OfStaff(account));

    private string Who(string account) => IsKnown(account) ? $"{account} device {device.Id}" : $"{account} network {address.Key}";
}
