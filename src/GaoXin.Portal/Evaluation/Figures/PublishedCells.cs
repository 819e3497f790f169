namespace GaoXin.Portal.Evaluation.Figures;

/// <summary>
/// Hides small counts (少于 5) so that nobody can be made out, also not by subtraction: in a row whose levels add up to a shown sum, and in a column
/// whose rows add up to a shown total, one hidden cell is never alone. Pure.
/// </summary>
internal static class PublishedCells
{
    /// <summary>
    /// True where a count is hidden. Each row is sum, then its parts. The rows of a group add up to a total that is shown.
    /// </summary>
    public static bool[][] Hidden(IReadOnlyList<int[]> rows, IReadOnlyList<string> groups, int small)
    {
        var hidden = rows.Select(r => r.Select(v => v > 0 && v < small).ToArray()).ToArray();
        bool changed;
        do
        {
            changed = false;
            foreach (var (row, cells) in rows.Zip(hidden))
                changed |= Cover(cells.Length, i => cells[i], i => row[i], i => cells[i] = true);
            foreach (var group in groups.Distinct())
            {
                var members = Enumerable.Range(0, rows.Count).Where(i => groups[i] == group).ToArray();
                for (var column = 0; column < (rows.Count == 0 ? 0 : rows[0].Length); column++)
                {
                    var c = column;
                    changed |= Cover(members.Length, i => hidden[members[i]][c], i => rows[members[i]][c], i => hidden[members[i]][c] = true);
                }
            }
        }
        while (changed);
        return hidden;
    }

    /// <summary>One hidden cell among several is joined by the smallest other that is not zero.</summary>
    private static bool Cover(int count, Func<int, bool> isHidden, Func<int, int> value, Action<int> hide)
    {
        if (count < 2 || Enumerable.Range(0, count).Count(isHidden) != 1)
            return false;
        var others = Enumerable.Range(0, count).Where(i => !isHidden(i) && value(i) > 0).OrderBy(value).ToList();
        if (others.Count == 0)
            return false;
        hide(others[0]);
        return true;
    }
}
