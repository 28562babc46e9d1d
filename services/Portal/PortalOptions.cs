using System.ComponentModel.DataAnnotations;

namespace SkillStation.Portal;

/// <summary>Section "Portal".</summary>
public sealed class PortalOptions
{
    public const string Section = "Portal";

    /// <summary>The help line that every page names.</summary>
    [Required]
    public string Phone { get; set; } = "12333";

    /// <summary>Forms that one visitor may send in a minute.</summary>
    [Range(1, 100_000)]
    public int PostsPerMinute { get; set; } = 60;

    /// <summary>How long a resident stays logged in without coming back.</summary>
    public TimeSpan ResidentStays { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long staff stay logged in without doing anything.</summary>
    public TimeSpan StaffStays { get; set; } = TimeSpan.FromHours(8);

    /// <summary>How long one call to a service may take before the page says that this part is missing.</summary>
    public TimeSpan CallsTake { get; set; } = TimeSpan.FromSeconds(8);
}
