using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using SkillStation.Platform.Data;

namespace SkillStation.Portal.Data;

internal abstract class PortalDb(DbContextOptions options) : ModuleDb(options)
{
    public DbSet<SignedInSession> Sessions => Set<SignedInSession>();
    public DbSet<KeptForm> KeptForms => Set<KeptForm>();
    public DbSet<ProtectionKey> ProtectionKeys => Set<ProtectionKey>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<SignedInSession>(e =>
        {
            e.ToTable("Sessions").HasKey(s => s.IdHash);
            e.Property(s => s.IdHash).HasMaxLength(64);
            e.Property(s => s.Grants).HasMaxLength(Unlimited);
            e.Property(s => s.Tokens).HasMaxLength(Unlimited);
            e.HasIndex(s => s.AccountId);
            e.HasIndex(s => s.ExpiresAt);
        });
        modelBuilder.Entity<KeptForm>(e =>
        {
            e.ToTable("KeptForms").HasKey(f => f.IdHash);
            e.Property(f => f.IdHash).HasMaxLength(64);
            e.Property(f => f.Path).HasMaxLength(500);
            e.Property(f => f.Values).HasMaxLength(Unlimited);
            e.HasIndex(f => f.ExpiresAt);
        });
        modelBuilder.Entity<ProtectionKey>(e =>
        {
            e.ToTable("ProtectionKeys").HasKey(k => k.Id);
            e.Property(k => k.Xml).HasMaxLength(Unlimited);
        });
    }
}

/// <summary>Somebody who is logged in. The browser holds a random number; here is only its hash.</summary>
internal sealed class SignedInSession
{
    public required string IdHash { get; init; }
    public required string AccountId { get; init; }
    public required string Name { get; set; }

    /// <summary>role@scopeKind:scopeId, one a line.</summary>
    public required string Grants { get; set; }

    /// <summary>The access and the refresh token, protected.</summary>
    public required string Tokens { get; set; }
    public required DateTimeOffset TokenUntil { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; set; }
    public int Version { get; set; }
}

/// <summary>What was typed into a form whose session had ended, until its owner has logged in again.</summary>
internal sealed class KeptForm
{
    public required string IdHash { get; init; }
    public required string Path { get; init; }

    /// <summary>Protected.</summary>
    public required string Values { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>A key of Data Protection, so that cookies and forms outlive a restart and are good on every instance.</summary>
internal sealed class ProtectionKey
{
    public required string Id { get; init; }
    public required string Xml { get; init; }
}

internal sealed class SqlitePortalDb(DbContextOptions<SqlitePortalDb> options) : PortalDb(options);

internal sealed class SqlServerPortalDb(DbContextOptions<SqlServerPortalDb> options) : PortalDb(options);

// For dotnet ef alone; see deploy/migrations.sh.
internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqlitePortalDb>
{
    public SqlitePortalDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SqlitePortalDb>().UseSqlite("Data Source=:memory:").Options);
}

internal sealed class SqlServerDesign : IDesignTimeDbContextFactory<SqlServerPortalDb>
{
    public SqlServerPortalDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SqlServerPortalDb>().UseSqlServer("Server=none").Options);
}
