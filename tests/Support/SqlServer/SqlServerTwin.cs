#pragma warning disable CS9107 // what the base class keeps too costs a test nothing
#pragma warning disable EF1001 // tests may look inside: when a new version changes these, the tests say so
using System.Collections;
using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking.Internal;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.Internal;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Update;
using Microsoft.Extensions.DependencyInjection;
using SkillStation.Platform.Data;

namespace SkillStation.Support.SqlServer;

/// <summary>
/// Beside each SQLite context of a running service stands its SQL Server twin on a connection to no server. Every LINQ query that the
/// SQLite context executes, and every save, is made into T-SQL by the twin first; what it cannot translate, what does not parse and what
/// would not fit its column is a fault of the <see cref="TransactSqlRecord"/>. Not seen: results, collations, locks, and what calls SQL by
/// its own text.
/// </summary>
public static class SqlServerTwin
{
    private static readonly ConcurrentDictionary<Type, Func<DbContext>> Makers = new();
    private static readonly MethodInfo CompileMethod = typeof(SqlServerTwin).GetMethod(nameof(Compile), BindingFlags.NonPublic | BindingFlags.Static)!;
    private const string NoElements = "Sequence contains no elements";

    /// <summary>Puts a twin beside every SQLite context that is registered.</summary>
    public static void Watch(IServiceCollection services)
    {
        services.AddSingleton<TransactSqlRecord>();
        var contexts = services.Select(s => s.ServiceType)
            .Where(t => t.IsGenericType && t.GetGenericTypeDefinition() == typeof(IDbContextOptionsConfiguration<>))
            .Select(t => t.GenericTypeArguments[0])
            .Where(t => t.Name.StartsWith("Sqlite", StringComparison.Ordinal)).Distinct().ToList();
        foreach (var context in contexts)
        {
            services.AddSingleton(typeof(IDbContextOptionsConfiguration<>).MakeGenericType(context), Activator.CreateInstance(typeof(Beside<>).MakeGenericType(context))!);
        }
    }

    /// <summary>A context of SQL Server as the services set it up, without a server behind it.</summary>
    public static DbContext Make(Type context) => Makers.GetOrAdd(context, type =>
    {
        var builder = (DbContextOptionsBuilder)Activator.CreateInstance(typeof(DbContextOptionsBuilder<>).MakeGenericType(type))!;
        var options = builder.UseSqlServer(DatabaseSetup.PlainSql).UseApplicationServiceProvider(new ServiceCollection().AddSingleton(TimeProvider.System).BuildServiceProvider()).Options;
        return () => (DbContext)Activator.CreateInstance(type, options)!;
    })();

    /// <summary>The same with its commands in a record; every result has so many rows, with these columns where a statement names none.</summary>
    public static DbContext Make(Type context, TransactSqlRecord record, int rows = 0, params IReadOnlyList<string> columns)
    {
        var db = Make(context);
        db.Database.SetDbConnection(new PaperConnection(command => Record(db, command, record), rows, columns), contextOwnsConnection: true);
        return db;
    }

    private static DbContext TwinOf(DbContext original, TransactSqlRecord record, int rows = 0)
    {
        var type = original.GetType();
        return Make(type.Assembly.GetType($"{type.Namespace}.{type.Name.Replace("Sqlite", "SqlServer", StringComparison.Ordinal)}", throwOnError: true)!, record, rows);
    }

    private static void Record(DbContext twin, PaperCommand command, TransactSqlRecord record)
    {
        const int MostParameters = 2100;
        record.Add(twin.GetType().Name, command.CommandText);
        if (command.Parameters.Count > MostParameters)
        {
            record.Fault(twin.GetType().Name, $"{command.Parameters.Count} parameters, of at most {MostParameters}\n{command.CommandText[..200]}");
        }
    }

