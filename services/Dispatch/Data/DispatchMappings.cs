using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SkillStation.Contracts.Dispatch;
using SkillStation.Dispatch.Domain;
using SkillStation.Platform.Data;

namespace SkillStation.Dispatch.Data;

internal sealed class PooledRequestMapping : IEntityTypeConfiguration<PooledRequest>
{
    public void Configure(EntityTypeBuilder<PooledRequest> builder)
    {
        builder.ToTable("Requests");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.CourseCode).HasMaxLength(60);
        builder.Property(r => r.OccupationCode).HasMaxLength(60);
        builder.Property(r => r.StationCode).HasMaxLength(40);
        builder.Property(r => r.DistrictCode).HasMaxLength(20);
        builder.Property(r => r.Alternative).HasMaxLength(500);
        builder.HasIndex(r => new { r.StationCode, r.State, r.QueuedAt });
        builder.HasIndex(r => r.PoolId);
        builder.HasIndex(r => r.ResidentId);
        builder.HasIndex(r => new { r.DistrictCode, r.State });
    }
}

internal sealed class DemandPoolMapping : IEntityTypeConfiguration<DemandPool>
{
    public void Configure(EntityTypeBuilder<DemandPool> builder)
    {
        builder.ToTable("Pools");
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.CourseCode).HasMaxLength(60);
        builder.Property(p => p.StationCode).HasMaxLength(40);
        builder.Property(p => p.DistrictCode).HasMaxLength(20);
        builder.Property(p => p.TimePattern).HasMaxLength(40);
        builder.HasIndex(p => p.GatherKey).IsUnique();
        builder.HasIndex(p => new { p.CourseCode, p.State });
        builder.HasIndex(p => new { p.StationCode, p.State, p.OpenedAt });
        builder.HasIndex(p => new { p.DistrictCode, p.State });
        builder.HasMany(p => p.History).WithOne().HasForeignKey("PoolId").IsRequired();
    }
}

internal sealed class PoolEventMapping : IEntityTypeConfiguration<PoolEvent>
{
    public void Configure(EntityTypeBuilder<PoolEvent> builder)
    {
        builder.ToTable("PoolEvents").HasKey(e => e.Seq);
        builder.Property(e => e.Chinese).HasMaxLength(500);
        builder.Property(e => e.English).HasMaxLength(500);
    }
}

internal sealed class DispatchOfferMapping : IEntityTypeConfiguration<DispatchOffer>
{
    private static readonly ValueComparer<IReadOnlyList<ReasonGiven>> SameReasons = new((a, b) => ReferenceEquals(a, b), r => r.Count, r => r);

    public void Configure(EntityTypeBuilder<DispatchOffer> builder)
    {
        builder.ToTable("Offers");
        builder.Property(o => o.Id).ValueGeneratedNever();
        builder.Property(o => o.InstitutionCode).HasMaxLength(40);
        builder.Property(o => o.Reasons).HasMaxLength(ModuleDb.Unlimited).HasConversion(
            r => JsonSerializer.Serialize(r, JsonSerializerOptions.Web),
            text => JsonSerializer.Deserialize<IReadOnlyList<ReasonGiven>>(text, JsonSerializerOptions.Web)!,
            SameReasons);
        builder.HasIndex(o => o.LiveKey).IsUnique();
        builder.HasIndex(o => new { o.PoolId, o.Attempt });
        builder.HasIndex(o => new { o.InstitutionCode, o.State });
        builder.HasIndex(o => o.ClassId);
    }
}

internal sealed class StationMapping : IEntityTypeConfiguration<Station>
{
    public void Configure(EntityTypeBuilder<Station> builder)
    {
        builder.ToTable("Stations").HasKey(s => s.Code);
        builder.Property(s => s.Code).HasMaxLength(40);
        builder.Property(s => s.DistrictCode).HasMaxLength(20);
        builder.HasIndex(s => s.DistrictCode);
    }
}

internal sealed class DistrictMapping : IEntityTypeConfiguration<District>
{
    public void Configure(EntityTypeBuilder<District> builder)
    {
        builder.ToTable("Districts").HasKey(d => d.Code);
        builder.Property(d => d.Code).HasMaxLength(20);
    }
}

internal sealed class SubdistrictMapping : IEntityTypeConfiguration<Subdistrict>
{
    public void Configure(EntityTypeBuilder<Subdistrict> builder)
    {
        builder.ToTable("Subdistricts").HasKey(d => d.Code);
        builder.Property(d => d.Code).HasMaxLength(20);
    }
}

internal sealed class CourseCopyMapping : IEntityTypeConfiguration<CourseCopy>
{
    public void Configure(EntityTypeBuilder<CourseCopy> builder)
    {
        builder.ToTable("Courses").HasKey(c => c.Code);
        builder.Property(c => c.Code).HasMaxLength(60);
    }
}

internal sealed class InstitutionCopyMapping : IEntityTypeConfiguration<InstitutionCopy>
{
    public void Configure(EntityTypeBuilder<InstitutionCopy> builder)
    {
        builder.ToTable("Institutions").HasKey(i => i.Code);
        builder.Property(i => i.Code).HasMaxLength(40);
    }
}

internal sealed class QualificationCopyMapping : IEntityTypeConfiguration<QualificationCopy>
{
    public void Configure(EntityTypeBuilder<QualificationCopy> builder)
    {
        builder.ToTable("Qualifications");
        builder.Property(q => q.Id).ValueGeneratedNever();
        builder.Property(q => q.CourseCode).HasMaxLength(60);
        builder.Property(q => q.InstitutionCode).HasMaxLength(40);
        builder.HasIndex(q => q.CourseCode);
    }
}

internal sealed class InstitutionScoreMapping : IEntityTypeConfiguration<InstitutionScore>
{
    public void Configure(EntityTypeBuilder<InstitutionScore> builder)
    {
        builder.ToTable("Scores").HasKey(s => s.InstitutionCode);
        builder.Property(s => s.InstitutionCode).HasMaxLength(40);
    }
}

internal sealed class CompletedTrainingMapping : IEntityTypeConfiguration<CompletedTraining>
{
    public void Configure(EntityTypeBuilder<CompletedTraining> builder)
    {
        builder.ToTable("Completed").HasKey(c => c.RequestId);
        builder.Property(c => c.RequestId).ValueGeneratedNever();
        builder.HasIndex(c => c.ResidentId);
    }
}

internal sealed class DeadlineCopyMapping : IEntityTypeConfiguration<DeadlineCopy>
{
    public void Configure(EntityTypeBuilder<DeadlineCopy> builder)
    {
        builder.ToTable("Deadlines").HasKey(d => new { d.SubjectId, d.Kind });
        builder.Property(d => d.Kind).HasMaxLength(40);
    }
}
