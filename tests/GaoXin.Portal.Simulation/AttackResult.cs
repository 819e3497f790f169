using System.Globalization;
using System.Text;

namespace GaoXin.Portal.Simulation;

/// <summary>How the places of a week are given out; waiting list, cooldown and one booking a person hold for all of them.</summary>
internal enum Policy
{
    FirstCome,
    WaitingRoom,
    Draw,
}

/// <summary>What one run counted.</summary>
internal sealed class AttackResult(Policy policy)
{
    public Policy Policy { get; } = policy;

    /// <summary>Of every week: who asked for a place, and got one of those that came out.</summary>
    public int MuleAsked { get; set; }

    public int MuleGot { get; set; }

    public int GenuineAsked { get; set; }

    public int GenuineGot { get; set; }

    /// <summary>倒号: a mule gave its place back at a moment agreed with its client; it succeeded when the client got this very seat.</summary>
    public int HandOverTried { get; set; }

    public int HandOverDone { get; set; }

    /// <summary>Genuine people who had two weeks or more, by kind: how many there were and how many got a place in the end.</summary>
    public Dictionary<Kind, (int People, int Served, int Weeks)> Groups { get; } = [];
}

/// <summary>The table, and what of it the specification bounds.</summary>
internal static class AttackReport
{
    public const double MostAmplification = 1.2;
    public const double MostHandOver = 0.01;
    public const double MostBotAdvantage = 1.05;
    public const double LeastLowDigital = 0.95;

    public static string Table(IEnumerable<AttackResult> results)
    {
        var table = new StringBuilder("policy       amplification  hand-over  bot advantage  low-digital/other  served manual/bot/low-digital  weeks waited manual/bot/low-digital\n");
        foreach (var runs in results.GroupBy(r => r.Policy))
        {
            var all = runs.ToList();
            table.Append(CultureInfo.InvariantCulture, $"{runs.Key,-12} {Amplification(all),13:0.00}  {HandOver(all),8:P1}  {BotAdvantage(all),12:0.00}x  {LowDigital(all),17:0.00}  ")
                .Append(CultureInfo.InvariantCulture, $"{Served(all, Kind.Manual).Rate,8:P0} {Served(all, Kind.Bot).Rate:P0} {Served(all, Kind.LowDigital).Rate:P0}                  ")
                .Append(CultureInfo.InvariantCulture, $"{Weeks(all, Kind.Manual):0.0} {Weeks(all, Kind.Bot):0.0} {Weeks(all, Kind.LowDigital):0.0}\n");
        }

        return table.Append("amplification: a mule's share of the places of a release over its share of those who asked; served: of people with two weeks or more.").ToString();
    }

    /// <summary>
    /// The bounds that are broken by more than chance: few seeds scatter, so a bound counts as broken when even three standard
    /// errors do not reach it. With all seeds the errors are small.
    /// </summary>
    public static IReadOnlyList<string> Broken(IEnumerable<AttackResult> results)
    {
        var all = results.ToList();
        var (tried, done) = (all.Sum(r => r.HandOverTried), all.Sum(r => r.HandOverDone));
        var (manual, bot, low) = (Served(all, Kind.Manual), Served(all, Kind.Bot), Served(all, Kind.LowDigital));
        var other = Served(all, Kind.Manual, Kind.Bot);
        var mule = new Share(all.Sum(r => r.MuleAsked), all.Sum(r => r.MuleGot));
        var everybody = new Share(mule.Of + all.Sum(r => r.GenuineAsked), mule.Got + all.Sum(r => r.GenuineGot));
        var broken = new List<string>();
        if (mule.Rate / everybody.Rate - 3 * mule.Error / everybody.Rate > MostAmplification)
            broken.Add($"amplification {mule.Rate / everybody.Rate:0.00} is over {MostAmplification}");
        if (done - 3 * Math.Sqrt(Math.Max(done, 1)) > MostHandOver * tried)
            broken.Add($"{done} of {tried} places were handed over, over {MostHandOver:P0}");
        if (bot.Rate / manual.Rate - 3 * (bot.Error + manual.Error) / manual.Rate > MostBotAdvantage)
            broken.Add($"bots are served {bot.Rate / manual.Rate:0.00} times as often, over {MostBotAdvantage}");
        if (low.Rate / other.Rate + 3 * (low.Error + other.Error) / other.Rate < LeastLowDigital)
            broken.Add($"people without a computer are served {low.Rate / other.Rate:0.00} times as often, under {LeastLowDigital}");
        return broken;
    }

    public static double Amplification(IReadOnlyList<AttackResult> all)
    {
        var (asked, got) = (all.Sum(r => r.MuleAsked + r.GenuineAsked), all.Sum(r => r.MuleGot + r.GenuineGot));
        return all.Sum(r => r.MuleGot) / (double)got / (all.Sum(r => r.MuleAsked) / (double)asked);
    }

    public static double HandOver(IReadOnlyList<AttackResult> all) => all.Sum(r => r.HandOverDone) / (double)Math.Max(1, all.Sum(r => r.HandOverTried));

    public static double BotAdvantage(IReadOnlyList<AttackResult> all) => Served(all, Kind.Bot).Rate / Served(all, Kind.Manual).Rate;

    public static double LowDigital(IReadOnlyList<AttackResult> all) => Served(all, Kind.LowDigital).Rate / Served(all, Kind.Manual, Kind.Bot).Rate;

    private static Share Served(IReadOnlyList<AttackResult> all, params Kind[] kinds)
    {
        var groups = all.SelectMany(r => r.Groups.Where(g => kinds.Contains(g.Key)).Select(g => g.Value)).ToList();
        return new Share(groups.Sum(g => g.People), groups.Sum(g => g.Served));
    }

    private static double Weeks(IReadOnlyList<AttackResult> all, Kind kind)
    {
        var groups = all.SelectMany(r => r.Groups.Where(g => g.Key == kind).Select(g => g.Value)).ToList();
        return groups.Sum(g => g.Weeks) / (double)Math.Max(1, groups.Sum(g => g.Served));
    }

    private readonly record struct Share(int Of, int Got)
    {
        public double Rate => Got / (double)Math.Max(1, Of);

        public double Error => Math.Sqrt(Rate * (1 - Rate) / Math.Max(1, Of));
    }
}
