using GaoXin.Portal.Benchmarks;

if (BenchmarkOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(BenchmarkOptions.Usage);
    return 2;
}

// The portal tells its address and accounts at each start; here that is noise.
var output = Console.Out;
Console.SetOut(TextWriter.Null);
return await new BenchmarkRun(options, new Report(output)).RunAsync(CancellationToken.None);
