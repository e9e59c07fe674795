namespace Compagnon.App.Tests.Interop;

/// <summary>Data that nobody of this project wrote; it lies in "shared" beside the repository.</summary>
internal static class SharedData
{
    public static string Folder(string name)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var folder = Path.Combine(at.FullName, "shared", "data", name);
            if (Directory.Exists(folder)) return folder;
        }
        throw new DirectoryNotFoundException($"No shared/data/{name} above {AppContext.BaseDirectory}: these tests need the shared data beside the repository.");
    }

    /// <summary>The one file whose name begins so.</summary>
    public static string File(string folder, string start) => Directory.GetFiles(Folder(folder), $"{start}*").Single();
}
