using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts.Dispatch;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;
using SkillStation.Platform.Http;

namespace SkillStation.Dispatch;

/// <summary>A refusal, with what the resident can do instead.</summary>
/// <param name="Code">Why, as in domain rule O4.</param>
public sealed record RefuseRequest(
    [Given, OneOf("Duplicate", "SameOccupationThisYear", "LevelAlreadyHeld", "AgeOutOfRange", "ProgrammeGroupMismatch", "OutOfCity", "NotInCatalogue", "FalseInformation", "EntrepreneurVsEmploymentSameYear")] string Code,
    RefusalAlternative? Alternative);

/// <summary>What the resident can do instead.</summary>
/// <param name="CourseCode">Needed for another course.</param>
/// <param name="StationCode">For another station, where one is meant.</param>
/// <param name="Text">In plain words, as the resident will read it.</param>
public sealed record RefusalAlternative(
    [Given, OneOf("OtherCourse", "UnsubsidisedSeat", "OtherStation")] string Kind, [Text(60)] string? CourseCode, [Text(40)] string? StationCode, [Given, Text(200)] string Text);

internal static partial class RefuseRequestEndpoint
{
    public static void Map(RouteGroupBuilder requests) => requests.MapPost("/{requestId:guid}/refuse", Handle).WithName("RefuseRequest");

    /// <summary>Refuses a request. Only a person does this, and never without another way for the resident.</summary>
    /// <response code="400">alternative-needed, alternative-course-not-found, alternative-same-course, alternative-station-not-found</response>
    /// <response code="404">request-not-found</response>
    /// <response code="409">request-not-awaiting-triage</response>
    /// <response code="412">stale-version</response>
    private static async Task<Results<Ok<StationRequestView>, ProblemHttpResult>> Handle(
        string stationCode, Guid requestId, RefuseRequest body, [FromHeader(Name = "If-Match")] string? ifMatch, DispatchDb db, TimeProvider clock, ILogger<DispatchModule> log, CancellationToken ct)
    {
        var request = await db.Requests.SingleOrDefaultAsync(r => r.Id == requestId && r.StationCode == stationCode, ct);
        if (request is null)
        {
            return RequestRefusals.NotFound.AsProblem();
        }

        if (Versions.Check(ifMatch, request.Version) is { } stale)
        {
            return stale.AsProblem();
        }

        if (body.Alternative is not { } alternative)
        {
            return RequestRefusals.AlternativeNeeded.AsProblem();
        }

        if (await NotReal(alternative, request, db, ct) is { } wrong)
        {
            return wrong.AsProblem();
        }

        if (request.Refuse(body.Code, alternative.Text) is { } refusal)
        {
            return refusal.AsProblem();
        }

        db.Publish(request.Id, new RequestRefused
        {
            RequestId = request.Id,
            Code = body.Code,
            Alternative = new AlternativeOffered { Kind = alternative.Kind, CourseCode = alternative.CourseCode, StationCode = alternative.StationCode, Text = alternative.Text },
            At = clock.GetUtcNow(),
        });
        await db.SaveChangesAsync(ct);
        Log.Refused(log, request.Id, body.Code);
        return TypedResults.Ok(await StationRequestView.Of(db, request, ct));
    }

    private static async Task<Refusal?> NotReal(RefusalAlternative alternative, PooledRequest request, DispatchDb db, CancellationToken ct)
    {
        if (alternative.Kind == "OtherCourse" && alternative.CourseCode == request.CourseCode)
        {
            return RequestRefusals.AlternativeSame;
        }

        if ((alternative.Kind == "OtherCourse" || alternative.CourseCode is not null) && !await db.Courses.AnyAsync(c => c.Code == alternative.CourseCode, ct))
        {
            return RequestRefusals.OtherCourseUnknown;
        }

        return alternative.StationCode is not null && !await db.Stations.AnyAsync(s => s.Code == alternative.StationCode, ct) ? RequestRefusals.OtherStationUnknown : null;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Request {RequestId} was refused with {Code}")]
        public static partial void Refused(ILogger logger, Guid requestId, string code);
    }
}
