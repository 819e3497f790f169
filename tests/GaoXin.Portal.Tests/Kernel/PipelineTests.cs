using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using GaoXin.Portal.Tests.TestKit;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Tests.Kernel;

public sealed class PipelineTests(ProbeHost host) : IClassFixture<ProbeHost>
{
    private readonly UserSession _citizen = host.As(TestUsers.Citizen());

    [Fact]
    public async Task A_command_is_saved_by_the_pipeline()
    {
        await _citizen.Send(new StoreNote("saved"));
        (await Count("saved")).ShouldBe(1);
    }

    [Fact]
    public async Task Somebody_without_access_is_denied_before_anything_happens()
    {
        await Should.ThrowAsync<AccessDeniedException>(() => host.Send(new StoreNote("denied")));
        (await Count("denied")).ShouldBe(0);
    }

    [Fact]
    public async Task A_request_without_an_access_rule_is_denied_to_everybody() =>
        await Should.ThrowAsync<AccessDeniedException>(() => _citizen.Send(new WithoutAccess()));

    [Fact]
    public async Task Malformed_input_never_reaches_the_handler() =>
        await Should.ThrowAsync<ValidationException>(() => _citizen.Send(new StoreNote("")));

    [Fact]
    public async Task A_refusal_leaves_nothing_behind_even_when_the_scope_goes_on()
    {
        await host.InScope(async services =>
        {
            var mediator = services.GetRequiredService<IMediator>();
            await Should.ThrowAsync<RefusedException>(() => mediator.Send(new StoreNote("refused", Fails: true)));
            await mediator.Send(new StoreNote("after a refusal"));
        }, TestUsers.Citizen());
        (await Count("refused")).ShouldBe(0);
        (await Count("after a refusal")).ShouldBe(1);
    }

    [Fact]
    public async Task A_command_inside_a_command_joins_its_transaction()
    {
        await _citizen.Send(new StoreTwoNotes("outer one", "outer two"));
        (await Count("outer one") + await Count("outer two")).ShouldBe(2);
        await Should.ThrowAsync<RefusedException>(() => _citizen.Send(new StoreTwoNotes("lost one", "lost two", SecondFails: true)));
        (await Count("lost one") + await Count("lost two")).ShouldBe(0);
    }

    private Task<long> Count(string text) =>
        host.Database.ScalarAsync<long>("SELECT count(*) FROM kernel.data_protection_keys WHERE friendly_name = $1", text);
}
