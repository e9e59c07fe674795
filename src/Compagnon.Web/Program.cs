return await Compagnon.Web.Commands.CommandLine.RunAsync(args);