    /// <summary>Runs a query on the twin; its parameters are taken out, its roots are the original's entities.</summary>
    internal static void Ask(DbContext original, Expression query, Dictionary<string, object?> parameters, Type resultType)
    {
        var record = original.GetService<TransactSqlRecord>();
        var split = query.ToString().Contains(nameof(RelationalQueryableExtensions.AsSplitQuery), StringComparison.Ordinal);
        using var twin = TwinOf(original, record, rows: split ? 1 : 0);
        try
        {
            var compiled = CompileMethod.MakeGenericMethod(resultType).Invoke(null, [twin, new NewRoots(twin.Model).Visit(query)])!;
            var context = twin.GetService<IQueryContextFactory>().Create();
            foreach (var (name, value) in parameters)
            {
                context.Parameters.Add(name, value);
            }

            if (((Delegate)compiled).DynamicInvoke(context) is IEnumerable rows and not string)
            {
                foreach (var _ in rows)
                {
                }
            }
        }
        catch (TargetInvocationException e) when (e.InnerException is InvalidOperationException none && none.Message == NoElements)
        {
            // asked and found nothing
        }
#pragma warning disable CA1031 // whatever it is, it is the finding
        catch (Exception e)
#pragma warning restore CA1031
        {
            var why = e is TargetInvocationException { InnerException: { } inner } ? inner : e;
            record.Fault(twin.GetType().Name, $"{why.GetType().Name}: {why.Message}\n{query}");
        }
    }

    private static Func<QueryContext, TResult> Compile<TResult>(DbContext twin, Expression query) => twin.GetService<ICompiledQueryCache>().GetOrAddQuery(
        twin.GetService<ICompiledQueryCacheKeyGenerator>().GenerateCacheKey(query, async: false),
        () => twin.GetService<IDatabase>().CompileQuery<TResult>(query, async: false));

    /// <summary>Makes the batches of a save on the twin and stops each where it would be sent.</summary>
    internal static void Save(DbContext original, IList<IUpdateEntry> entries, IUpdateAdapter states)
    {
        var record = original.GetService<TransactSqlRecord>();
        using var twin = TwinOf(original, record);
        twin.ChangeTracker.AutoDetectChangesEnabled = false;
        foreach (var entry in entries)
        {
            CheckLengths(entry, twin.Model.FindEntityType(entry.EntityType.Name)!, record);
        }

        try
        {
            var manager = twin.GetService<IStateManager>();
            var owners = entries.SelectMany(e => OwnersOf(e, states)).Except(entries).ToList();
            owners.ForEach(owner => Copy(owner, twin, manager));
            var copies = entries.Select(e => (IUpdateEntry)Copy(e, twin, manager)).ToList();
            var connection = twin.GetService<IRelationalConnection>();
            connection.SetDbConnection(new PaperConnection(command =>
            {
                Record(twin, command, record);
                throw new Sent();
            }), contextOwnsConnection: true);
            foreach (var batch in twin.GetService<ICommandBatchPreparer>().BatchCommands(copies, twin.GetService<IUpdateAdapterFactory>().Create()))
            {
                try
                {
                    batch.Execute(connection);
                }
                catch (DbUpdateException e) when (e.InnerException is Sent)
                {
                }
            }
        }
#pragma warning disable CA1031 // whatever it is, it is the finding
        catch (Exception e)
#pragma warning restore CA1031
        {
            record.Fault(twin.GetType().Name, $"{e.GetType().Name}: {e.Message} when saving {string.Join(", ", entries.Select(x => $"{x.EntityState} {x.EntityType.ShortName()}").Distinct())}");
        }
    }

    // What an entry is a part of in the same row has to be known, changed or not.
    private static IEnumerable<IUpdateEntry> OwnersOf(IUpdateEntry entry, IUpdateAdapter states)
    {
        for (var at = entry; at?.EntityType.FindOwnership() is { } ownership;)
        {
            at = states.FindPrincipal(at, ownership);
            if (at is not null)
            {
                yield return at;
            }
        }
    }

    private static InternalEntityEntry Copy(IUpdateEntry entry, DbContext twin, IStateManager manager)
    {
        var type = twin.Model.FindEntityType(entry.EntityType.Name)!;
        var copy = manager.GetOrCreateEntry(entry.ToEntityEntry().Entity, type);
        var properties = type.GetProperties().Select(p => (Ours: p, Theirs: entry.EntityType.FindProperty(p.Name)!)).ToList();
        foreach (var (ours, theirs) in properties.Where(p => p.Ours.IsShadowProperty() && !entry.HasTemporaryValue(p.Theirs)))
        {
            copy[ours] = entry.GetCurrentValue(theirs);
        }

        copy.SetEntityState(entry.EntityState, modifyProperties: false);
        if (entry.EntityState is EntityState.Modified or EntityState.Deleted)
        {
            foreach (var (ours, theirs) in properties.Where(p => !p.Ours.IsPrimaryKey() && entry.CanHaveOriginalValue(p.Theirs)))
            {
                copy.SetOriginalValue(ours, entry.GetOriginalValue(theirs));
                if (entry.EntityState == EntityState.Modified && entry.IsModified(theirs))
                {
                    copy.SetPropertyModified(ours);
                }
            }
        }

        return copy;
    }

