using System.Text.RegularExpressions;
using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Complaints;

/// <summary>What a reply is checked against.</summary>
internal sealed record ReplyQuestion(string Asked, string Unit, IReadOnlyList<string> CoUnits, IReadOnlyList<string> AllUnits, IReadOnlyList<string> EmptyPhrases, string? ReporterName);

/// <summary>
/// Looks for what makes a reply worthless or harmful: empty phrases with nothing concrete, a question left open, personal data, another
/// unit's name. Findings can be overridden with a reason, which is kept. Pure.
/// </summary>
internal static partial class ReplyLint
{
    private const int Shortest = 20;

    /// <summary>The findings, each a sentence that says what to do; empty when there is none.</summary>
    public static IReadOnlyList<string> Findings(string reply, ReplyQuestion question)
    {
        var findings = new List<string>();
        if (reply.Trim().Length < Shortest)
            findings.Add($"答复太短，请写清查到了什么、怎么处理的，至少 {Shortest} 个字。");
        if (question.EmptyPhrases.FirstOrDefault(p => reply.Contains(p, StringComparison.Ordinal)) is { } empty && !Concrete().IsMatch(reply))
            findings.Add($"只有“{empty}”这样的话，没有日期、数字或做法。请写做了什么、什么时候做的。");
        findings.AddRange(OpenQuestions(reply, question.Asked));
        if (PersonalNumbers.AreIn(reply) || (question.ReporterName is { Length: > 1 } name && reply.Contains(name, StringComparison.Ordinal)))
            findings.Add("答复里有个人信息（姓名、电话或证件号）。请删掉。");
        if (question.AllUnits.FirstOrDefault(u => u != question.Unit && !question.CoUnits.Contains(u) && reply.Contains(u, StringComparison.Ordinal)) is { } other)
            findings.Add($"答复写的是“{other}”，主办单位是“{question.Unit}”。请核对单位。");
        return findings;
    }

    private static IEnumerable<string> OpenQuestions(string reply, string asked)
    {
        if (AsksWhen().IsMatch(asked) && !Time().IsMatch(reply))
            yield return "问了什么时候，答复里没有日期或时间。请写上。";
        if (AsksHowMuch().IsMatch(asked) && !Number().IsMatch(reply))
            yield return "问了多少，答复里没有数字。请写上。";
        if (AsksWhether().IsMatch(asked) && !YesOrNo().IsMatch(reply))
            yield return "问了行不行、要不要，答复里没有说。请明确回答。";
        if (AsksWhere().IsMatch(asked) && !Place().IsMatch(reply))
            yield return "问了在哪里、找谁，答复里没有写。请写上地点或单位。";
    }

    [GeneratedRegex(@"\d|[一二三四五六七八九十]+(?:日|天|月|次|处|家|件|个)|已[经]?(?:拆除|修复|清理|退还|更换|约谈|立案|整改|办理|联系)")]
    private static partial Regex Concrete();

    [GeneratedRegex("什么时候|何时|多久|几天|哪天")]
    private static partial Regex AsksWhen();

    [GeneratedRegex(@"\d|今天|明天|当天|本周|下周|月底|[一二三四五六七八九十]+(?:日|天|月|周|个工作日)|没有期限|无法确定")]
    private static partial Regex Time();

    [GeneratedRegex("多少|几元|费用是|收费标准")]
    private static partial Regex AsksHowMuch();

    [GeneratedRegex(@"\d|免费|不收费|[一二三四五六七八九十百千万]+元")]
    private static partial Regex Number();

    [GeneratedRegex("能不能|可不可以|要不要|是不是|是否|行不行|可以吗|需要吗|到底要")]
    private static partial Regex AsksWhether();

    [GeneratedRegex("可以|不能|不可以|需要|不需要|不用|能够|属于|不属于|符合|不符合|应当|不应当|没有|是的|不是")]
    private static partial Regex YesOrNo();

    [GeneratedRegex("在哪|哪里|去哪|找谁|哪个部门|归谁管")]
    private static partial Regex AsksWhere();

    [GeneratedRegex("路|街|号|厅|窗口|楼|网|局|中心|办事处|部门|单位|大队")]
    private static partial Regex Place();
}
