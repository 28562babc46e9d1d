using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using SkillStation.Platform.Data;

namespace SkillStation.Support;

/// <summary>
/// What a race needs of a running service. <see cref="Race{TDb, T}"/> lets nobody write before everybody has looked, so that the race is certain. And the
/// guards of the databases can be taken away, for the control that must then go wrong: the versions for a while, an index or a key for good.
/// </summary>
public sealed partial class Guards : DbCommandInterceptor
{
    private readonly Lock gate = new();
    private Type? racing;
    private string query = "";
    private int looked;

    /// <summary>False: a save no longer asks whether the row is still what it was read as.</summary>
    public bool Versions { get; set; } = true;

    /// <summary>
    /// Starts all runners and holds every write to the database back until so many times (once for each runner, unless said otherwise) a command that
    /// contains <paramref name="query"/> has run there.
    /// </summary>
    public async Task<T[]> Race<TDb, T>(RunningService service, string query, IReadOnlyCollection<Func<Task<T>>> runners, int? looks = null) where TDb : ModuleDb
    {
        var turns = service.Services.GetRequiredService<SqliteWriteGates>();
        Task<T[]> all;
        using (await service.InDb<TDb, IDisposable>(db => turns.Enter(db, CancellationToken.None)))
        {
            lock (gate)
            {
                (racing, this.query, looked) = (typeof(TDb), query, 0);
            }

            all = Task.WhenAll(runners.Select(r => Task.Run(r)));
            await Eventually.True(() => Volatile.Read(ref looked) >= (looks ?? runners.Count), "everybody has looked");
            racing = null;
        }

        return await all;
    }

    /// <summary>Registers the watch beside every SQLite context.</summary>
    internal static void Watch(IServiceCollection services)
    {
        var guards = new Guards();
        services.AddSingleton(guards);
        foreach (var context in services.Select(s => s.ServiceType)
            .Where(t => t.IsGenericType && t.GetGenericTypeDefinition() == typeof(IDbContextOptionsConfiguration<>))
            .Select(t => t.GenericTypeArguments[0])
            .Where(t => t.Name.StartsWith("Sqlite", StringComparison.Ordinal)).Distinct().ToList())
        {
            services.AddSingleton(typeof(IDbContextOptionsConfiguration<>).MakeGenericType(context), Activator.CreateInstance(typeof(With<>).MakeGenericType(context), guards)!);
        }
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (!Versions && eventData.CommandSource == CommandSource.SaveChanges)
        {
#pragma warning disable CA2100 // EF's own text, less one comparison
            command.CommandText = Comparison().Replace(command.CommandText, "AND ($1 IS NOT NULL)");
#pragma warning restore CA2100
        }

        return new(result);
    }

    public override ValueTask<DbDataReader> ReaderExecutedAsync(DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            if (racing?.IsInstanceOfType(eventData.Context) == true && command.CommandText.Contains(query, StringComparison.Ordinal))
            {
                looked++;
            }
        }

        return new(result);
    }

    [GeneratedRegex("AND \"Version\" = (@p[0-9]+)")]
    private static partial Regex Comparison();

    private sealed class With<TContext>(Guards guards) : IDbContextOptionsConfiguration<TContext> where TContext : DbContext
    {
        public void Configure(IServiceProvider serviceProvider, DbContextOptionsBuilder optionsBuilder) => optionsBuilder.AddInterceptors(guards);
    }
}

/// <summary>Guards that cannot be put back: for a service that is there for a control alone.</summary>
public static class GuardsForGood
{
    /// <summary>Takes unique indexes away.</summary>
    public static async Task Drop<TDb>(this RunningService service, params string[] indexes) where TDb : ModuleDb
    {
        foreach (var sql in indexes.Select(i => $"DROP INDEX \"{i}\""))
        {
            await service.InDb<TDb, int>(db => db.Database.ExecuteSqlRawAsync(sql));
        }
    }

    /// <summary>Takes the primary keys of tables away, and with them every other rule of the table.</summary>
    public static async Task DropKey<TDb>(this RunningService service, params string[] tables) where TDb : ModuleDb
    {
        foreach (var sql in tables.Select(t => $"CREATE TABLE \"Keyless\" AS SELECT * FROM \"{t}\"; DROP TABLE \"{t}\"; ALTER TABLE \"Keyless\" RENAME TO \"{t}\";"))
        {
            await service.InDb<TDb, int>(db => db.Database.ExecuteSqlRawAsync(sql));
        }
    }
}
