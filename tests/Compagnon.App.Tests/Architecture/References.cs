using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace Compagnon.App.Tests.Architecture;

/// <summary>What compiled code really refers to: types in signatures, fields, bases and attributes, and members named in method bodies.</summary>
public static class References
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodes = typeof(OpCodes).GetFields().Select(f => (OpCode)f.GetValue(obj: null)!).ToDictionary(o => o.Value);

    /// <summary>Every member that a type's code names: methods called, fields and types used.</summary>
    public static IEnumerable<MemberInfo> MembersOf(Type type)
    {
        foreach (var method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
            foreach (var member in InBody(method))
                yield return member;
    }

    /// <summary>Everything that a call of this method may come to use within its own assembly: through calls, lambdas and what the compiler makes of await.</summary>
    public static IReadOnlyCollection<MemberInfo> ReachedFrom(MethodBase method)
    {
        var reached = new HashSet<MemberInfo>();
        var waiting = new Queue<MethodBase>([method]);
        while (waiting.TryDequeue(out var next))
        {
            var goesOn = next.GetCustomAttribute<StateMachineAttribute>()?.StateMachineType.GetMethod("MoveNext", All) is { } steps ? InBody(next).Append(steps) : InBody(next);
            foreach (var member in goesOn.Where(reached.Add))
                if (member is MethodBase called && called.Module == method.Module) waiting.Enqueue(called);
        }
        return reached;
    }

    public static IEnumerable<Type> TypesOf(Type type)
    {
        IEnumerable<Type?> named = [type.BaseType, .. type.GetInterfaces(), .. type.GetFields(All).Select(f => f.FieldType),
            .. type.GetMethods(All).SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType)),
            .. type.GetConstructors(All).SelectMany(c => c.GetParameters()).Select(p => p.ParameterType),
            .. MembersOf(type).SelectMany(m => m is Type t ? [t] : new[] { m.DeclaringType })];
        return named.OfType<Type>().SelectMany(Parts).Distinct();
    }

    /// <summary>The type that a person wrote: closures and state machines count for whoever holds them.</summary>
    public static Type Written(Type type) => type.DeclaringType is { } outer && (type.Name.Contains('<', StringComparison.Ordinal) || type.IsNested) ? Written(outer) : type;

    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType) return Parts(type.GetElementType()!);
        return type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition()) : [type];
    }

    private static IEnumerable<MemberInfo> InBody(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } il) yield break;
        var typeArguments = method.DeclaringType is { IsGenericType: true } generic ? generic.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < il.Length;)
        {
            var code = il[at] == 0xFE ? OpCodes[(short)(0xFE00 | il[at + 1])] : OpCodes[il[at]];
            at += code.Size;
            if (code.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
            {
                var member = method.Module.ResolveMember(BitConverter.ToInt32(il, at), typeArguments, methodArguments);
                if (member is not null) yield return member;
                if (member is MethodInfo { IsGenericMethod: true } call)
                    foreach (var argument in call.GetGenericArguments()) yield return argument;
            }
            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
                _ => 4,
            };
        }
    }
}
