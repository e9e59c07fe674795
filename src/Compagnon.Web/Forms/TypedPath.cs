using System.Collections;
using System.Globalization;
using System.Reflection;

namespace Compagnon.Web.Forms;

/// <summary>Finds what was typed by a field's name: a property ("Name") or a part of a list of rows ("Experiences[0].Year"), as the browser posts it.</summary>
internal static class TypedPath
{
    /// <summary>Null for a row that isn't there.</summary>
    /// <exception cref="InvalidOperationException">No such property: the page names a field that its input doesn't have.</exception>
    public static object? Of(object root, string path)
    {
        object? at = root;
        foreach (var step in path.Split('.'))
        {
            if (at is null) return null;
            var (name, row) = Parts(step);
            at = Property(at.GetType(), name).GetValue(at);
            if (row is { } index) at = at is IList list && index < list.Count ? list[index] : null;
        }
        return at;
    }

    private static (string Name, int? Row) Parts(string step) => step.IndexOf('[') is var open and >= 0
        ? (step[..open], int.Parse(step.AsSpan(open + 1, step.Length - open - 2), CultureInfo.InvariantCulture)) : (step, null);

    private static PropertyInfo Property(Type type, string name) =>
        type.GetProperty(name) ?? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{type} has no field {name}"));
}
