using GaoXin.Portal.Catalogue;

namespace GaoXin.Portal.Web.Api;

/// <summary>A value of an enumeration in an address, by the code that answers use too, for example <c>public-service</c>; numbers are none.</summary>
public readonly record struct Coded<T>(T Value)
    where T : struct, Enum
{
    /// <summary>Reads a code.</summary>
    public static bool TryParse(string? text, out Coded<T> coded)
    {
        foreach (var value in Enum.GetValues<T>().Where(v => v.Code() == text))
        {
            coded = new(value);
            return true;
        }

        coded = default;
        return false;
    }
}
