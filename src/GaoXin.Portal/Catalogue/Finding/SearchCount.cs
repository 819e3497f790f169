using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Catalogue.Finding;

/// <summary>How often something was searched for on a day, by anybody: no person, no device, no time.</summary>
internal sealed class SearchCount
{
    /// <summary>What was searched for, normal and without fillers.</summary>
    public required string Text { get; init; }

    /// <summary>Whether it found anything.</summary>
    public required bool Found { get; init; }

    public required DateOnly Day { get; init; }

    public required int Count { get; init; }
}

internal static class SearchCountSets
{
    extension(PortalDbContext db)
    {
        public DbSet<SearchCount> SearchCounts => db.Set<SearchCount>();
    }
}

internal sealed class SearchCountConfiguration : IEntityTypeConfiguration<SearchCount>
{
    public void Configure(EntityTypeBuilder<SearchCount> builder)
    {
        builder.ToTable("search_counts", "catalogue", table => table.HasCheckConstraint("ck_search_counts_count", "count > 0"));
        builder.HasKey(c => new { c.Day, c.Found, c.Text });
        builder.Property(c => c.Text).HasMaxLength(SearchVocabulary.LongestQuery);
    }
}
