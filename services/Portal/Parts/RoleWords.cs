using SkillStation.Portal.Session;
using static SkillStation.Platform.Http.Language;

namespace SkillStation.Portal.Parts;

/// <summary>Roles as people read them.</summary>
public static class RoleWords
{
    public static string Of(string role) => role switch
    {
        Roles.Resident => Pick("居民", "Resident"),
        Roles.StationStaff => Pick("站点工作人员", "Station staff"),
        Roles.StationLead => Pick("站点负责人", "Station lead"),
        Roles.InstitutionManager => Pick("机构负责人", "Institution manager"),
        Roles.Teacher => Pick("教师", "Teacher"),
        Roles.Assessor => Pick("考评员", "Assessor"),
        Roles.DistrictBureau => Pick("区人社局", "District bureau"),
        Roles.CityBureau => Pick("市人社局", "City bureau"),
        Roles.Auditor => Pick("审计", "Auditor"),
        Roles.Administrator => Pick("系统管理员", "Administrator"),
        _ => role,
    };
}
