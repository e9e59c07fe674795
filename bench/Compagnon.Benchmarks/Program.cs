using Compagnon.Benchmarks;
using Compagnon.Benchmarks.Pages;

return args switch
{
    ["day", .. var rest] => await DayBench.RunAsync(rest),
    ["start", .. var rest] => await StartBench.RunAsync(rest),
    ["match", .. var rest] => MatchCommand.Run(rest),
    _ => MatchCommand.Run([]),
};
