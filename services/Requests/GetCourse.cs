using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Platform.Http;
using SkillStation.Requests.Data;
using SkillStation.Requests.Domain;

namespace SkillStation.Requests;

/// <summary>A course with everything that one should know before asking for it.</summary>
/// <param name="Hours">Class hours of 45 minutes.</param>
/// <param name="Fee">Yuan; 0 for free.</param>
/// <param name="LicenceWarning">Which permission to work the course does not give; null when that is no question.</param>
/// <param name="AgeMin">Youngest age admitted.</param>
/// <param name="FormingPools">Classes that are being formed, nearest first when a place was given.</param>
public sealed record CourseView(
    string Code, Words Name, string OccupationCode, string OccupationName, string Level, string TrainingKind, IReadOnlyList<string> Clusters, decimal Hours, decimal Fee,
    int MinSize, int MaxSize, int AgeMin, string Assessment, string Credential, string Filing, string FollowUp, Words? LicenceWarning, Words Summary,
    IReadOnlyList<FormingPool> FormingPools);

internal static class GetCourseEndpoint
{
    private static readonly Refusal NotFound = Refusal.NotFound("course-not-found", "没有找到这门课。", "There is no such course.");

    public static void Map(RouteGroupBuilder courses) => courses.MapGet("/{courseCode}", Handle).WithName("GetCourse");

    /// <summary>One course of the catalogue, with the classes that are being formed.</summary>
    /// <param name="courseCode">such as 4-10-01-05-L5</param>
    /// <param name="near">longitude,latitude in degrees (GCJ-02)</param>
    /// <response code="400">near-malformed</response>
    /// <response code="404">course-not-found</response>
    private static async Task<Results<Ok<CourseView>, ProblemHttpResult>> Handle(string courseCode, string? near, RequestsDb db, CancellationToken ct)
    {
        var (place, refusal) = Place.Read(near);
        if (refusal is not null)
        {
            return refusal.AsProblem();
        }

        var course = await db.Courses.AsNoTracking().SingleOrDefaultAsync(c => c.Code == courseCode, ct);
        if (course is null)
        {
            return NotFound.AsProblem();
        }

        var pools = await FormingPools.Of(db, [course.Code], place, ct);
        return TypedResults.Ok(new CourseView(
            course.Code, new Words(course.Name, course.NameEn), course.OccupationCode, course.OccupationName, course.Level, course.TrainingKind,
            course.Clusters.Split(';', StringSplitOptions.RemoveEmptyEntries), course.Hours, course.Fee, course.MinSize, course.MaxSize, course.AgeMin, course.Assessment,
            course.Credential, course.Filing, course.FollowUp, course.LicenceWarning.Length == 0 ? null : new Words(course.LicenceWarning, course.LicenceWarningEn),
            new Words(course.Summary, course.SummaryEn), [.. pools[course.Code]]));
    }
}
