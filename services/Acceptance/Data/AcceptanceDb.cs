using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using SkillStation.Acceptance.Domain;
using SkillStation.Platform.Data;

namespace SkillStation.Acceptance.Data;

internal abstract class AcceptanceDb(DbContextOptions options) : ModuleDb(options)
{
    public DbSet<Institution> Institutions => Set<Institution>();
    public DbSet<Qualification> Qualifications => Set<Qualification>();
    public DbSet<Room> Rooms => Set<Room>();
    public DbSet<Instructor> Instructors => Set<Instructor>();
    public DbSet<InstitutionOffer> Offers => Set<InstitutionOffer>();
    public DbSet<TrainingClass> Classes => Set<TrainingClass>();
    public DbSet<ClassSession> Sessions => Set<ClassSession>();
    public DbSet<Occupancy> Occupancies => Set<Occupancy>();
    public DbSet<Credential> Credentials => Set<Credential>();
    public DbSet<CredentialSerial> Serials => Set<CredentialSerial>();
    public DbSet<CourseCopy> Courses => Set<CourseCopy>();
    public DbSet<StationCopy> Stations => Set<StationCopy>();
    public DbSet<DueTime> DueTimes => Set<DueTime>();
    public DbSet<WithdrawnRequest> WithdrawnRequests => Set<WithdrawnRequest>();

    /// <summary>Classes with timetable and roster, in separate queries: their product would be thousands of rows.</summary>
    public IQueryable<TrainingClass> WholeClasses => Classes.Include(c => c.Sessions).Include(c => c.Enrolments).AsSplitQuery();

    public Task<TrainingClass?> ClassOf(string institutionCode, Guid id, CancellationToken ct) =>
        WholeClasses.SingleOrDefaultAsync(c => c.Id == id && c.InstitutionCode == institutionCode, ct);

    /// <summary>Until when, for those of the subjects that have a clock running.</summary>
    public Task<Dictionary<Guid, DateTimeOffset>> DueOf(string kind, IEnumerable<Guid> subjects, CancellationToken ct)
    {
        var ids = subjects.ToList();
        return DueTimes.AsNoTracking().Where(d => d.Kind == kind && ids.Contains(d.SubjectId)).ToDictionaryAsync(d => d.SubjectId, d => d.DueAt, ct);
    }
}

internal sealed class SqliteAcceptanceDb(DbContextOptions<SqliteAcceptanceDb> options) : AcceptanceDb(options);

internal sealed class SqlServerAcceptanceDb(DbContextOptions<SqlServerAcceptanceDb> options) : AcceptanceDb(options);

// For dotnet ef alone; see deploy/migrations.sh.
internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteAcceptanceDb>
{
    public SqliteAcceptanceDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SqliteAcceptanceDb>().UseSqlite("Data Source=:memory:").Options);
}

internal sealed class SqlServerDesign : IDesignTimeDbContextFactory<SqlServerAcceptanceDb>
{
    public SqlServerAcceptanceDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SqlServerAcceptanceDb>().UseSqlServer("Server=none").Options);
}
