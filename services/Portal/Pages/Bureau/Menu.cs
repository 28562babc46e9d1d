using SkillStation.Portal.Parts;
using static SkillStation.Platform.Http.Language;

namespace SkillStation.Portal.Pages.Bureau;

/// <summary>The menu of this desk, in the visitor's language.</summary>
internal static class BureauMenu
{
    public static DeskMenu Now => new("/bureau", Pick("人社局工作台", "Bureau desk"),
    [
        new("/bureau", "layout-dashboard", Pick("总览", "Overview")),
    ]);
}
