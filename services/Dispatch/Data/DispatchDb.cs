using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using SkillStation.Dispatch.Domain;
using SkillStation.Platform.Data;

namespace SkillStation.Dispatch.Data;

internal abstract class DispatchDb(DbContextOptions options) : ModuleDb(options)
{
    public DbSet<District> Districts => Set<District>();
    public DbSet<Subdistrict> Subdistricts => Set<Subdistrict>();
    public DbSet<Station> Stations => Set<Station>();
    public DbSet<PooledRequest> Requests => Set<PooledRequest>();
    public DbSet<DemandPool> Pools => Set<DemandPool>();
    public DbSet<DispatchOffer> Offers => Set<DispatchOffer>();
    public DbSet<CourseCopy> Courses => Set<CourseCopy>();
    public DbSet<InstitutionCopy> Institutions => Set<InstitutionCopy>();
    public DbSet<QualificationCopy> Qualifications => Set<QualificationCopy>();
    public DbSet<InstitutionScore> Scores => Set<InstitutionScore>();
    public DbSet<CompletedTraining> Completed => Set<CompletedTraining>();
    public DbSet<DeadlineCopy> Deadlines => Set<DeadlineCopy>();
}

internal sealed class SqliteDispatchDb(DbContextOptions<SqliteDispatchDb> options) : DispatchDb(options);

internal sealed class SqlServerDispatchDb(DbContextOptions<SqlServerDispatchDb> options) : DispatchDb(options);

// For dotnet ef alone; see deploy/migrations.sh.
internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteDispatchDb>
{
    public SqliteDispatchDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SqliteDispatchDb>().UseSqlite("Data Source=:memory:").Options);
}

internal sealed class SqlServerDesign : IDesignTimeDbContextFactory<SqlServerDispatchDb>
{
    public SqlServerDispatchDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SqlServerDispatchDb>().UseSqlServer("Server=none").Options);
}
