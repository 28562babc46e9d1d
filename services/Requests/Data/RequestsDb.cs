using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using SkillStation.Platform.Bus;
using SkillStation.Platform.Data;
using SkillStation.Requests.Domain;

namespace SkillStation.Requests.Data;

internal abstract class RequestsDb(DbContextOptions options) : ModuleDb(options)
{
    public DbSet<Resident> Residents => Set<Resident>();
    public DbSet<Course> Courses => Set<Course>();
    public DbSet<TrainingRequest> Requests => Set<TrainingRequest>();
    public DbSet<Rating> Ratings => Set<Rating>();
    public DbSet<StationCopy> Stations => Set<StationCopy>();
    public DbSet<PoolCopy> Pools => Set<PoolCopy>();
    public DbSet<PoolEvent> PoolEvents => Set<PoolEvent>();
    public DbSet<ClassCopy> Classes => Set<ClassCopy>();
    public DbSet<DeadlineCopy> Deadlines => Set<DeadlineCopy>();

    /// <summary>A resident's request with its history; null when it is not there or somebody else's.</summary>
    public Task<TrainingRequest?> RequestOf(Guid residentId, Guid requestId, CancellationToken ct) =>
        Requests.Include(r => r.History).SingleOrDefaultAsync(r => r.Id == requestId && r.ResidentId == residentId, ct);

    /// <summary>The request that news is about.</summary>
    public async Task<TrainingRequest> RequestInNews(Guid requestId, CancellationToken ct) =>
        await Requests.SingleOrDefaultAsync(r => r.Id == requestId, ct) ?? throw new NotYetKnownException("request", requestId);
}

internal sealed class SqliteRequestsDb(DbContextOptions<SqliteRequestsDb> options) : RequestsDb(options);

internal sealed class SqlServerRequestsDb(DbContextOptions<SqlServerRequestsDb> options) : RequestsDb(options);

// For dotnet ef alone; see deploy/migrations.sh.
internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteRequestsDb>
{
    public SqliteRequestsDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SqliteRequestsDb>().UseSqlite("Data Source=:memory:").Options);
}

internal sealed class SqlServerDesign : IDesignTimeDbContextFactory<SqlServerRequestsDb>
{
    public SqlServerRequestsDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SqlServerRequestsDb>().UseSqlServer("Server=none").Options);
}
