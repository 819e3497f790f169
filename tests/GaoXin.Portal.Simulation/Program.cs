using System.Globalization;
using GaoXin.Portal.Simulation;

// dotnet run --project tests/GaoXin.Portal.Simulation [-- SEEDS [WEEKS]]: the table over all policies, 20 seeds of 4 weeks by default.
// Exit code 1 when the draw does not keep the bounds of the specification.
int Argument(int index, int otherwise) => args.Length > index && int.TryParse(args[index], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : otherwise;
var (seeds, weeks) = (Argument(0, 20), Argument(1, 4));
var output = Console.Out;
Console.SetOut(TextWriter.Null);
var results = new List<AttackResult>();
foreach (var policy in Enum.GetValues<Policy>())
{
    for (var seed = 1; seed <= seeds; seed++)
    {
        await using var hall = new SimulatedHall();
        await hall.InitializeAsync();
        results.Add(await new Attack(hall, new AttackSettings { Policy = policy, Seed = seed, Weeks = weeks }).Run());
        await output.WriteLineAsync($"{policy} {seed}/{seeds}");
    }
}

await output.WriteLineAsync(AttackReport.Table(results));
return AttackReport.Broken(results.Where(r => r.Policy == Policy.Draw)).Select(b => { output.WriteLine(b); return b; }).Any() ? 1 : 0;
