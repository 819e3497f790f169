using GaoXin.Portal.Persistence;
using GaoXin.Portal.Registration;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Tests.Registration;

public sealed class CreditCodesTests(PortalHost host) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task Forty_approvals_at_once_get_forty_codes()
    {
        var codes = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => host.InScope(async services =>
        {
            var db = services.GetRequiredService<PortalDbContext>();
            await using var transaction = await db.Database.BeginTransactionAsync(Ct);
            var code = await db.NextCreditCode(EntityKind.Company, "410199", Ct);
            await transaction.CommitAsync(Ct);
            return code.Code;
        }))));
        codes.Distinct().Count().ShouldBe(40);
        codes.ShouldAllBe(c => c.StartsWith("91410199MA", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, "MA000001")]
    [InlineData(30, "MA00000Y")]
    [InlineData(31, "MA000010")]
    [InlineData(887_503_680, "MAYYYYYY")]
    public void Subject_codes_count_in_the_alphabet_of_the_code(long number, string subject) => CreditCodes.Subject(number).ShouldBe(subject);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
}
