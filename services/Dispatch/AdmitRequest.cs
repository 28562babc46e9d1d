using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts.Dispatch;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;
using SkillStation.Platform;
using SkillStation.Platform.Http;

namespace SkillStation.Dispatch;

internal static class AdmitRequestEndpoint
{
    public static void Map(RouteGroupBuilder requests) => requests.MapPost("/{requestId:guid}/admit", Handle).WithName("AdmitRequest");

    /// <summary>The station takes a request on although a check failed; it goes into a pool at once.</summary>
    /// <response code="404">request-not-found</response>
    /// <response code="409">request-not-awaiting-triage</response>
    /// <response code="412">stale-version</response>
    private static async Task<Results<Ok<StationRequestView>, ProblemHttpResult>> Handle(
        string stationCode, Guid requestId, [FromHeader(Name = "If-Match")] string? ifMatch, DispatchDb db, TimeProvider clock, CancellationToken ct)
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

        if (request.State != RequestState.AwaitingTriage)
        {
            return RequestRefusals.NotAwaitingTriage.AsProblem();
        }

        var course = await db.Courses.SingleAsync(c => c.Code == request.CourseCode, ct);
        await Admission.Admit(db, request, course, automatic: false, clock, ct);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await StationRequestView.Of(db, request, ct));
    }
}

/// <summary>Taking a request on: a step of several use cases; the caller saves.</summary>
internal static class Admission
{
    public static async Task Admit(DispatchDb db, PooledRequest request, CourseCopy course, bool automatic, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var rules = DispatchRules.On(clock.Today());
        var pool = await Pooling.FindOrOpen(db, request, course, rules, now, ct);
        if (request.Admit(pool.Id) is { } refusal)
        {
            throw new InvalidOperationException($"A request that was found waiting says {refusal.Code}.");
        }

        db.Publish(request.Id, new RequestAdmitted { RequestId = request.Id, StationCode = request.StationCode, Automatic = automatic, At = now });
        await Pooling.Enter(db, request, pool, course, rules, now, ct);
    }
}
