using Microsoft.EntityFrameworkCore;
using SkillStation.Acceptance.Data;
using SkillStation.Acceptance.Domain;
using SkillStation.Platform;
using SkillStation.Platform.Http;

namespace SkillStation.Acceptance;

/// <summary>An institution in a list.</summary>
/// <param name="Quality">0 to 1; where its score starts before there are ratings.</param>
public sealed record InstitutionLine(string Code, string Name, string NameEn, string Kind, string DistrictCode, double Longitude, double Latitude, decimal Quality)
{
    internal static InstitutionLine Of(Institution i) => new(i.Code, i.Name, i.NameEn, i.Kind, i.DistrictCode, i.Longitude, i.Latitude, i.Quality);
}

internal static class ListInstitutionsEndpoint
{
    public static void Map(RouteGroupBuilder institutions) => institutions.MapGet("", Handle).WithName("ListInstitutions");

    /// <summary>Institutions by code; with a district, those in it; with a course, those that may run it today.</summary>
    private static async Task<Page<InstitutionLine>> Handle(
        string? district, string? course, [AsParameters] PageQuery page, AcceptanceDb db, TimeProvider clock, CancellationToken ct)
    {
        var after = page.After ?? "";
        var today = clock.Today();
        var query = db.Institutions.AsNoTracking().Where(i => i.Code.CompareTo(after) > 0);
        if (district is not null)
        {
            query = query.Where(i => i.DistrictCode == district);
        }

        if (course is not null)
        {
            query = query.Where(i => db.Qualifications.Any(q => q.InstitutionCode == i.Code && q.CourseCode == course && q.ValidFrom <= today && q.ValidTo >= today));
        }

        var rows = await query.OrderBy(i => i.Code).Take(page.Take + 1).ToListAsync(ct);
        return page.Cut([.. rows.Select(InstitutionLine.Of)], i => i.Code);
    }
}
