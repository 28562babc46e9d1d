using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using SkillStation.Platform.Data;
using SkillStation.Requests.Domain;

namespace SkillStation.Requests.Data;

internal abstract class RequestsDb(DbContextOptions options) : ModuleDb(options)
{
    public DbSet<Resident> Residents => Set<Resident>();
    public DbSet<Course> Courses => Set<Course>();
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
