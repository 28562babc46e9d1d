using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SkillStation.Acceptance.Domain;

namespace SkillStation.Acceptance.Data;

internal sealed class InstitutionMapping : IEntityTypeConfiguration<Institution>
{
    public void Configure(EntityTypeBuilder<Institution> builder)
    {
        builder.ToTable("Institutions");
        builder.Property(i => i.Id).ValueGeneratedNever();
        builder.Property(i => i.Code).HasMaxLength(40);
        builder.Property(i => i.DistrictCode).HasMaxLength(12);
        builder.HasIndex(i => i.Code).IsUnique();
    }
}

internal sealed class QualificationMapping : IEntityTypeConfiguration<Qualification>
{
    public void Configure(EntityTypeBuilder<Qualification> builder)
    {
        builder.ToTable("Qualifications");
        builder.Property(q => q.Id).ValueGeneratedNever();
        builder.Property(q => q.InstitutionCode).HasMaxLength(40);
        builder.Property(q => q.CourseCode).HasMaxLength(40);
        builder.HasIndex(q => new { q.InstitutionCode, q.CourseCode, q.ValidFrom }).IsUnique();
        builder.HasIndex(q => q.CourseCode);
    }
}

internal sealed class RoomMapping : IEntityTypeConfiguration<Room>
{
    public void Configure(EntityTypeBuilder<Room> builder)
    {
        builder.ToTable("Rooms");
        builder.HasKey(r => new { r.InstitutionCode, r.Number });
        builder.Property(r => r.InstitutionCode).HasMaxLength(40);
        builder.Property(r => r.Number).HasMaxLength(20);
    }
}

internal sealed class InstructorMapping : IEntityTypeConfiguration<Instructor>
{
    public void Configure(EntityTypeBuilder<Instructor> builder)
    {
        builder.ToTable("Instructors");
        builder.HasKey(t => new { t.InstitutionCode, t.Number });
        builder.Property(t => t.InstitutionCode).HasMaxLength(40);
        builder.Property(t => t.Number).HasMaxLength(20);
        builder.Property(t => t.OccupationCodes).HasMaxLength(1000);
    }
}

internal sealed class CourseCopyMapping : IEntityTypeConfiguration<CourseCopy>
{
    public void Configure(EntityTypeBuilder<CourseCopy> builder)
    {
        builder.ToTable("CourseCopies");
        builder.HasKey(c => c.Code);
        builder.Property(c => c.Code).HasMaxLength(40);
    }
}

internal sealed class StationCopyMapping : IEntityTypeConfiguration<StationCopy>
{
    public void Configure(EntityTypeBuilder<StationCopy> builder)
    {
        builder.ToTable("StationCopies");
        builder.HasKey(s => s.Code);
        builder.Property(s => s.Code).HasMaxLength(40);
    }
}

internal sealed class DueTimeMapping : IEntityTypeConfiguration<DueTime>
{
    public void Configure(EntityTypeBuilder<DueTime> builder)
    {
        builder.ToTable("DueTimes");
        builder.HasKey(d => new { d.Kind, d.SubjectId });
        builder.Property(d => d.Kind).HasMaxLength(40);
    }
}

internal sealed class WithdrawnRequestMapping : IEntityTypeConfiguration<WithdrawnRequest>
{
    public void Configure(EntityTypeBuilder<WithdrawnRequest> builder)
    {
        builder.ToTable("WithdrawnRequests");
        builder.HasKey(w => w.RequestId);
        builder.Property(w => w.RequestId).ValueGeneratedNever();
    }
}
