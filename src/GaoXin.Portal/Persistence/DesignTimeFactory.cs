using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Persistence;

/// <summary>For <c>dotnet ef</c>. Uses the application's own registration, or the passkey table would silently be missing.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<PortalDbContext>
{
    public PortalDbContext CreateDbContext(string[] args)
    {
        var services = new ServiceCollection();
        services.AddPortalDatabase("Host=localhost;Database=design");
        return services.BuildServiceProvider().CreateScope().ServiceProvider.GetRequiredService<PortalDbContext>();
    }
}
