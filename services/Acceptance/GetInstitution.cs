using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Acceptance.Data;
using SkillStation.Acceptance.Domain;
using SkillStation.Platform;

namespace SkillStation.Acceptance;

/// <summary>An institution with what it may run and what it has.</summary>
public sealed record InstitutionView(
    InstitutionLine Institution, IReadOnlyList<QualificationView> Qualifications, IReadOnlyList<RoomView> Rooms, IReadOnlyList<InstructorView> Instructors);

/// <param name="ValidTo">Last day, inclusive.</param>
/// <param name="IsValid">Today.</param>
public sealed record QualificationView(string CourseCode, string Level, string TrainingKind, DateOnly ValidFrom, DateOnly ValidTo, bool IsValid);

/// <param name="Kind">Theory or Practical.</param>
public sealed record RoomView(string Number, string Name, int Capacity, string Kind);

/// <param name="Occupations">Codes of what they teach.</param>
public sealed record InstructorView(string Number, string Name, IReadOnlyList<string> Occupations);

internal static class GetInstitutionEndpoint
{
    public static void Map(RouteGroupBuilder institutions) => institutions.MapGet("/{institutionCode}", Handle).WithName("GetInstitution");

    /// <summary>An institution: qualifications, rooms, instructors.</summary>
    /// <response code="404">institution-not-found</response>
    private static async Task<Results<Ok<InstitutionView>, ProblemHttpResult>> Handle(string institutionCode, AcceptanceDb db, TimeProvider clock, CancellationToken ct)
    {
        var institution = await db.Institutions.AsNoTracking().SingleOrDefaultAsync(i => i.Code == institutionCode, ct);
        if (institution is null)
        {
            return InstitutionRefusals.NotFound.AsProblem();
        }

        var today = clock.Today();
        var qualifications = await db.Qualifications.AsNoTracking().Where(q => q.InstitutionCode == institutionCode).OrderBy(q => q.CourseCode).ToListAsync(ct);
        var rooms = await db.Rooms.AsNoTracking().Where(r => r.InstitutionCode == institutionCode).OrderBy(r => r.Number).ToListAsync(ct);
        var instructors = await db.Instructors.AsNoTracking().Where(t => t.InstitutionCode == institutionCode).OrderBy(t => t.Number).ToListAsync(ct);
        return TypedResults.Ok(new InstitutionView(
            InstitutionLine.Of(institution),
            [.. qualifications.Select(q => new QualificationView(q.CourseCode, q.Level, q.TrainingKind, q.ValidFrom, q.ValidTo, q.IsValidOn(today)))],
            [.. rooms.Select(r => new RoomView(r.Number, r.Name, r.Capacity, r.Kind))],
            [.. instructors.Select(t => new InstructorView(t.Number, t.Name, t.Occupations))]));
    }
}
