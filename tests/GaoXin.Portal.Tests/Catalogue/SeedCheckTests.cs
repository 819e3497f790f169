namespace GaoXin.Portal.Tests.Catalogue;

public sealed class SeedCheckTests
{
    [Fact]
    public async Task The_delivered_definitions_have_no_fault()
    {
        using var seeds = new SeedsFolder();

        (await seeds.Check()).ShouldBeEmpty();
    }
}
