using SkillStation.Portal.Parts;
using static SkillStation.Platform.Http.Language;

namespace SkillStation.Portal.Pages.Institution;

/// <summary>The menu of this desk, in the visitor's language.</summary>
internal static class InstitutionMenu
{
    public static DeskMenu Now => new("/provider", Pick("机构工作台", "Institution desk"),
    [
        new("/provider", "inbox", Pick("待办", "To do")),
    ]);
}
