using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SkillStation.Platform.Data;
using SkillStation.Scheduler.Domain;

namespace SkillStation.Scheduler.Data;

internal sealed class JourneyMapping : IEntityTypeConfiguration<Journey>
{
    public void Configure(EntityTypeBuilder<Journey> builder)
    {
        builder.ToTable("Journeys").HasKey(j => j.RequestId);
        builder.Property(j => j.RequestId).ValueGeneratedNever();
        builder.HasIndex(j => j.SubmittedAt);
        builder.HasIndex(j => j.StationCode);
    }
}

internal sealed class OfferHeardMapping : IEntityTypeConfiguration<OfferHeard>
{
    public void Configure(EntityTypeBuilder<OfferHeard> builder)
    {
        builder.ToTable("Offers").HasKey(o => o.OfferId);
        builder.Property(o => o.OfferId).ValueGeneratedNever();
        builder.PrimitiveCollection(o => o.Members).HasMaxLength(ModuleDb.Unlimited);
    }
}

internal sealed class StationMapping : IEntityTypeConfiguration<Station>
{
    public void Configure(EntityTypeBuilder<Station> builder)
    {
        builder.ToTable("Stations").HasKey(s => s.Code);
        builder.HasIndex(s => s.DistrictCode);
    }
}

internal sealed class CourseMapping : IEntityTypeConfiguration<Course>
{
    public void Configure(EntityTypeBuilder<Course> builder)
    {
        builder.ToTable("Courses").HasKey(c => c.Code);
        builder.HasIndex(c => c.TrainingKind);
    }
}

internal sealed class IndicatorSnapshotMapping : IEntityTypeConfiguration<IndicatorSnapshot>
{
    public void Configure(EntityTypeBuilder<IndicatorSnapshot> builder)
    {
        builder.ToTable("Snapshots").HasKey(s => s.Key);
        builder.Property(s => s.Figures).HasMaxLength(ModuleDb.Unlimited);
    }
}
