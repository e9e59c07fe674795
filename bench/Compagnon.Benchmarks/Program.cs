using Compagnon.Benchmarks;

return args is ["match", .. var rest] ? MatchCommand.Run(rest) : MatchCommand.Run([]);
