using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts;
using SkillStation.Contracts.Requests;
using SkillStation.Platform;
using SkillStation.Platform.Data;
using SkillStation.Platform.Http;
using SkillStation.Requests.Data;
using SkillStation.Requests.Domain;

namespace SkillStation.Requests;

/// <summary>A wish for a course (点单).</summary>
/// <param name="CourseCode">From the catalogue, such as 4-10-01-05-L5.</param>
/// <param name="StationCode">The station to ask; when left out, the one nearest to <paramref name="Near"/>.</param>
/// <param name="Near">Where the resident sets out from. It is kept with the request and told to nobody.</param>
/// <param name="Goal">FindJob, ChangeJob, Promotion, StartBusiness or Life.</param>
/// <param name="Times">When the resident can come: WeekdayDaytime, WeekdayEvening, Weekend; one or more.</param>
/// <param name="MaxMinutes">Longest way there, 5 to 120 minutes.</param>
/// <param name="Needs">Wheelchair, SignLanguage, Cantonese, LargeText, ChildCare.</param>
/// <param name="Note">Up to 300 characters for the station's ears; they stay in this service.</param>
public sealed record SubmitRequest(
    [Given, Text(200)] string CourseCode,
    [Text(200)] string? StationCode,
    PlaceGiven? Near,
    [Given, OneOf("FindJob", "ChangeJob", "Promotion", "StartBusiness", "Life")] string Goal,
    [Given, EachOf("WeekdayDaytime", "WeekdayEvening", "Weekend", Least = 1)] IReadOnlyList<string> Times,
    [Given, Between(5, 120)] int? MaxMinutes,
    [EachOf("Wheelchair", "SignLanguage", "Cantonese", "LargeText", "ChildCare")] IReadOnlyList<string>? Needs,
    [Text(300)] string? Note);

/// <summary>A point on the map, in degrees (GCJ-02).</summary>
public sealed record PlaceGiven([Given, Between(-180, 180)] double? Longitude, [Given, Between(-90, 90)] double? Latitude);

internal static partial class SubmitRequestEndpoint
{
    public static void Map(RouteGroupBuilder requests) => requests.MapPost("", Handle)
        .Creates<RequestsDb, SubmitRequest>()
        .WithName("SubmitRequest");

    /// <summary>Asks for a course. One request at a time for the same occupation.</summary>
    /// <response code="201">Taken; it is never lost from here on.</response>
    /// <response code="400">invalid-fields, course-not-found, station-not-found, station-or-place-needed</response>
    /// <response code="404">resident-not-found</response>
    /// <response code="409">request-already-open, consent-needed</response>
    private static async Task<Results<Created<RequestView>, ProblemHttpResult>> Handle(
        Guid residentId, SubmitRequest body, RequestsDb db, TimeProvider clock, ILogger<TrainingRequest> log, CancellationToken ct)
    {
        var resident = await db.Residents.SingleOrDefaultAsync(r => r.Id == residentId, ct);
        if (resident is null)
        {
            return ResidentRefusals.NotFound.AsProblem();
        }

        var course = await db.Courses.AsNoTracking().SingleOrDefaultAsync(c => c.Code == body.CourseCode, ct);
        if (course is null)
        {
            return RequestRefusals.CourseNotFound.AsProblem();
        }

        Place? home = body.Near is { } near ? new Place(near.Longitude!.Value, near.Latitude!.Value) : null;
        var (stationCode, noStation) = await StationFor(db, body.StationCode, home, ct);
        if (noStation is not null)
        {
            return noStation.AsProblem();
        }

        if (resident.AskForTraining() is { } refusal)
        {
            return refusal.AsProblem();
        }

        var now = clock.GetUtcNow();
        var request = TrainingRequest.Submit(db.NewId(), residentId, course, stationCode!, body.Goal, body.Times, body.MaxMinutes!.Value, body.Needs ?? [], body.Note, home, now);
        db.Requests.Add(request);
        db.Publish(request.Id, new RequestSubmitted
        {
            RequestId = request.Id,
            ResidentId = residentId,
            CourseCode = course.Code,
            StationCode = request.StationCode,
            Goal = request.Goal,
            Times = request.Times,
            MaxMinutes = request.MaxMinutes,
            Needs = request.Needs,
            Age = resident.AgeOn(clock.Today()),
            MayContact = resident.Agreed(ConsentPurposes.FollowUpContact),
            At = now,
        });
        var answer = db.Created($"/api/v1/residents/{residentId}/requests/{request.Id}", await RequestViews.Of(db, request, ct));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation("OpenKey"))
        {
            return RequestRefusals.AlreadyOpen.AsProblem();
        }

        Log.Submitted(log, request.Id, course.Code, request.StationCode);
        return answer;
    }

    private static async Task<(string? Code, Refusal? Refusal)> StationFor(RequestsDb db, string? code, Place? home, CancellationToken ct)
    {
        if (!string.IsNullOrWhiteSpace(code))
        {
            return await db.Stations.AnyAsync(s => s.Code == code, ct) ? (code, null) : (null, RequestRefusals.StationNotFound);
        }

        if (home is not { } here)
        {
            return (null, RequestRefusals.StationOrPlaceNeeded);
        }

        var nearest = await ListNearbyStationsEndpoint.Nearest(db, here, ct);
        return nearest.Count > 0 ? (nearest[0].Station.Code, null) : (null, RequestRefusals.StationNotFound);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Request {RequestId} for {Course} submitted to station {Station}")]
        public static partial void Submitted(ILogger logger, Guid requestId, string course, string station);
    }
}
