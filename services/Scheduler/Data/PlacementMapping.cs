using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SkillStation.Scheduler.Domain;

namespace SkillStation.Scheduler.Data;

internal sealed class PlacementCaseMapping : IEntityTypeConfiguration<PlacementCase>
{
    public void Configure(EntityTypeBuilder<PlacementCase> builder)
    {
        builder.ToTable("Cases");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.HasIndex(c => c.RequestId).IsUnique();
        builder.HasIndex(c => c.ResidentId);
        builder.HasIndex(c => c.NextOn);
        builder.HasMany(c => c.Tasks).WithOne().HasForeignKey(t => t.CaseId);
    }
}

internal sealed class FollowUpTaskMapping : IEntityTypeConfiguration<FollowUpTask>
{
    public void Configure(EntityTypeBuilder<FollowUpTask> builder)
    {
        builder.ToTable("FollowUps").HasKey(t => t.Seq);
        builder.HasIndex(t => t.Id).IsUnique();
        builder.HasIndex(t => new { t.CaseId, t.Point }).IsUnique();
        builder.HasIndex(t => new { t.State, t.WindowEnds });
    }
}

internal sealed class FollowUpAnswerMapping : IEntityTypeConfiguration<FollowUpAnswer>
{
    public void Configure(EntityTypeBuilder<FollowUpAnswer> builder)
    {
        builder.ToTable("FollowUpAnswers");
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.HasIndex(a => a.CaseId);
    }
}

internal sealed class JobReferralMapping : IEntityTypeConfiguration<JobReferral>
{
    public void Configure(EntityTypeBuilder<JobReferral> builder)
    {
        builder.ToTable("Referrals");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.HasIndex(r => r.CaseId);
    }
}

internal sealed class ContactConsentMapping : IEntityTypeConfiguration<ContactConsent>
{
    public void Configure(EntityTypeBuilder<ContactConsent> builder)
    {
        builder.ToTable("ContactConsents").HasKey(c => c.ResidentId);
        builder.Property(c => c.ResidentId).ValueGeneratedNever();
    }
}

internal sealed class FollowUpPointMapping : IEntityTypeConfiguration<FollowUpPoint>
{
    public void Configure(EntityTypeBuilder<FollowUpPoint> builder) => builder.ToTable("FollowUpPoints").HasKey(p => new { p.PointDays, p.EffectiveFrom });
}
