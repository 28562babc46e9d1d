using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using SkillStation.Platform.Data;
using SkillStation.Scheduler.Domain;

namespace SkillStation.Scheduler.Data;

internal abstract class SchedulerDb(DbContextOptions options) : ModuleDb(options)
{
    public DbSet<CalendarDay> CalendarDays => Set<CalendarDay>();
    public DbSet<DeadlineRule> DeadlineRules => Set<DeadlineRule>();
    public DbSet<FollowUpPoint> FollowUpPoints => Set<FollowUpPoint>();
    public DbSet<Clock> Clocks => Set<Clock>();
    public DbSet<Deadline> Deadlines => Set<Deadline>();
    public DbSet<PoolHeard> Pools => Set<PoolHeard>();
    public DbSet<Heartbeat> Heartbeats => Set<Heartbeat>();
    public DbSet<Outage> Outages => Set<Outage>();
    public DbSet<PlacementCase> Cases => Set<PlacementCase>();
    public DbSet<FollowUpTask> FollowUps => Set<FollowUpTask>();
    public DbSet<FollowUpAnswer> FollowUpAnswers => Set<FollowUpAnswer>();
    public DbSet<JobReferral> Referrals => Set<JobReferral>();
    public DbSet<ContactConsent> Consents => Set<ContactConsent>();
    public DbSet<Journey> Journeys => Set<Journey>();
    public DbSet<OfferHeard> Offers => Set<OfferHeard>();
    public DbSet<Station> Stations => Set<Station>();
    public DbSet<Course> Courses => Set<Course>();
    public DbSet<IndicatorSnapshot> Snapshots => Set<IndicatorSnapshot>();
}

internal sealed class SqliteSchedulerDb(DbContextOptions<SqliteSchedulerDb> options) : SchedulerDb(options);

internal sealed class SqlServerSchedulerDb(DbContextOptions<SqlServerSchedulerDb> options) : SchedulerDb(options);

// For dotnet ef alone; see deploy/migrations.sh.
internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteSchedulerDb>
{
    public SqliteSchedulerDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SqliteSchedulerDb>().UseSqlite("Data Source=:memory:").Options);
}

internal sealed class SqlServerDesign : IDesignTimeDbContextFactory<SqlServerSchedulerDb>
{
    public SqlServerSchedulerDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SqlServerSchedulerDb>().UseSqlServer("Server=none").Options);
}
