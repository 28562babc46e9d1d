using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SkillStation.Acceptance.Domain;

namespace SkillStation.Acceptance.Data;

internal sealed class OfferMapping : IEntityTypeConfiguration<InstitutionOffer>
{
    public void Configure(EntityTypeBuilder<InstitutionOffer> builder)
    {
        builder.ToTable("Offers");
        builder.Property(o => o.Id).ValueGeneratedNever();
        builder.Property(o => o.InstitutionCode).HasMaxLength(40);
        builder.Property(o => o.StationCode).HasMaxLength(40);
        builder.Property(o => o.DistrictCode).HasMaxLength(12);
        builder.Property(o => o.CourseCode).HasMaxLength(40);
        builder.Property(o => o.TimePattern).HasMaxLength(40);
        builder.Property(o => o.Code).HasMaxLength(40);
        builder.Property(o => o.Text).HasMaxLength(500);
        builder.HasIndex(o => new { o.InstitutionCode, o.State, o.OfferedAt });
        builder.OwnsMany(o => o.Learners, l =>
        {
            l.ToTable("OfferLearners");
            l.WithOwner().HasForeignKey("OfferId");
            l.HasKey("OfferId", nameof(OfferLearner.RequestId));
            l.Property(x => x.RequestId).ValueGeneratedNever();
            l.HasIndex(x => x.RequestId);
        });
        builder.Navigation(o => o.Learners).UsePropertyAccessMode(PropertyAccessMode.Field);
        builder.OwnsMany(o => o.Reasons, r =>
        {
            r.ToJson();
            r.Property(x => x.Chinese).HasMaxLength(500);
            r.Property(x => x.English).HasMaxLength(500);
        });
    }
}
