#pragma warning disable CA1822, IDE0051
namespace GaoXin.Portal.Tests.Architecture.Probe.Catalogue
{
    public sealed class Shown
    {
        public static int Number => 1;
    }

    internal sealed class Hidden
    {
        public static int Number => 2;
    }
}

namespace GaoXin.Portal.Tests.Architecture.Probe.Appointments
{
    using GaoXin.Portal.Tests.Architecture.Probe.Catalogue;

    internal sealed class Sound
    {
        public int Number() => 3;
    }

    internal sealed class InCode
    {
        public int Number() => Hidden.Number;
    }

    internal sealed class InLambda
    {
        public Func<int> Number() => () => Shown.Number;
    }

    internal sealed class InGenericArgument
    {
        public List<Dictionary<string, Shown[]>> All { get; } = [];
    }

    [AttributeUsage(AttributeTargets.Class)]
    internal sealed class NamesAttribute(Type type) : Attribute
    {
        public Type Type { get; } = type;
    }

    [Names(typeof(Shown))]
    internal sealed class InAttribute;

    internal sealed class InAsyncMethod
    {
        public async Task<int> Number()
        {
            await Task.Yield();
            return Shown.Number;
        }
    }
}
