using System.Globalization;
using System.Security.Cryptography;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Hall;

/// <summary>Ticket numbers (C037) and the codes that open a ticket's page.</summary>
internal static class TicketNumber
{
    private const int Highest = 999;
    private const int Reserve = 200;
    private const int CodeLength = 16;
    private const string Alphabet = "23456789abcdefghjkmnpqrstuvwxyz";

    /// <summary>80 bits: nobody finds another person's ticket by trying.</summary>
    public static string NewCode() => RandomNumberGenerator.GetString(Alphabet, CodeLength);

    /// <summary>Takes the zone's next number of the day. The counter row stays locked until the commit: take it last.</summary>
    public static async Task<string> Take(PortalDbContext db, char letter, string zone, DateOnly day, NumberUse use, CancellationToken ct)
    {
        var taken = await db.Database.SqlQuery<int>($"""
            INSERT INTO hall.number_counters (day, zone, last) VALUES ({day}, {zone}, 1)
            ON CONFLICT (day, zone) DO UPDATE SET last = hall.number_counters.last + 1 RETURNING last AS "Value"
            """).ToListAsync(ct);
        if (taken.Single() > (use.FromReserve ? Highest : Highest - Reserve))
            throw new RefusedException(HallRefusals.NumbersUsedUp());
        return letter + taken.Single().ToString("000", CultureInfo.InvariantCulture);
    }
}
