using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SkillStation.Requests.Domain;

namespace SkillStation.Requests.Data;

internal sealed class ResidentMapping : IEntityTypeConfiguration<Resident>
{
    public void Configure(EntityTypeBuilder<Resident> builder)
    {
        builder.ToTable("Residents");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Name).HasMaxLength(40);
        builder.Property(r => r.Phone).HasMaxLength(20);
        builder.Property(r => r.IdNumber).HasMaxLength(18);
        builder.HasIndex(r => r.Phone).IsUnique();
        builder.HasIndex(r => r.IdNumber).IsUnique();
        builder.OwnsMany(r => r.Consents, c =>
        {
            c.ToTable("Consents");
            c.WithOwner().HasForeignKey("ResidentId");
            c.HasKey("ResidentId", nameof(Consent.Purpose), nameof(Consent.GrantedAt));
            c.Property(x => x.Purpose).HasMaxLength(40);
        });
    }
}
