using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SkillStation.Requests.Domain;

namespace SkillStation.Requests.Data;

internal sealed class TrainingRequestMapping : IEntityTypeConfiguration<TrainingRequest>
{
    public void Configure(EntityTypeBuilder<TrainingRequest> builder)
    {
        builder.ToTable("TrainingRequests");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Note).HasMaxLength(300);
        builder.Property(r => r.Question).HasMaxLength(500);
        builder.Property(r => r.OpenKey).HasMaxLength(100);
        builder.HasOne<Resident>().WithMany().HasForeignKey(r => r.ResidentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(r => r.OpenKey).IsUnique();
        builder.HasIndex(r => new { r.ResidentId, r.SubmittedAt });
        builder.HasIndex(r => new { r.PoolId, r.QueuedAt });
        builder.HasIndex(r => r.ClassId);
        builder.OwnsOne(r => r.Alternative, a =>
        {
            a.Property(x => x.Text).HasMaxLength(500);
            a.Property(x => x.TextEn).HasMaxLength(500);
        });
        builder.HasMany(r => r.History).WithOne().HasForeignKey("RequestId").IsRequired();
    }
}

internal sealed class RequestEventMapping : IEntityTypeConfiguration<RequestEvent>
{
    public void Configure(EntityTypeBuilder<RequestEvent> builder)
    {
        builder.ToTable("RequestEvents");
        builder.Property(e => e.Detail).HasMaxLength(500);
    }
}

internal sealed class RatingMapping : IEntityTypeConfiguration<Rating>
{
    public void Configure(EntityTypeBuilder<Rating> builder)
    {
        builder.ToTable("Ratings");
        builder.HasKey(r => r.RequestId);
        builder.Property(r => r.RequestId).ValueGeneratedNever();
        builder.Property(r => r.Comment).HasMaxLength(500);
        builder.HasOne<TrainingRequest>().WithOne().HasForeignKey<Rating>(r => r.RequestId);
    }
}
