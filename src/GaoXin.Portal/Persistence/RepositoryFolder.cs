namespace GaoXin.Portal.Persistence;

/// <summary>Finds the folder of the sources, for development and tests. A published portal has none.</summary>
internal static class RepositoryFolder
{
    private const string Marker = "GaoXin.Portal.sln";

    /// <summary>The first folder above the program, or above the working directory, that holds the solution.</summary>
    public static string? Find() => FindAbove(AppContext.BaseDirectory) ?? FindAbove(Directory.GetCurrentDirectory());

    private static string? FindAbove(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Marker)))
                return folder.FullName;
        }

        return null;
    }
}
