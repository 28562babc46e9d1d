using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SkillStation.Acceptance.Domain;

namespace SkillStation.Acceptance.Data;

internal sealed class ClassMapping : IEntityTypeConfiguration<TrainingClass>
{
    public void Configure(EntityTypeBuilder<TrainingClass> builder)
    {
        builder.ToTable("Classes");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.InstitutionCode).HasMaxLength(40);
        builder.Property(c => c.StationCode).HasMaxLength(40);
        builder.Property(c => c.DistrictCode).HasMaxLength(12);
        builder.Property(c => c.CourseCode).HasMaxLength(40);
        builder.Property(c => c.FilingNote).HasMaxLength(1000);
        builder.Property(c => c.CancelNote).HasMaxLength(500);
        builder.HasIndex(c => c.OfferId).IsUnique();
        builder.HasIndex(c => new { c.InstitutionCode, c.State, c.AcceptedAt });
        builder.HasIndex(c => new { c.DistrictCode, c.Filing, c.FiledAt });
        builder.HasMany(c => c.Sessions).WithOne().HasForeignKey(s => s.ClassId);
        builder.HasMany(c => c.Enrolments).WithOne().HasForeignKey(e => e.ClassId);
        builder.Navigation(c => c.Sessions).UsePropertyAccessMode(PropertyAccessMode.Field);
        builder.Navigation(c => c.Enrolments).UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}

internal sealed class SessionMapping : IEntityTypeConfiguration<ClassSession>
{
    public void Configure(EntityTypeBuilder<ClassSession> builder)
    {
        builder.ToTable("Sessions");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.RoomNumber).HasMaxLength(20);
        builder.Property(s => s.InstructorNumber).HasMaxLength(20);
        builder.HasIndex(s => new { s.ClassId, s.Number }).IsUnique();
        builder.HasMany(s => s.Sheet).WithOne().HasForeignKey(a => a.SessionId);
        builder.Navigation(s => s.Sheet).UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}

internal sealed class AttendanceMapping : IEntityTypeConfiguration<Attendance>
{
    public void Configure(EntityTypeBuilder<Attendance> builder)
    {
        builder.ToTable("Attendance");
        builder.HasKey(a => new { a.SessionId, a.RequestId });
    }
}

internal sealed class EnrolmentMapping : IEntityTypeConfiguration<Enrolment>
{
    public void Configure(EntityTypeBuilder<Enrolment> builder)
    {
        builder.ToTable("Enrolments");
        builder.HasKey(e => new { e.ClassId, e.RequestId });
        builder.Property(e => e.Reason).HasMaxLength(40);
        builder.Property(e => e.CredentialNumber).HasMaxLength(30);
        builder.HasIndex(e => e.RequestId);
        builder.HasIndex(e => new { e.ClassId, e.SeatNumber }).IsUnique();   // a seat has one learner
    }
}

internal sealed class OccupancyMapping : IEntityTypeConfiguration<Occupancy>
{
    public void Configure(EntityTypeBuilder<Occupancy> builder)
    {
        builder.ToTable("Occupancy");
        builder.HasKey(o => new { o.Kind, o.SubjectKey, o.Date, o.Slot });
        builder.Property(o => o.SubjectKey).HasMaxLength(80);
        builder.HasIndex(o => o.ClassId);
    }
}

internal sealed class CredentialMapping : IEntityTypeConfiguration<Credential>
{
    public void Configure(EntityTypeBuilder<Credential> builder)
    {
        builder.ToTable("Credentials");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Number).HasMaxLength(30);
        builder.Property(c => c.InstitutionCode).HasMaxLength(40);
        builder.Property(c => c.DistrictCode).HasMaxLength(12);
        builder.Property(c => c.CourseCode).HasMaxLength(40);
        builder.Property(c => c.RevokedFor).HasMaxLength(500);
        builder.HasIndex(c => c.Number).IsUnique();
        builder.HasIndex(c => new { c.ClassId, c.RequestId }).IsUnique();
    }
}

internal sealed class CredentialSerialMapping : IEntityTypeConfiguration<CredentialSerial>
{
    public void Configure(EntityTypeBuilder<CredentialSerial> builder)
    {
        builder.ToTable("CredentialSerials");
        builder.HasKey(s => s.Year);
        builder.Property(s => s.Year).ValueGeneratedNever();
    }
}
