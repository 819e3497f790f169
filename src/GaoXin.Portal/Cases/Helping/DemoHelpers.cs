using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Cases.Helping;

/// <summary>Puts the demo helpers on duty in demo mode, once: what they change afterwards stays.</summary>
internal sealed class DemoHelpers(PortalDbContext db, IPeople people, IOptions<PortalOptions> options) : IBootstrapStep
{
    private static readonly (string Account, string Name, string Phone)[] Helpers = [("helper", "演示帮办员", "0371-60001081"), ("helper-b", "演示帮办员乙", "0371-60001082")];

    public int Order => 30;

    public async Task Run(CancellationToken ct)
    {
        if (!options.Value.DemoMode)
            return;
        foreach (var (account, name, phone) in Helpers)
        {
            if (await people.FindStaffAccount(account, ct) is { } id)
                await db.Database.ExecuteSqlAsync($"""
                    INSERT INTO cases.helper_duties (staff_id, name, phone, skills, capacity, on_duty) VALUES ({id}, {name}, {phone}, ARRAY[]::text[], 30, true)
                    ON CONFLICT (staff_id) DO NOTHING
                    """, ct);
        }
    }
}
