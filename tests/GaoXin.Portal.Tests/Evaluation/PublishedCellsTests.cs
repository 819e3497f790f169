using CsCheck;
using GaoXin.Portal.Evaluation.Figures;

namespace GaoXin.Portal.Tests.Evaluation;

/// <summary>No small count can be worked out from what is shown.</summary>
public sealed class PublishedCellsTests
{
    private const int Small = 5;

    [Fact]
    public void A_small_count_is_hidden_and_never_alone_in_its_row() =>
        PublishedCells.Hidden([[30, 20, 7, 0, 3, 0]], ["whole"], Small).Single().ShouldBe([false, false, true, false, true, false]);

    [Fact]
    public void Zero_and_five_are_shown() => PublishedCells.Hidden([[25, 20, 5, 0, 0, 0]], ["whole"], Small).Single().ShouldNotContain(true);

    [Fact]
    public void A_hidden_count_is_never_alone_in_its_column()
    {
        var hidden = PublishedCells.Hidden([[3], [12], [9]], ["whole", "whole", "whole"], Small);
        hidden.Select(r => r[0]).ShouldBe([true, false, true]);
    }

    /// <summary>For any table: every small count is hidden, and in each row and column with a shown sum either none or at least two that are not zero are.</summary>
    [Fact]
    public void In_any_table_nothing_follows_by_one_subtraction() =>
        Gen.Int[0, 12].Array[5].Array[1, 6].Sample(levels =>
        {
            var rows = levels.Select(l => (int[])[l.Sum(), .. l]).ToList();
            var groups = rows.Select((_, i) => i % 2 == 0 ? "a" : "b").ToList();
            var hidden = PublishedCells.Hidden(rows, groups, Small);
            for (var r = 0; r < rows.Count; r++)
            {
                for (var c = 0; c < 6; c++)
                {
                    if (rows[r][c] is > 0 and < Small)
                        hidden[r][c].ShouldBeTrue();
                    if (hidden[r][c])
                        rows[r][c].ShouldBeGreaterThan(0);
                }

                OneAlone(Enumerable.Range(0, 6).Select(c => (hidden[r][c], rows[r][c]))).ShouldBeFalse("row");
            }

            foreach (var group in groups.Distinct())
            {
                var members = Enumerable.Range(0, rows.Count).Where(i => groups[i] == group).ToList();
                for (var c = 0; c < 6; c++)
                    OneAlone(members.Select(i => (hidden[i][c], rows[i][c]))).ShouldBeFalse("column");
            }
        }, iter: 5_000);

    /// <summary>One hidden cell although another, not zero, could have been hidden with it.</summary>
    private static bool OneAlone(IEnumerable<(bool Hidden, int Value)> cells)
    {
        var all = cells.ToList();
        return all.Count(c => c.Hidden) == 1 && all.Any(c => !c.Hidden && c.Value > 0);
    }
}
