using System.Text.RegularExpressions;

namespace GaoXin.Portal.Tests.Architecture;

/// <summary>
/// Finds half-width punctuation in Chinese text. Narrow on purpose: the character before the mark must be Chinese, so
/// that code, CSS and YAML keys are left alone.
/// </summary>
internal static partial class ChinesePunctuation
{
    private static readonly Regex[] Faults = [AfterChinese(), ColonInText(), BetweenWords(), Brackets()];

    /// <summary>The faults of a file as <c>line: text around</c>.</summary>
    public static IEnumerable<string> Find(string text) => text.Split('\n').SelectMany((line, index) => Faults
        .SelectMany(f => f.Matches(line)).Select(m => $"{index + 1}: {Around(line, m.Index)}")).Distinct();

    /// <summary>Only the contents of C# string literals, on their lines; comments and code become spaces.</summary>
    public static string StringsOnly(string code) => CSharpToken().Replace(code, m => m.Groups["text"].Success ? m.Groups["text"].Value : Blank(m.Value));

    private static string Blank(string text) => new('\n', text.Count(c => c == '\n'));

    private static string Around(string line, int at) => line[Math.Max(0, at - 12)..Math.Min(line.Length, at + 14)].Trim();

    // , ; ? ! after a Chinese character or a closing full-width mark.
    [GeneratedRegex(@"[\u4e00-\u9fff\u3400-\u4dbf”’》」】）、][,;?!](?![""'`])")]
    private static partial Regex AfterChinese();

    // A colon after Chinese, but no YAML key (a space or the end of the line follows) and no address.
    [GeneratedRegex(@"[\u4e00-\u9fff”）]:(?!\s|//|$|[""'`])")]
    private static partial Regex ColonInText();

    // 共 3 项,其中
    [GeneratedRegex(@"[0-9A-Za-z%][,;?!][\u4e00-\u9fff“‘]")]
    private static partial Regex BetweenWords();

    // A half-width bracket right after Chinese with Chinese inside.
    [GeneratedRegex(@"[\u4e00-\u9fff]\([^()""'{}=;<>@$]*[\u4e00-\u9fff][^()""'{}=;<>@$]*\)")]
    private static partial Regex Brackets();

    [GeneratedRegex("""""
        (?s)"{3}(?<text>.*?)"{3} | @"(?<text>(?:[^"]|"")*)" | "(?<text>(?:[^"\\\n]|\\.)*)" | '(?:[^'\\\n]|\\.)' | //[^\n]* | /\*.*?\*/ | [^"'/\n]+ | .
        """"", RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex CSharpToken();
}
