using System.Reflection;
using System.Runtime.CompilerServices;
using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace GaoXin.Portal.Tests.Architecture;

/// <summary>Public is the contract: requests, results, events and what they are made of. The rest is internal and sealed.</summary>
public sealed class ContractTests
{
    private static readonly Assembly Core = typeof(PortalServices).Assembly;
    private static readonly Type[] Types = [.. Core.GetTypes().Where(t => !t.IsDefined(typeof(CompilerGeneratedAttribute)))];

    // It reads back, in SQL, what it has just added; the pipeline still owns the transaction and commits.
    private static readonly string[] Flushes = ["GaoXin.Portal.Cases.RequestSignaturesHandler/"];

    private static readonly ModuleDefinition Module = ModuleDefinition.ReadModule(Core.Location);

    private static ServiceProvider Portal() => new ServiceCollection().AddLogging().AddPortal(new ConfigurationBuilder().AddInMemoryCollection(
        new Dictionary<string, string?> { ["ConnectionStrings:Portal"] = "Host=localhost;Database=model" }).Build()).BuildServiceProvider();

    /// <summary>A request as a form with empty boxes gives it: no text, lists without entries, defaults for the rest.</summary>
    private static object Empty(Type request)
    {
        var empty = RuntimeHelpers.GetUninitializedObject(request);
        foreach (var property in request.GetProperties().Where(p => p.CanWrite && !p.PropertyType.IsValueType && p.PropertyType != typeof(string)))
            property.SetValue(empty, Nothing(property.PropertyType));
        return empty;
    }

    private static object? Nothing(Type type) => type switch
    {
        { IsArray: true } => Array.CreateInstance(type.GetElementType()!, 0),
        { IsGenericType: true } when type.GetGenericArguments() is [_, _] => Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(type.GetGenericArguments())),
        { IsGenericType: true } => Activator.CreateInstance(typeof(List<>).MakeGenericType(type.GetGenericArguments())),
        { IsAbstract: false } when type.Assembly == Core => Empty(type),
        _ => null,
    };

    private static IEnumerable<Type> Requests => Types.Where(t => !t.IsAbstract && Implements(t, typeof(IRequest<>)));

    [Fact]
    public void Every_request_says_once_who_may_send_it() =>
        Requests.Where(t => t.GetCustomAttributes<AccessAttribute>(inherit: true).Count() != 1).Select(t => t.FullName).ShouldBeEmpty();

    [Fact]
    public void Every_request_has_a_kind_and_one_handler()
    {
        var handled = Types.SelectMany(t => t.GetInterfaces()).Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequestHandler<,>))
            .GroupBy(i => i.GetGenericArguments()[0]).ToDictionary(g => g.Key, g => g.Count());
        Requests.Where(t => !Implements(t, typeof(ICommand<>)) && !Implements(t, typeof(IQuery<>)) && !Implements(t, typeof(IOutsideRequest<>))).Select(t => t.FullName).ShouldBeEmpty();
        Requests.Where(t => handled.GetValueOrDefault(t) != 1).Select(t => t.FullName).ShouldBeEmpty();
    }

    [Fact]
    public void Handlers_validators_and_entity_configurations_are_internal_and_sealed()
    {
        Type[] kinds = [typeof(IRequestHandler<,>), typeof(IEventHandler<>), typeof(IEntityTypeConfiguration<>), typeof(IValidator<>)];
        Types.Where(t => t is { IsAbstract: false, IsGenericTypeDefinition: false } && kinds.Any(k => Implements(t, k)))
            .Where(t => t.IsPublic || !t.IsSealed).Select(t => t.FullName).ShouldBeEmpty();
    }

    /// <summary>A box of a form that is left empty arrives as null, whatever the property promises.</summary>
    [Fact]
    public void Empty_boxes_break_no_validator()
    {
        using var services = Portal();
        using var scope = services.CreateScope();
        var checks = Requests.SelectMany(r => scope.ServiceProvider.GetServices(typeof(IValidator<>).MakeGenericType(r)).OfType<IValidator>().Select(v => (Request: r, Validator: v))).ToList();
        checks.Count.ShouldBeGreaterThan(50);
        checks.Where(c => Record.Exception(() => c.Validator.Validate((IValidationContext)Activator.CreateInstance(typeof(ValidationContext<>).MakeGenericType(c.Request), Empty(c.Request))!)) is not null)
            .Select(c => c.Validator.GetType().Name).ShouldBeEmpty();
    }

    [Fact]
    public void Entities_are_internal()
    {
        using var services = Portal();
        using var scope = services.CreateScope();
        var model = scope.ServiceProvider.GetRequiredService<PortalDbContext>().Model;
        model.GetEntityTypes().Select(e => e.ClrType).Where(t => t.Assembly == Core && t.IsVisible && !t.IsGenericType).Select(t => t.FullName).ShouldBeEmpty();
        model.FindEntityType(typeof(IdentityUserPasskey<Guid>)).ShouldNotBeNull("the passkey table is silently missing when the schema version is not set");
    }

    [Fact]
    public void Only_TimeProvider_tells_the_time() =>
        Calls((type, name) => type is "System.DateTime" or "System.DateTimeOffset" && name is "get_Now" or "get_UtcNow" or "get_Today").ShouldBeEmpty();

    [Fact]
    public void Handlers_do_not_save_or_open_transactions()
    {
        var own = (string[])["GaoXin.Portal.Kernel.Pipeline", "GaoXin.Portal.Persistence"];
        var handlers = Types.Where(t => Implements(t, typeof(IRequestHandler<,>)) || Implements(t, typeof(IEventHandler<>))).Select(t => t.FullName!).ToHashSet();
        Calls((type, name) => name is "SaveChanges" or "SaveChangesAsync" or "BeginTransaction" or "BeginTransactionAsync" && type.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal))
            .Where(call => handlers.Any(h => call.StartsWith(h + ".", StringComparison.Ordinal) || call.StartsWith(h + "/", StringComparison.Ordinal)))
            .Where(call => !Flushes.Any(f => call.StartsWith(f, StringComparison.Ordinal)))
            .Where(call => !own.Any(o => call.StartsWith(o, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    private static IEnumerable<string> Calls(Func<string, string, bool> wanted) => Module.GetAllTypes()
        .SelectMany(t => t.Methods).Where(m => m.HasBody)
        .SelectMany(m => m.Body.Instructions.Select(i => i.Operand).OfType<MethodReference>()
            .Where(c => wanted(c.DeclaringType.FullName, c.Name)).Select(c => $"{m.DeclaringType.FullName}.{m.Name} calls {c.Name}"))
        .Distinct();

    private static bool Implements(Type type, Type definition) =>
        type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == definition);
}
