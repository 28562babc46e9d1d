using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Acceptance.Data;
using SkillStation.Acceptance.Domain;
using SkillStation.Contracts;
using SkillStation.Platform.Http;

namespace SkillStation.Acceptance;

/// <summary>An offer as the institution sees it; the people in it stay nameless.</summary>
/// <param name="Course">Null while the catalogue's entry is still on its way.</param>
/// <param name="Needs">Accessibility codes and how many people have each.</param>
/// <param name="Reasons">Why this institution was asked.</param>
/// <param name="Attempt">1 when it is the first that was asked.</param>
/// <param name="AnswerBy">Until when the institution can answer; null once answered.</param>
/// <param name="Code">Why it was declined.</param>
/// <param name="ClassId">The class that came of it.</param>
public sealed record OfferView(
    Guid Id, string InstitutionCode, OfferedCourse? Course, string CourseCode, OfferingStation Station, string DistrictCode, string TimePattern, int Learners,
    IReadOnlyDictionary<string, int> Needs, IReadOnlyList<OfferReasonView> Reasons, int Attempt, bool Forced, string State, DateTimeOffset OfferedAt,
    DateTimeOffset? AnswerBy, DateTimeOffset? AnsweredAt, string? Code, string? Text, Guid? ClassId, int Version) : IVersionedView
{
    internal static async Task<OfferView> Of(InstitutionOffer o, AcceptanceDb db, CancellationToken ct)
    {
        var course = await db.Courses.AsNoTracking().SingleOrDefaultAsync(c => c.Code == o.CourseCode, ct);
        var station = await db.Stations.AsNoTracking().SingleOrDefaultAsync(s => s.Code == o.StationCode, ct);
        var due = o.State == OfferState.Offered ? await db.DueOf(DeadlineKinds.OfferAnswer, [o.Id], ct) : [];
        return new OfferView(
            o.Id, o.InstitutionCode,
            course is null ? null : new OfferedCourse(course.Name, course.NameEn, course.Level, course.TrainingKind, course.Hours, course.MinSize, course.MaxSize, course.Filing, course.Assessment),
            o.CourseCode, new OfferingStation(o.StationCode, station?.Name, station?.NameEn, station?.RoomCapacity), o.DistrictCode, o.TimePattern, o.Learners.Count,
            o.Learners.SelectMany(l => l.Needs.Split(';', StringSplitOptions.RemoveEmptyEntries)).CountBy(n => n).OrderBy(n => n.Key).ToDictionary(n => n.Key, n => n.Value),
            [.. o.Reasons.Select(r => new OfferReasonView(r.Code, r.Chinese, r.English))],
            o.Attempt, o.Forced, o.State.ToString(), o.OfferedAt, due.TryGetValue(o.Id, out var at) ? at : null, o.AnsweredAt, o.Code, o.Text, o.ClassId, o.Version);
    }
}

/// <param name="Hours">Class hours of 45 minutes.</param>
/// <param name="Filing">Approval or RecordOnly.</param>
public sealed record OfferedCourse(string Name, string NameEn, string Level, string TrainingKind, decimal Hours, int MinSize, int MaxSize, string Filing, string Assessment);

/// <param name="RoomCapacity">Learners that the room it lends holds; null while the station is not known here.</param>
public sealed record OfferingStation(string Code, string? Name, string? NameEn, int? RoomCapacity);

public sealed record OfferReasonView(string Code, string Chinese, string English);

internal static class GetOfferEndpoint
{
    public static void Map(RouteGroupBuilder institutions) => institutions.MapGet("/{institutionCode}/offers/{id:guid}", Handle).WithName("GetOffer");

    /// <summary>One offer.</summary>
    /// <response code="404">offer-not-found</response>
    private static async Task<Results<Ok<OfferView>, ProblemHttpResult>> Handle(string institutionCode, Guid id, AcceptanceDb db, CancellationToken ct)
    {
        var offer = await db.Offers.AsNoTracking().SingleOrDefaultAsync(o => o.Id == id && o.InstitutionCode == institutionCode, ct);
        return offer is null ? OfferRefusals.NotFound.AsProblem() : TypedResults.Ok(await OfferView.Of(offer, db, ct));
    }
}
