using GaoXin.Portal.Catalogue;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases.Counter;

/// <summary>How many files of each material came.</summary>
internal static class BroughtFiles
{
    /// <summary>By the path of the material.</summary>
    public static Task<Dictionary<string, int>> CountByMaterial(this IQueryable<Attachment> files, CancellationToken ct) => files
        .GroupBy(a => a.MaterialCode).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => AnswerPath.OfMaterial(g.Key), g => g.Count, ct);

    /// <summary>For a receipt: 清算报告 2 份.</summary>
    public static IEnumerable<string> InWords(Dictionary<string, int> brought, Func<string, string> label) =>
        brought.OrderBy(b => b.Key).Select(b => $"{label(b.Key)} {b.Value} 份");
}
