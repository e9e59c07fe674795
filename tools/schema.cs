#:project ../src/Compagnon.App/Compagnon.App.csproj
#:property RestorePackagesWithLockFile=false
#:property RestoreLockedMode=false
#:property PublishAot=false
// Until the first release there is one migration: this writes it anew from the model, for both databases. Run: dotnet run tools/schema.cs
using Compagnon.App.Data;
using Microsoft.EntityFrameworkCore;

foreach (var (folder, connection) in new[] { ("Sqlite", "Data Source=:memory:"), ("PostgreSql", "Host=localhost") })
{
    var options = new DbContextOptionsBuilder<CompagnonDb>();
    Database.Parse(connection).Configure(options);
    await using var db = new CompagnonDb(options.Options, new NetworkScope());
    await File.WriteAllTextAsync($"src/Compagnon.App/Data/Migrations/{folder}/0001-first.sql", Schema.CreateScript(db));
}
