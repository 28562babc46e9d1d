using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SkillStation.Acceptance.Data;
using SkillStation.Acceptance.Domain;
using SkillStation.Platform.Http;

namespace SkillStation.Acceptance;

/// <summary>Results of an assessment, of all learners or of some.</summary>
/// <param name="Assessor">Who assessed; not a teacher of the class (教考分离).</param>
public sealed record RecordResults([Given, Text(60)] string Assessor, [Given] IReadOnlyList<ResultGiven> Results);

/// <param name="Theory">Of 100; the only mark where the course ends with a completion test, a plan review or a practical mark.</param>
/// <param name="Practical">Of 100; needed for level and special-ability assessments.</param>
/// <param name="Absent">The learner did not come; then no marks.</param>
public sealed record ResultGiven([Given] Guid? RequestId, [Between(0, 100)] decimal? Theory, [Between(0, 100)] decimal? Practical, bool? Absent);

internal static class RecordResultsEndpoint
{
    public static void Map(RouteGroupBuilder institutions) => institutions.MapPut("/{institutionCode}/classes/{id:guid}/results", Handle).WithName("RecordResults");

    /// <summary>
    /// Records results (考核), all that are given or none. Who passes completes and gets the credential at once. A recorded result is never
    /// overwritten; sending the same again changes nothing. If-Match may be left out.
    /// </summary>
    /// <response code="400">invalid-fields, learner-not-on-roster, mark-missing, assessor-taught</response>
    /// <response code="404">class-not-found</response>
    /// <response code="409">class-not-in-assessment, learner-not-assessable, result-already-recorded</response>
    private static Task<Results<Ok<ClassView>, ProblemHttpResult>> Handle(
        string institutionCode, Guid id, RecordResults body, [FromHeader(Name = "If-Match")] string? ifMatch, AcceptanceDb db, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var assessor = body.Assessor.Trim();
        return ChangeClass.With(
            db, () => db.ClassOf(institutionCode, id, ct), ifMatch, now,
            async c =>
            {
                var teachers = c.Sessions.Select(s => s.InstructorNumber).Distinct().ToList();
                var taught = await db.Instructors.AnyAsync(t => t.InstitutionCode == institutionCode && teachers.Contains(t.Number) && (t.Name == assessor || t.Number == assessor), ct);
                return taught ? ClassRefusals.AssessorTaught : c.Assess([.. body.Results.Select(Result)], now);
            },
            c => ClassView.Of(c, db, ct), ct);

        AssessmentResult Result(ResultGiven r) => r.Absent == true
            ? new AssessmentResult(r.RequestId!.Value, null, null, true, assessor)
            : new AssessmentResult(r.RequestId!.Value, r.Theory, r.Practical, false, assessor);
    }
}
