using SkillStation.Portal.Parts;
using static SkillStation.Platform.Http.Language;

namespace SkillStation.Portal.Pages.Station;

/// <summary>The menu of this desk, in the visitor's language.</summary>
internal static class StationMenu
{
    public static DeskMenu Now => new("/station", Pick("站点工作台", "Station desk"),
    [
        new("/station/board", "layers", Pick("派单台", "Board")),
    ]);
}
