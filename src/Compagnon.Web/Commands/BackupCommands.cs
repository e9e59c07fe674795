using System.CommandLine;
using Compagnon.App.Operations;

namespace Compagnon.Web.Commands;

/// <summary>backup FILE, while the programme serves; restore FILE, into a database that isn't there yet.</summary>
internal static class BackupCommands
{
    public static Command Backup(string[] args)
    {
        var file = FileArgument("Backup.File");
        var backup = new Command("backup", Say.Text("Backup")) { Arguments = { file } };
        backup.SetAction((parsed, stop) => BackupAsync(new Setting(parsed, args), Path.GetFullPath(parsed.GetRequiredValue(file)), stop));
        return backup;
    }

    public static Command Restore(string[] args)
    {
        var file = FileArgument("Restore.File");
        var restore = new Command("restore", Say.Text("Restore")) { Arguments = { file } };
        restore.SetAction((parsed, stop) => RestoreAsync(new Setting(parsed, args), Path.GetFullPath(parsed.GetRequiredValue(file)), stop));
        return restore;
    }

    private static Argument<string> FileArgument(string text) => new("file") { HelpName = Say.Text("Value.File"), Description = Say.Text(text) };

    private static async Task<int> BackupAsync(Setting setting, string file, CancellationToken stop)
    {
        var database = setting.ExistingDatabase();
        if (File.Exists(file)) throw new WrongUse("Backup.Exists", file);
        if (!Directory.Exists(Path.GetDirectoryName(file))) throw new WrongUse("Backup.NoFolder", Path.GetDirectoryName(file));
        var made = await App.Operations.Backup.WriteAsync(database, file, stop);
        Say.Line("Backup.Done", file, new FileInfo(file).Length / 1024, made.AllRows, made.Rows.Count);
        return 0;
    }

    private static async Task<int> RestoreAsync(Setting setting, string file, CancellationToken stop)
    {
        var database = setting.Database();
        if (!File.Exists(file)) throw new WrongUse("Fault.FileMissing", file);
        try
        {
            var done = await App.Operations.Restore.ReadAsync(database, setting.Files(database), file, TimeProvider.System, stop);
            Say.Line("Restore.Done", done.Manifest.MadeAt.ToLocalTime(), done.Manifest.AllRows, done.Manifest.Rows.Count, done.Opened);
            if (done.ErasedAgain > 0) Say.Line("Restore.Erased", done.ErasedAgain);
            if (done.AuditLost > 0) Say.Line("Restore.AuditLost", done.AuditLost);
            return 0;
        }
        catch (BackupRefused refused)
        {
            throw refused.Problem is BackupProblem.NotABackup or BackupProblem.Damaged or BackupProblem.OtherKind or BackupProblem.OtherSchema or BackupProblem.TargetInUse
                ? new WrongUse($"Restore.{refused.Problem}", file) : new Fault($"Restore.{refused.Problem}", file);
        }
    }
}
