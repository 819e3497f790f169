using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Persistence;

/// <summary>Which handlers listen to which event, read once from the assembly.</summary>
internal static class EventHandlers
{
    private static readonly Dictionary<Type, Type[]> ByEvent = typeof(EventHandlers).Assembly.GetTypes()
        .Where(t => t is { IsAbstract: false, IsInterface: false })
        .SelectMany(t => t.GetInterfaces()
            .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEventHandler<>))
            .Select(i => (Event: i.GetGenericArguments()[0], Handler: t)))
        .GroupBy(p => p.Event, p => p.Handler)
        .ToDictionary(g => g.Key, g => g.ToArray());

    public static IEnumerable<Type> All => ByEvent.Values.SelectMany(t => t).Distinct();

    public static IReadOnlyList<Type> For(Type fact) => ByEvent.GetValueOrDefault(fact, []);

    public static (Type Event, Type Handler)? Find(string fact, string handler) =>
        ByEvent.Where(p => p.Key.FullName == fact)
            .SelectMany(p => p.Value.Select(h => ((Type, Type)?)(p.Key, h)))
            .FirstOrDefault(p => p!.Value.Item2.FullName == handler);
}
