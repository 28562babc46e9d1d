using SkillStation.Portal.Parts;
using static SkillStation.Platform.Http.Language;

namespace SkillStation.Portal.Pages.Admin;

/// <summary>The menu of this desk, in the visitor's language.</summary>
internal static class AdminMenu
{
    public static DeskMenu Now => new("/admin", Pick("系统管理", "Administration"),
    [
        new("/admin", "settings", Pick("总览", "Overview")),
    ]);
}
