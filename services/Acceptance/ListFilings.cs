using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Acceptance.Data;
using SkillStation.Acceptance.Domain;
using SkillStation.Contracts;
using SkillStation.Platform.Http;

namespace SkillStation.Acceptance;

/// <summary>A filing as the district sees it.</summary>
/// <param name="State">Filed, Returned, Approved, Recorded or Refused.</param>
/// <param name="Escalated">The district's time is over and the city looks at it.</param>
/// <param name="DecideBy">Until when the district can decide; null when it has.</param>
public sealed record FilingLine(
    Guid ClassId, string InstitutionCode, string StationCode, string CourseCode, string CourseName, string CourseNameEn, string TrainingKind, string Mode, string State,
    int Learners, int Capacity, DateTimeOffset FirstSessionAt, int Sessions, decimal Hours, string Venue, DateTimeOffset FiledAt, int Returns, string? Note, bool Escalated,
    DateTimeOffset? DecideBy);

internal static class ListFilingsEndpoint
{
    public static void Map(RouteGroupBuilder districts) => districts.MapGet("/{districtCode}/filings", Handle).WithName("ListFilings");

    /// <summary>Filings of a district in the order in which they came; with a state, those in it.</summary>
    /// <response code="400">after-malformed</response>
    private static async Task<Results<Ok<Page<FilingLine>>, ProblemHttpResult>> Handle(string districtCode, FilingState? state, [AsParameters] PageQuery page, AcceptanceDb db, CancellationToken ct)
    {
        if (!page.TryRead<Guid>(out var after))
        {
            return PageQuery.Malformed.AsProblem();
        }

        var classes = await db.WholeClasses.AsNoTracking()
            .Where(c => c.DistrictCode == districtCode && c.FiledAt != null && (state == null || c.Filing == state))
            .Where(c => c.FiledAt > after.At || (c.FiledAt == after.At && c.Id.CompareTo(after.Key) > 0))
            .OrderBy(c => c.FiledAt).ThenBy(c => c.Id)
            .Take(page.Take + 1)
            .ToListAsync(ct);
        var due = await db.DueOf(DeadlineKinds.FilingDecision, classes.Where(c => c.State == ClassState.Filed).Select(c => c.Id), ct);
        var cut = page.Cut(classes, c => new PageKey<Guid>(c.FiledAt!.Value, c.Id).ToString());
        return TypedResults.Ok(new Page<FilingLine>([.. cut.Items.Select(c => Line(c, due.TryGetValue(c.Id, out var at) ? at : null))], cut.Next));
    }

    private static FilingLine Line(TrainingClass c, DateTimeOffset? decideBy) => new(
        c.Id, c.InstitutionCode, c.StationCode, c.CourseCode, c.CourseName, c.CourseNameEn, c.TrainingKind, c.FilingMode, c.Filing.ToString(),
        c.Enrolments.Count(e => e.IsActive), c.Capacity, c.Sessions[0].StartsAt, c.Sessions.Count, c.Hours, c.Venue, c.FiledAt!.Value, c.FilingReturns, c.FilingNote,
        c.EscalatedAt is not null, decideBy);
}
