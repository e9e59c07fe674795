using Compagnon.Web;

await using var app = Server.Build(args);
await app.RunAsync();
