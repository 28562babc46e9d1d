using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SkillStation.Requests.Domain;

namespace SkillStation.Requests.Data;

internal sealed class StationCopyMapping : IEntityTypeConfiguration<StationCopy>
{
    public void Configure(EntityTypeBuilder<StationCopy> builder)
    {
        builder.ToTable("Stations");
        builder.HasKey(s => s.Code);
        builder.Ignore(s => s.Place);
    }
}

internal sealed class PoolCopyMapping : IEntityTypeConfiguration<PoolCopy>
{
    public void Configure(EntityTypeBuilder<PoolCopy> builder)
    {
        builder.ToTable("Pools");
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.HasIndex(p => new { p.State, p.CourseCode });
    }
}

internal sealed class PoolEventMapping : IEntityTypeConfiguration<PoolEvent>
{
    public void Configure(EntityTypeBuilder<PoolEvent> builder)
    {
        builder.ToTable("PoolEvents");
        builder.Property(e => e.Detail).HasMaxLength(500);
        builder.HasIndex(e => e.PoolId);
    }
}

internal sealed class ClassCopyMapping : IEntityTypeConfiguration<ClassCopy>
{
    public void Configure(EntityTypeBuilder<ClassCopy> builder)
    {
        builder.ToTable("Classes");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.HasIndex(c => new { c.PoolId, c.Attempt });
    }
}

internal sealed class DeadlineCopyMapping : IEntityTypeConfiguration<DeadlineCopy>
{
    public void Configure(EntityTypeBuilder<DeadlineCopy> builder)
    {
        builder.ToTable("Deadlines");
        builder.HasKey(d => new { d.SubjectId, d.Kind });
        builder.Property(d => d.Kind).HasMaxLength(40);
    }
}
