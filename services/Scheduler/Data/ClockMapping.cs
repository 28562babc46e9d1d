using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SkillStation.Scheduler.Domain;

namespace SkillStation.Scheduler.Data;

internal sealed class DeadlineMapping : IEntityTypeConfiguration<Deadline>
{
    public void Configure(EntityTypeBuilder<Deadline> builder)
    {
        builder.ToTable("Deadlines").HasKey(d => d.Seq);
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Property(d => d.Kind).HasMaxLength(40);
        builder.Property(d => d.ExtendedBy).HasConversion<long>();   // SQL Server's time ends at 24 hours
        builder.HasIndex(d => d.Id).IsUnique();
        builder.HasIndex(d => new { d.Kind, d.SubjectId, d.Round }).IsUnique();
        builder.HasIndex(d => d.SubjectId);
        builder.HasIndex(d => d.PartOf);
        builder.HasIndex(d => d.NextStageAt);
        builder.HasIndex(d => new { d.State, d.DueAt });
    }
}

internal sealed class ClockMapping : IEntityTypeConfiguration<Clock>
{
    public void Configure(EntityTypeBuilder<Clock> builder)
    {
        builder.ToTable("Clocks").HasKey(c => new { c.SubjectId, c.Kind });
        builder.Property(c => c.Kind).HasMaxLength(40);
        builder.Property(c => c.Then).HasMaxLength(40);
        builder.Property(c => c.TrainingKind).HasMaxLength(40);
    }
}

internal sealed class PoolHeardMapping : IEntityTypeConfiguration<PoolHeard>
{
    public void Configure(EntityTypeBuilder<PoolHeard> builder)
    {
        builder.ToTable("Pools").HasKey(p => p.PoolId);
        builder.Property(p => p.PoolId).ValueGeneratedNever();
    }
}

internal sealed class HeartbeatMapping : IEntityTypeConfiguration<Heartbeat>
{
    public void Configure(EntityTypeBuilder<Heartbeat> builder)
    {
        builder.ToTable("Heartbeats");
        builder.Property(h => h.Id).ValueGeneratedNever();
    }
}

internal sealed class OutageMapping : IEntityTypeConfiguration<Outage>
{
    public void Configure(EntityTypeBuilder<Outage> builder)
    {
        builder.ToTable("Outages");
        builder.Property(o => o.Id).ValueGeneratedNever();
        builder.Ignore(o => o.Length);
    }
}

internal sealed class CalendarDayMapping : IEntityTypeConfiguration<CalendarDay>
{
    public void Configure(EntityTypeBuilder<CalendarDay> builder)
    {
        builder.ToTable("CalendarDays").HasKey(d => d.Date);
        builder.Property(d => d.Name).HasMaxLength(40);
    }
}

internal sealed class DeadlineRuleMapping : IEntityTypeConfiguration<DeadlineRule>
{
    public void Configure(EntityTypeBuilder<DeadlineRule> builder)
    {
        builder.ToTable("DeadlineRules").HasKey(r => new { r.Kind, r.TrainingKind, r.EffectiveFrom });
        builder.Property(r => r.Kind).HasMaxLength(40);
        builder.Property(r => r.TrainingKind).HasMaxLength(40);
        builder.Property(r => r.Unit).HasMaxLength(2);
    }
}
