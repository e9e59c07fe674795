using System.Linq.Expressions;
using Compagnon.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Compagnon.App.Data;

internal static class Models
{
    /// <summary>A reference inside the network: (NetworkId, <paramref name="property"/>) to the other table's key. Nothing is ever deleted by cascade.</summary>
    public static void References<T, TOther>(this EntityTypeBuilder<T> builder, Expression<Func<T, object?>> property)
        where T : class where TOther : Row
    {
        var name = ((property.Body as UnaryExpression)?.Operand as MemberExpression ?? (MemberExpression)property.Body).Member.Name;
        builder.HasOne<TOther>().WithMany().HasForeignKey(nameof(Row.NetworkId), name)
            .HasPrincipalKey(nameof(Row.NetworkId), nameof(Row.Id)).OnDelete(DeleteBehavior.Restrict);
    }
}
