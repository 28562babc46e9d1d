using SkillStation.Portal.Pages.Admin;
using SkillStation.Portal.Pages.Bureau;
using SkillStation.Portal.Pages.Institution;
using SkillStation.Portal.Pages.Station;

namespace SkillStation.Portal.Parts;

/// <summary>One line of the menu beside a desk page.</summary>
public sealed record MenuLine(string Address, string Icon, string Name);

/// <summary>The menu of a desk. Each area keeps its own in its folder (Menu.cs).</summary>
public sealed record DeskMenu(string Root, string Desk, IReadOnlyList<MenuLine> Lines)
{
    /// <summary>The desk to which an address belongs; null for the pages of residents.</summary>
    public static DeskMenu? Of(PathString path) =>
        path.StartsWithSegments("/station", StringComparison.Ordinal) ? StationMenu.Now
        : path.StartsWithSegments("/provider", StringComparison.Ordinal) ? InstitutionMenu.Now
        : path.StartsWithSegments("/bureau", StringComparison.Ordinal) ? BureauMenu.Now
        : path.StartsWithSegments("/admin", StringComparison.Ordinal) ? AdminMenu.Now
        : null;
}
