namespace SkillStation.Portal.Session;

/// <summary>Roles as Identity spells them.</summary>
public static class Roles
{
    public const string Resident = "resident";
    public const string StationStaff = "station-staff";
    public const string StationLead = "station-lead";
    public const string InstitutionManager = "institution-manager";
    public const string Teacher = "teacher";
    public const string Assessor = "assessor";
    public const string DistrictBureau = "district-bureau";
    public const string CityBureau = "city-bureau";
    public const string Auditor = "auditor";
    public const string Administrator = "administrator";
}

/// <summary>A role at a place: station-staff at the station 440106001-1.</summary>
/// <param name="Role">One of <see cref="Roles"/>.</param>
/// <param name="Kind">self, station, institution, district or city.</param>
/// <param name="Place">Which one of these.</param>
public sealed record Grant(string Role, string Kind, string Place)
{
    /// <summary>Reads role@kind:place; null when it is something else, which is then no grant at all.</summary>
    public static Grant? Read(string text) =>
        text.Split('@') is [{ Length: > 0 } role, var where] && where.Split(':', 2) is [{ Length: > 0 } kind, { Length: > 0 } place] ? new Grant(role, kind, place) : null;
}
