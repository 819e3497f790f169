using System.Reflection;
using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Persistence;

/// <summary>Which handlers listen to which event, read from the assembly.</summary>
internal static class EventHandlers
{
    private static Dictionary<Type, Type[]> _byEvent = Read([typeof(EventHandlers).Assembly]);

    public static IEnumerable<Type> All => _byEvent.Values.SelectMany(t => t).Distinct();

    /// <summary>Adds the handlers of another assembly, before the container is built: the tests bring their own.</summary>
    public static void Include(Assembly assembly) => _byEvent = Read([typeof(EventHandlers).Assembly, assembly]);

    public static IReadOnlyList<Type> For(Type fact) => _byEvent.GetValueOrDefault(fact, []);

    public static (Type Event, Type Handler)? Find(string fact, string handler) =>
        _byEvent.Where(p => p.Key.FullName == fact)
            .SelectMany(p => p.Value.Select(h => ((Type, Type)?)(p.Key, h)))
            .FirstOrDefault(p => p!.Value.Item2.FullName == handler);

    private static Dictionary<Type, Type[]> Read(IEnumerable<Assembly> assemblies) => assemblies.Distinct().SelectMany(a => a.GetTypes())
        .Where(t => t is { IsAbstract: false, IsInterface: false })
        .SelectMany(t => t.GetInterfaces()
            .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEventHandler<>))
            .Select(i => (Event: i.GetGenericArguments()[0], Handler: t)))
        .GroupBy(p => p.Event, p => p.Handler)
        .ToDictionary(g => g.Key, g => g.ToArray());
}
