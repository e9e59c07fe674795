using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Compagnon.App.Data;

/// <summary>
/// A question that a busy page asks at every visit: understood once for each database rather than each time, which costs more than the answer.
/// <code>private static readonly Prepared&lt;Func&lt;CompagnonDb, Guid, IAsyncEnumerable&lt;Place&gt;&gt;&gt; PlacesOf = new(() =&gt; EF.CompileAsyncQuery((CompagnonDb db, Guid id) =&gt; …));</code>
/// </summary>
internal sealed class Prepared<TQuestion>(Func<TQuestion> prepare) where TQuestion : Delegate
{
    private readonly ConditionalWeakTable<IModel, TQuestion> known = [];

    public TQuestion For(CompagnonDb db) => known.GetValue(db.Model, _ => prepare());
}
