using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Notifications;

/// <summary>A notice in words: the same on the page and in the short message, which has only the first paragraph.</summary>
internal sealed record NoticeWords(string Title, string Text)
{
    private const string Signature = "【高新区政务】";

    public string Sms => $"{Signature}{Text.Split("\n\n")[0]}";
}

/// <summary>One fault of a template: the file, what is wrong, how to mend it.</summary>
internal sealed record NoticeTemplateFault(string File, string Message, string Fix);

/// <summary>
/// The words of notices: <c>seeds/templates/notices/CODE.liquid</c>, the first line the title, the rest the text; what follows an empty line is for the inbox only. Read
/// and checked once. Of Liquid only <c>{{ token }}</c> is meant: an unknown token or anything else in braces is a fault when
/// loading, a missing value throws when rendering.
/// </summary>
internal sealed class NoticeTemplates
{
    private readonly Dictionary<string, (string Title, string Text)> _templates = [];
    private readonly List<NoticeTemplateFault> _faults = [];

    public NoticeTemplates(IOptions<PortalOptions> options)
        : this(Path.Combine(options.Value.SeedsPath ?? SeedsOfTheRepository(), "templates", "notices"))
    {
    }

    public NoticeTemplates(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.liquid").Order(StringComparer.Ordinal))
            Load(file);
        foreach (var missing in NoticeTemplate.All.Except(_templates.Keys).Select(FileOf).Except(_faults.Select(f => f.File)).ToList())
            _faults.Add(new(missing, "The template is missing.", "Write it: the title in the first line, the text below."));
    }

    /// <summary>Everything wrong with the files; empty when all is well.</summary>
    public IReadOnlyList<NoticeTemplateFault> Faults => _faults;

    /// <summary>Fills in the values; throws when a token has none, or when the code is unknown.</summary>
    public NoticeWords Render(string code, IReadOnlyDictionary<string, string> values)
    {
        if (!_templates.TryGetValue(code, out var template))
            throw new InvalidOperationException($"No notice template {code}. {string.Join(' ', _faults)}");
        return new NoticeWords(Fill(template.Title, values), Fill(template.Text, values));
    }

    private void Load(string path)
    {
        var code = Path.GetFileNameWithoutExtension(path);
        var file = FileOf(code);
        var lines = File.ReadAllText(path).Trim().Split('\n', 2);
        if (lines.Length < 2)
            _faults.Add(new(file, "Only one line.", "Write the title in the first line and the text below."));
        else if ((Unknown(lines[0]) ?? Unknown(lines[1])) is { } unknown)
            _faults.Add(new(file, unknown, $"Use the tokens {string.Join(", ", NoticeToken.All)}, written {{{{ {NoticeToken.Service} }}}}."));
        else
            _templates.Add(code, (lines[0].Trim(), lines[1].Trim()));
    }

    private static string FileOf(string code) => $"templates/notices/{code}.liquid";

    private static string? Unknown(string template) => TokenText.Problem(template, NoticeToken.All);

    private static string Fill(string template, IReadOnlyDictionary<string, string> values) => TokenText.Fill(template, values, "A notice");

    private static string SeedsOfTheRepository() =>
        RepositoryFolder.Find() is { } folder ? Path.Combine(folder, "seeds")
            : throw new InvalidOperationException($"Set {PortalOptions.Section}:{nameof(PortalOptions.SeedsPath)} to the folder seeds.");
}
