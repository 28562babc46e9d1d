using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Acceptance.Data;
using SkillStation.Acceptance.Domain;
using SkillStation.Contracts;
using SkillStation.Platform.Http;

namespace SkillStation.Acceptance;

/// <summary>An offer in a list.</summary>
/// <param name="State">Offered, Accepted, Declined, Returned, Lapsed, Revoked or NotScheduled.</param>
/// <param name="Forced">Assigned by the district; it cannot be declined or returned.</param>
/// <param name="AnswerBy">Until when the institution can answer; null once answered.</param>
public sealed record OfferLine(
    Guid Id, string CourseCode, string? CourseName, string? CourseNameEn, string StationCode, string TimePattern, int Learners, int Attempt, bool Forced, string State,
    DateTimeOffset OfferedAt, DateTimeOffset? AnswerBy);

internal static class ListOffersEndpoint
{
    public static void Map(RouteGroupBuilder institutions) => institutions.MapGet("/{institutionCode}/offers", Handle).WithName("ListOffers");

    /// <summary>Offers to an institution, oldest first; with a state, those in it.</summary>
    /// <response code="400">after-malformed</response>
    private static async Task<Results<Ok<Page<OfferLine>>, ProblemHttpResult>> Handle(string institutionCode, OfferState? state, [AsParameters] PageQuery page, AcceptanceDb db, CancellationToken ct)
    {
        if (!page.TryRead<Guid>(out var after))
        {
            return PageQuery.Malformed.AsProblem();
        }

        var offers = await db.Offers.AsNoTracking()
            .Where(o => o.InstitutionCode == institutionCode && (state == null || o.State == state))
            .Where(o => o.OfferedAt > after.At || (o.OfferedAt == after.At && o.Id.CompareTo(after.Key) > 0))
            .OrderBy(o => o.OfferedAt).ThenBy(o => o.Id)
            .Take(page.Take + 1)
            .ToListAsync(ct);
        var codes = offers.Select(o => o.CourseCode).Distinct().ToList();
        var courses = await db.Courses.AsNoTracking().Where(c => codes.Contains(c.Code)).ToDictionaryAsync(c => c.Code, ct);
        var due = await db.DueOf(DeadlineKinds.OfferAnswer, offers.Select(o => o.Id), ct);
        var cut = page.Cut(offers, o => new PageKey<Guid>(o.OfferedAt, o.Id).ToString());
        return TypedResults.Ok(new Page<OfferLine>([.. cut.Items.Select(Line)], cut.Next));

        OfferLine Line(InstitutionOffer o)
        {
            var course = courses.GetValueOrDefault(o.CourseCode);
            return new OfferLine(
                o.Id, o.CourseCode, course?.Name, course?.NameEn, o.StationCode, o.TimePattern, o.Learners.Count, o.Attempt, o.Forced, o.State.ToString(), o.OfferedAt,
                o.State == OfferState.Offered && due.TryGetValue(o.Id, out var at) ? at : null);
        }
    }
}
