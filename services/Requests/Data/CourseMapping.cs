using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SkillStation.Requests.Domain;

namespace SkillStation.Requests.Data;

internal sealed class CourseMapping : IEntityTypeConfiguration<Course>
{
    public void Configure(EntityTypeBuilder<Course> builder)
    {
        builder.ToTable("Courses");
        builder.HasKey(c => c.Id);
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.HasIndex(c => c.Code).IsUnique();
        builder.Property(c => c.Summary).HasMaxLength(500);
        builder.Property(c => c.SummaryEn).HasMaxLength(500);
        builder.Property(c => c.LicenceWarning).HasMaxLength(500);
        builder.Property(c => c.LicenceWarningEn).HasMaxLength(500);
        builder.Property(c => c.SearchText).HasMaxLength(2000);
    }
}
