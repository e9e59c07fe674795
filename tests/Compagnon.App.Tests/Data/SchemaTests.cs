using Compagnon.App.Data;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Data;

public sealed class SchemaTests
{
    private const string Sqlite = """
        SELECT 'column ' || t.name || '.' || c.name || ' ' || c.type || ' notnull=' || c."notnull" || ' default=' || coalesce(c.dflt_value, '-') || ' pk=' || c.pk AS "Value"
          FROM sqlite_schema t JOIN pragma_table_xinfo(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name <> 'schema_migration'
        UNION ALL SELECT 'index ' || t.name || '.' || i.name || ' unique=' || i."unique" || ' ' || (SELECT group_concat(coalesce(x.name, '?') || CASE x."desc" WHEN 1 THEN ' desc' ELSE '' END || ' ' || x.coll, ', ')
            FROM (SELECT * FROM pragma_index_xinfo(i.name) WHERE key = 1 ORDER BY seqno) x) || coalesce(' where ' || substr(s.sql, nullif(instr(upper(s.sql), ' WHERE '), 0) + 7), '')
          FROM sqlite_schema t JOIN pragma_index_list(t.name) i LEFT JOIN sqlite_schema s ON s.type = 'index' AND s.name = i.name WHERE t.type = 'table' AND i.origin <> 'pk' AND t.name <> 'schema_migration'
        UNION ALL SELECT 'foreign key ' || t.name || ' ' || f."from" || ' -> ' || f."table" || '.' || f."to" || ' ' || f.on_delete FROM sqlite_schema t JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table'
        UNION ALL SELECT s.type || ' ' || s.name || ' ' || s.sql FROM sqlite_schema s WHERE s.type IN ('trigger', 'view')
        """;

    private const string PostgreSql = """
        SELECT 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' notnull=' || a.attnotnull || ' default=' || coalesce(pg_get_expr(d.adbin, d.adrelid), '-')
            || ' collation=' || coalesce((SELECT collname FROM pg_collation WHERE oid = a.attcollation), '-') || ' identity=' || a.attidentity::text || ' generated=' || a.attgenerated::text AS "Value"
          FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped AND c.relname <> 'schema_migration'
        UNION ALL SELECT 'constraint ' || conrelid::regclass || '.' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> 'schema_migration'
        UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'schema_migration'
        UNION ALL SELECT 'trigger ' || pg_get_triggerdef(t.oid) FROM pg_trigger t WHERE NOT t.tgisinternal
        """;

    [Theory, OnBothDatabases]
    public async Task AllMigrationsTogether_GiveExactlyTheSchemaOfTheModel(Db db)
    {
        var fromModel = await TestDatabases.BareAsync(db);
        await using (var context = TestDatabases.Open(fromModel)) await context.Database.EnsureCreatedAsync();
        var fromMigrations = await TestDatabases.BareAsync(db);
        await using (var context = TestDatabases.Open(fromMigrations)) await Schema.ApplyAsync(context);
        Assert.Equal(await DescribeAsync(fromModel, db), await DescribeAsync(fromMigrations, db));
    }

    [Theory, OnBothDatabases]
    public async Task ADifference_IsSeen(Db db)
    {
        var database = await TestDatabases.BareAsync(db);
        await using var context = TestDatabases.Open(database);
        await Schema.ApplyAsync(context);
        var before = await DescribeAsync(database, db);
        await context.Database.ExecuteSqlRawAsync("CREATE INDEX planted ON referral (\"EndedAt\")");
        Assert.NotEqual(before, await DescribeAsync(database, db));
    }

    [Theory, OnBothDatabases]
    public async Task AppliedTwice_AtOnce_IsAppliedOnce(Db db)
    {
        var database = await TestDatabases.BareAsync(db);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            await using var context = TestDatabases.Open(database);
            await Schema.ApplyAsync(context);
        }));
        await using var look = TestDatabases.Open(database);
        Assert.Equal(1, await look.Database.SqlQueryRaw<int>("SELECT CAST(count(*) AS integer) AS \"Value\" FROM schema_migration").SingleAsync());
    }

    [Theory, OnBothDatabases]
    public async Task EveryTable_BeginsWithTheNetwork(Db db)
    {
        await using var context = TestDatabases.Open(await TestDatabases.BareAsync(db));
        foreach (var type in context.Model.GetEntityTypes().Where(t => t.ClrType != typeof(Compagnon.Domain.Programme.Network)))
            Assert.Equal("NetworkId", type.FindPrimaryKey()!.Properties[0].Name);
    }

    private static async Task<List<string>> DescribeAsync(Database database, Db db)
    {
        await using var context = TestDatabases.Open(database);
        var lines = await context.Database.SqlQueryRaw<string>(db is Db.Sqlite ? Sqlite : PostgreSql).ToListAsync();
        return [.. lines.Order(StringComparer.Ordinal)];
    }
}
