using System.CommandLine;
using Compagnon.App.Data;
using Compagnon.App.Operations;

namespace Compagnon.Web.Commands;

/// <summary>
/// What a command was told: its options first, then --Compagnon:… arguments, environment (Compagnon__Database), appsettings.json beside the program.
/// </summary>
internal sealed class Setting(ParseResult parsed, string[] args)
{
    /// <summary>Where people reach the programme, for links in letters.</summary>
    public const string PublicAddress = "Compagnon:PublicAddress";

    private readonly IConfiguration configuration = Configure(args);

    public string[] Args => args;
    public bool HasDatabase => DatabaseText is not null;
    public bool InDevelopment => IsDevelopment(args);

    private string? DatabaseText => parsed.GetValue(Options.Database) ?? configuration["Compagnon:Database"];

    public static bool IsDevelopment(string[] args) =>
        string.Equals(Configure(args)["environment"] ?? Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT"),
            Environments.Development, StringComparison.OrdinalIgnoreCase);

    public string? this[string key] => configuration[key];

    /// <exception cref="WrongUse">None was named, or it is neither of the two kinds.</exception>
    public Database Database()
    {
        if (DatabaseText is not { } text) throw new WrongUse("Use.NoDatabase");
        try
        {
            return Compagnon.App.Data.Database.Parse(text);
        }
        catch (FormatException)
        {
            throw new WrongUse("Use.BadDatabase");
        }
    }

    /// <exception cref="WrongUse">The file isn't there: opening it would make an empty one.</exception>
    public Database ExistingDatabase()
    {
        var database = Database();
        return database.File is { } file && !File.Exists(file) ? throw new WrongUse("Use.NoSuchDatabase", file) : database;
    }

    /// <summary>A file that isn't there yet.</summary>
    public bool IsNew => Database().File is { } file && !File.Exists(file);

    /// <summary>Beside a SQLite file unless named; PostgreSQL has no beside.</summary>
    public InstallationFiles Files(Database database)
    {
        var keys = parsed.GetValue(Options.Keys) ?? configuration["Compagnon:Keys"] ?? (database.File is { } file ? file + ".keys" : throw new WrongUse("Use.NoKeys"));
        var files = new InstallationFiles(Path.GetFullPath(keys));
        return files with { Head = configuration["Compagnon:AuditHead"] ?? files.Head, Erased = configuration["Compagnon:Erased"] ?? files.Erased };
    }

    /// <summary>The installation to work on.</summary>
    /// <param name="mayBeNew">serve, admin create and import fhir begin a new database; every other command expects one.</param>
    public async Task<Installation> OpenAsync(bool mayBeNew, CancellationToken stop)
    {
        var database = mayBeNew ? Database() : ExistingDatabase();
        return await OpenAsync(database, Files(database), stop);
    }

    public static async Task<Installation> OpenAsync(Database database, InstallationFiles files, CancellationToken stop)
    {
        try
        {
            return await Installation.OpenAsync(database, files, stop);
        }
        catch (InvalidDataException)
        {
            throw new Fault("Fault.KeysUnreadable", files.Keys);
        }
    }

    private static IConfiguration Configure(string[] args) => new ConfigurationBuilder()
        .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true).AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true)
        .AddEnvironmentVariables().AddCommandLine([.. args.Where(a => a.StartsWith("--", StringComparison.Ordinal) && a.Contains('=', StringComparison.Ordinal))]).Build();
}
