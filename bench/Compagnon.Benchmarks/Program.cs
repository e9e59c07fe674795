using BenchmarkDotNet.Running;
using Compagnon.Benchmarks;
using Compagnon.Benchmarks.Pages;

switch (args)
{
    case ["day", .. var rest]:
        return await DayBench.RunAsync(rest);
    case ["start", .. var rest]:
        return await StartBench.RunAsync(rest);
    case ["match", .. var rest]:
        return MatchCommand.Run(rest);
    default:
        BenchmarkSwitcher.FromAssembly(typeof(EngineBenchmarks).Assembly).Run(args);
        return 0;
}
