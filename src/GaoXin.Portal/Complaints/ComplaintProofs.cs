using System.Linq.Expressions;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Complaints;

/// <summary>
/// Number and secret that open a complaint, for the look-up and for the withdrawal alike. Five tries at a number from one network, sixty at
/// all numbers; who guesses from many networks slows a number down but locks it for nobody. The telephone's last four digits rest for the day
/// when a few hundred were tried, because many networks would find them; the withdrawal code is too long for that and always stays open.
/// The owner who has signed in has tries that nobody else can use up.
/// </summary>
internal sealed class ComplaintProofs(PortalDbContext db, PersonalDataCipher cipher, IGuessing guessing, ICurrentUser user)
{
    private const int TailLength = 4;

    /// <summary>A hall's network is one for all in it, hence the sixty.</summary>
    private static readonly GuessRule ByCode = new("complaint-proof", 5, TimeSpan.FromHours(1)) { TriesOfNetwork = 60, SlowAfter = 30 };

    private static readonly GuessRule ByTail = ByCode with { RestAfter = 300 };

    /// <summary>The complaint that the number opens with the last four digits of the telephone or the withdrawal code.</summary>
    public Task<(Guid? Id, Refusal? Refusal)> Open(string number, string proof, CancellationToken ct)
    {
        if (proof.Length != TailLength)
            return OpenByCode(number, proof, ComplaintRefusals.NoSuchPair(), ct);
        var tail = ComplaintKeys.OfTail(cipher, number, proof);
        return Try(ByTail, number, c => c.TailHash == tail, ComplaintRefusals.NoSuchPair(), ct);
    }

    /// <summary>The complaint that the number opens with the withdrawal code.</summary>
    public Task<(Guid? Id, Refusal? Refusal)> OpenByCode(string number, string code, CancellationToken ct) => OpenByCode(number, code, ComplaintRefusals.WrongCode(), ct);

    private Task<(Guid? Id, Refusal? Refusal)> OpenByCode(string number, string code, Refusal wrong, CancellationToken ct)
    {
        var hash = WithdrawalCode.Hash(cipher, number, code);
        return Try(ByCode, number, c => c.CodeHash == hash, wrong, ct);
    }

    private async Task<(Guid?, Refusal?)> Try(GuessRule rule, string number, Expression<Func<Complaint, bool>> opens, Refusal wrong, CancellationToken ct)
    {
        var named = db.Complaints.Where(c => c.Number == number);
        var owns = user is { IsSignedIn: true, IsStaff: false } && await named.AnyAsync(c => c.ReporterId == user.Id, ct);
        var thing = owns ? $"{number} owner" : number;
        if (!await guessing.Take(rule, thing, ct))
            return (null, ComplaintRefusals.LockedLookUp());
        if (await named.Where(opens).Select(c => (Guid?)c.Id).SingleOrDefaultAsync(ct) is not { } id)
            return (null, wrong);
        await guessing.Right(rule, thing, ct);
        return (id, null);
    }
}
