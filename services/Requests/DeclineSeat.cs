using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SkillStation.Contracts;
using SkillStation.Contracts.Requests;
using SkillStation.Platform.Http;
using SkillStation.Requests.Data;
using SkillStation.Requests.Domain;

namespace SkillStation.Requests;

internal static class DeclineSeatEndpoint
{
    public static void Map(RouteGroupBuilder requests) => requests.MapPost("/{requestId:guid}/seat/decline", Handle).WithName("DeclineSeat");

    /// <summary>Does not take the seat; the request goes back to the queue.</summary>
    /// <response code="404">request-not-found</response>
    /// <response code="409">no-seat-offered, seat-confirmed-already</response>
    /// <response code="412">stale-version</response>
    private static async Task<Results<Ok<RequestView>, ProblemHttpResult>> Handle(
        Guid residentId, Guid requestId, [FromHeader(Name = "If-Match")] string? ifMatch, RequestsDb db, TimeProvider clock, CancellationToken ct)
    {
        var request = await db.RequestOf(residentId, requestId, ct);
        if (request is null)
        {
            return RequestRefusals.NotFound.AsProblem();
        }

        var (classId, now) = (request.ClassId, clock.GetUtcNow());
        if ((Versions.Check(ifMatch, request.Version) ?? request.DeclineSeat(now)) is { } refusal)
        {
            return refusal.AsProblem();
        }

        db.Publish(requestId, new SeatDeclined { RequestId = requestId, ClassId = classId!.Value, Reason = SeatReasons.ByResident, At = now });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await RequestViews.Of(db, request, ct));
    }

    /// <summary>The time for an answer is over.</summary>
    internal static async Task WhenDue(RequestsDb db, Guid requestId, DateTimeOffset dueAt, DateTimeOffset now, CancellationToken ct)
    {
        var request = await db.RequestInNews(requestId, ct);
        var classId = request.ClassId;
        if (request.LapseSeat(dueAt, now) is null)
        {
            db.Publish(requestId, new SeatDeclined { RequestId = requestId, ClassId = classId!.Value, Reason = SeatReasons.NoAnswer, At = now });
        }
    }
}