    /// <summary>SQLite stores what is too long; SQL Server refuses it.</summary>
    private static void CheckLengths(IUpdateEntry entry, IEntityType type, TransactSqlRecord record)
    {
        foreach (var property in type.GetProperties().Where(p => entry.EntityState is EntityState.Added or EntityState.Modified && p.GetMaxLength() > 0))
        {
            var value = entry.GetCurrentValue(entry.EntityType.FindProperty(property.Name)!);
            var stored = property.GetTypeMapping().Converter is { } converter ? converter.ConvertToProvider(value) : value;
            if (stored is string text && text.Length > property.GetMaxLength())
            {
                record.Fault(type.ShortName(), $"{property.Name} has room for {property.GetMaxLength()} characters, not for {text.Length}: {text}");
            }
        }
    }

    private sealed class Sent : Exception;

    private sealed class NewRoots(IModel model) : ExpressionVisitor
    {
        protected override Expression VisitExtension(Expression node) => node is EntityQueryRootExpression root
            ? new EntityQueryRootExpression(model.FindEntityType(root.EntityType.Name)!)
            : base.VisitExtension(node);
    }

    private sealed class Beside<TContext> : IDbContextOptionsConfiguration<TContext> where TContext : DbContext
    {
        public void Configure(IServiceProvider serviceProvider, DbContextOptionsBuilder optionsBuilder) => optionsBuilder
            .ReplaceService<IQueryCompiler, TwiceCompiler>()
            .ReplaceService<IDatabase, TwiceSaver>();
    }
}

/// <summary>Asks the twin what it asks its own database.</summary>
internal sealed class TwiceCompiler(
    IQueryContextFactory contexts, ICompiledQueryCache cache, ICompiledQueryCacheKeyGenerator keys, IDatabase database,
    IDiagnosticsLogger<DbLoggerCategory.Query> log, ICurrentDbContext current, IEvaluatableExpressionFilter filter, IModel model)
    : QueryCompiler(contexts, cache, keys, database, log, current, filter, model)
{
    public override TResult Execute<TResult>(Expression query)
    {
        Ask(query, typeof(TResult));
        return base.Execute<TResult>(query);
    }

    public override TResult ExecuteAsync<TResult>(Expression query, CancellationToken cancellationToken = default)
    {
        var result = typeof(TResult);   // Task<one> or IAsyncEnumerable<many>
        var inner = result.GenericTypeArguments[0];
        Ask(query, result.GetGenericTypeDefinition() == typeof(Task<>) ? inner : typeof(IEnumerable<>).MakeGenericType(inner));
        return base.ExecuteAsync<TResult>(query, cancellationToken);
    }

    private void Ask(Expression query, Type result)
    {
        var parameters = new Dictionary<string, object?>();
        SqlServerTwin.Ask(current.Context, ExtractParameters(query, parameters, log), parameters, result);
    }
}

/// <summary>Shows the twin what it saves.</summary>
internal sealed class TwiceSaver(DatabaseDependencies dependencies, RelationalDatabaseDependencies relational) : RelationalDatabase(dependencies, relational)
{
    public override int SaveChanges(IList<IUpdateEntry> entries)
    {
        Show(entries);
        return base.SaveChanges(entries);
    }

    public override Task<int> SaveChangesAsync(IList<IUpdateEntry> entries, CancellationToken cancellationToken = default)
    {
        Show(entries);
        return base.SaveChangesAsync(entries, cancellationToken);
    }

    private void Show(IList<IUpdateEntry> entries) =>
        SqlServerTwin.Save(RelationalDependencies.Connection.Context, entries, Dependencies.UpdateAdapterFactory.Create());
}
