using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Catalogue.Favourites;

/// <summary>收藏: a guide that a person keeps at hand. Once a person and service, by the key.</summary>
internal sealed class Favourite
{
    public required Guid PersonId { get; init; }

    public required string ServiceCode { get; init; }

    public required DateTimeOffset KeptAt { get; init; }
}

/// <summary>What keeping refuses.</summary>
internal static class FavouriteRefusals
{
    public static Refusal TooMany(int most) => new("favourite.too-many", $"您已经收藏了 {most} 项。请先到“我的收藏”去掉几项，再收藏新的。");
}

internal static class FavouriteSets
{
    extension(PortalDbContext db)
    {
        public DbSet<Favourite> Favourites => db.Set<Favourite>();
    }
}

internal sealed class FavouriteConfiguration : IEntityTypeConfiguration<Favourite>
{
    public void Configure(EntityTypeBuilder<Favourite> builder)
    {
        builder.ToTable("favourites", "catalogue");
        builder.HasKey(f => new { f.PersonId, f.ServiceCode });
        builder.Property(f => f.ServiceCode).HasMaxLength(60);
    }
}
