using System.Linq.Expressions;
using Compagnon.Domain;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Compagnon.App.Data;

/// <summary>Refuses a time that is not UTC, cuts to the microseconds PostgreSQL keeps, marks UTC on reading.</summary>
public sealed class Utc() : ValueConverter<DateTime, DateTime>(v => Stored(v), v => DateTime.SpecifyKind(v, DateTimeKind.Utc))
{
    private static DateTime Stored(DateTime v) => v.Kind == DateTimeKind.Utc
        ? v.AddTicks(-(v.Ticks % TimeSpan.TicksPerMicrosecond)) : throw new InvalidOperationException($"{v:o} is not UTC");
}

/// <summary>Lists of enums are stored as words, too: a number would change its meaning when somebody adds a member in the middle.</summary>
internal static class Enums
{
    public static void AsWords(IMutableTypeBase type)
    {
        foreach (var property in type.GetProperties())
            if (property.GetElementType() is { } element && element.ClrType.IsEnum) element.SetProviderClrType(typeof(string));
        foreach (var complex in type.GetComplexProperties()) AsWords(complex.ComplexType);
    }
}

internal static class Confined
{
    /// <summary><c>row => row.NetworkId == db.NetworkId</c></summary>
    public static LambdaExpression To(Type type, CompagnonDb db)
    {
        var row = Expression.Parameter(type, "row");
        var mine = Expression.Equal(Expression.Property(row, nameof(Row.NetworkId)), Expression.Property(Expression.Constant(db), nameof(CompagnonDb.NetworkId)));
        return Expression.Lambda(mine, row);
    }
}
