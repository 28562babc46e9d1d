using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Acceptance.Data;
using SkillStation.Acceptance.Domain;
using SkillStation.Platform.Http;

namespace SkillStation.Acceptance;

/// <summary>A class in a list.</summary>
/// <param name="State">Planned, Filed, Returned, Open, InProgress, Assessing, Completed or Cancelled.</param>
/// <param name="Filing">NotFiled, Filed, Returned, Approved, Recorded or Refused.</param>
public sealed record ClassLine(
    Guid Id, string CourseCode, string CourseName, string CourseNameEn, string StationCode, string TimePattern, string State, string Filing, SeatCounts Seats,
    DateTimeOffset? FirstSessionAt, string Venue, DateTimeOffset AcceptedAt)
{
    internal static ClassLine Of(TrainingClass c) => new(
        c.Id, c.CourseCode, c.CourseName, c.CourseNameEn, c.StationCode, c.TimePattern, c.State.ToString(), c.Filing.ToString(), SeatCounts.Of(c),
        c.Sessions.Count == 0 ? null : c.Sessions[0].StartsAt, c.Venue, c.AcceptedAt);
}

/// <param name="Capacity">0 before there is a timetable.</param>
public sealed record SeatCounts(int Capacity, int Offered, int Confirmed, int Waitlisted)
{
    internal static SeatCounts Of(TrainingClass c) => new(
        c.Capacity, Count(c, EnrolmentState.Offered), Count(c, EnrolmentState.Confirmed), Count(c, EnrolmentState.Waitlisted));

    private static int Count(TrainingClass c, EnrolmentState state) => c.Enrolments.Count(e => e.State == state);
}

internal static class ListClassesEndpoint
{
    public static void Map(RouteGroupBuilder institutions) => institutions.MapGet("/{institutionCode}/classes", Handle).WithName("ListClasses");

    /// <summary>Classes of an institution in the order in which they were accepted; with a state, those in it.</summary>
    /// <response code="400">after-malformed</response>
    private static async Task<Results<Ok<Page<ClassLine>>, ProblemHttpResult>> Handle(string institutionCode, ClassState? state, [AsParameters] PageQuery page, AcceptanceDb db, CancellationToken ct)
    {
        if (!page.TryRead<Guid>(out var after))
        {
            return PageQuery.Malformed.AsProblem();
        }

        var classes = await db.WholeClasses.AsNoTracking()
            .Where(c => c.InstitutionCode == institutionCode && (state == null || c.State == state))
            .Where(c => c.AcceptedAt > after.At || (c.AcceptedAt == after.At && c.Id.CompareTo(after.Key) > 0))
            .OrderBy(c => c.AcceptedAt).ThenBy(c => c.Id)
            .Take(page.Take + 1)
            .ToListAsync(ct);
        var cut = page.Cut(classes, c => new PageKey<Guid>(c.AcceptedAt, c.Id).ToString());
        return TypedResults.Ok(new Page<ClassLine>([.. cut.Items.Select(ClassLine.Of)], cut.Next));
    }
}
