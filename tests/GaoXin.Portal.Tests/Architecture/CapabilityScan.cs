using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace GaoXin.Portal.Tests.Architecture;

/// <summary>One use of a type of another capability: by signature, base type, attribute, generic argument or code.</summary>
internal sealed record CapabilityUse(string From, string To, string User, string Used, bool UsedIsPublic);

/// <summary>Finds every use across capabilities in a compiled assembly. A capability is the first name below the root namespace.</summary>
internal sealed class CapabilityScan(string rootNamespace)
{
    /// <summary>Open to all; what they use themselves is not looked at, except that Kernel is also scanned as a user.</summary>
    public static readonly IReadOnlySet<string> Common = new HashSet<string> { "Kernel", "Persistence" };

    public IEnumerable<CapabilityUse> Uses(ModuleDefinition module) => module.GetAllTypes()
        .Select(t => (Type: t, Capability: CapabilityOf(t)))
        .Where(t => t.Capability is not null && !Common.Contains(t.Capability))
        .SelectMany(t => References(t.Type).SelectMany(Flatten).Select(r => (t.Type, t.Capability, Used: r, Target: CapabilityOf(r))))
        .Where(u => u.Target is not null && u.Target != u.Capability && !Common.Contains(u.Target))
        .Select(u => new CapabilityUse(u.Capability!, u.Target!, u.Type.FullName, u.Used.FullName, IsPublic(u.Used)))
        .Distinct();

    public IReadOnlySet<string> Capabilities(ModuleDefinition module) =>
        module.GetAllTypes().Select(CapabilityOf).OfType<string>().Where(c => !Common.Contains(c)).ToHashSet();

    private string? CapabilityOf(TypeReference type)
    {
        while (type.DeclaringType is not null)
            type = type.DeclaringType;
        if (!type.Namespace.StartsWith(rootNamespace + ".", StringComparison.Ordinal))
            return null;
        return type.Namespace[(rootNamespace.Length + 1)..].Split('.')[0];
    }

    private static bool IsPublic(TypeReference reference)
    {
        for (var type = reference.Resolve(); type is not null; type = type.DeclaringType)
        {
            if (!(type.IsPublic || type.IsNestedPublic))
                return false;
        }

        return true;
    }

    /// <summary>Generic arguments, array elements and modifiers are uses as well.</summary>
    private static IEnumerable<TypeReference> Flatten(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Flatten).Append(generic.ElementType),
        TypeSpecification specification => Flatten(specification.ElementType),
        _ => [type],
    };

    private static IEnumerable<TypeReference?> References(TypeDefinition type) =>
    [
        type.BaseType,
        .. type.Interfaces.Select(i => i.InterfaceType),
        .. type.GenericParameters.SelectMany(g => g.Constraints).Select(c => c.ConstraintType),
        .. type.Fields.Select(f => f.FieldType),
        .. type.Properties.Select(p => p.PropertyType),
        .. Attributes(type),
        .. type.Fields.SelectMany(Attributes),
        .. type.Properties.SelectMany(Attributes),
        .. type.Methods.SelectMany(Attributes),
        .. type.Methods.SelectMany(References),
    ];

    private static IEnumerable<TypeReference?> Attributes(ICustomAttributeProvider provider) => provider.CustomAttributes
        .SelectMany(a => a.ConstructorArguments.Select(c => c.Value as TypeReference).Append(a.AttributeType));

    private static IEnumerable<TypeReference?> References(MethodDefinition method)
    {
        yield return method.ReturnType;
        foreach (var parameter in method.Parameters)
            yield return parameter.ParameterType;
        foreach (var constraint in method.GenericParameters.SelectMany(g => g.Constraints))
            yield return constraint.ConstraintType;
        if (!method.HasBody)
            yield break;
        foreach (var variable in method.Body.Variables)
            yield return variable.VariableType;
        foreach (var handler in method.Body.ExceptionHandlers)
            yield return handler.CatchType;
        foreach (var used in method.Body.Instructions.SelectMany(References))
            yield return used;
    }

    private static IEnumerable<TypeReference?> References(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        GenericInstanceMethod generic => [.. Member(generic), .. generic.GenericArguments],
        MemberReference member => Member(member),
        _ => [],
    };

    private static IEnumerable<TypeReference?> Member(MemberReference member) => member switch
    {
        MethodReference method => [method.DeclaringType, method.ReturnType, .. method.Parameters.Select(p => p.ParameterType)],
        FieldReference field => [field.DeclaringType, field.FieldType],
        _ => [member.DeclaringType],
    };
}
