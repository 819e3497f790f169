using System.Security.Cryptography;
using System.Text.Json;
using GaoXin.Portal.Persistence;

namespace GaoXin.Portal.Web.Hosting;

/// <summary>
/// The keys of personal data in Development: made once and kept outside version control, readable by the owner only.
/// They protect nothing but demo data. Every other environment must bring its own.
/// </summary>
internal static class PersonalDataKeys
{
    private const string Section = "Portal:PersonalData";

    public static bool AreSet(IConfiguration configuration) =>
        configuration.GetSection(Section + ":Keys").GetChildren().Any() && configuration[Section + ":HashKey"] is { Length: > 0 };

    public static void AddDevelopmentKeys(this WebApplicationBuilder builder)
    {
        if (!builder.Environment.IsDevelopment() || AreSet(builder.Configuration))
            return;
        var file = Path.Combine(DatabaseHost.DataFolderPath(), "personal-data.json");
        if (!File.Exists(file))
            Create(file);
        builder.Configuration.AddJsonFile(file, optional: false);
    }

    private static void Create(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var keys = new { Portal = new { PersonalData = new { Keys = new Dictionary<string, string> { ["1"] = NewKey() }, HashKey = NewKey() } } };
        var mine = $"{file}.{Guid.NewGuid():n}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(mine, options))
            JsonSerializer.Serialize(stream, keys);
        try
        {
            File.Move(mine, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another process made the keys at the same moment: use those.
            File.Delete(mine);
        }
    }

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}
