using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace GaoXin.Portal.Persistence;

/// <summary>A value kept as one jsonb document, compared by content.</summary>
internal static class JsonColumn
{
    public static ValueConverter<T, string> Of<T>() => new(
        value => JsonSerializer.Serialize(value, OutboxMessage.Json),
        text => JsonSerializer.Deserialize<T>(text, OutboxMessage.Json)!);

    public static ValueComparer<T> Comparer<T>() => new(
        (a, b) => JsonSerializer.Serialize(a, OutboxMessage.Json) == JsonSerializer.Serialize(b, OutboxMessage.Json),
        value => JsonSerializer.Serialize(value, OutboxMessage.Json).GetHashCode(StringComparison.Ordinal),
        value => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(value, OutboxMessage.Json), OutboxMessage.Json)!);
}
