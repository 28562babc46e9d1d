using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SkillStation.Contracts.Requests;
using SkillStation.Platform.Http;
using SkillStation.Requests.Data;
using SkillStation.Requests.Domain;

namespace SkillStation.Requests;

/// <summary>Yes, no, and no answer to a seat are decided by one aggregate, so that only one of them is ever told to the others.</summary>
internal static class ConfirmSeatEndpoint
{
    public static void Map(RouteGroupBuilder requests) => requests.MapPost("/{requestId:guid}/seat/confirm", Handle).WithName("ConfirmSeat");

    /// <summary>Takes the seat that is offered.</summary>
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

        var now = clock.GetUtcNow();
        if ((Versions.Check(ifMatch, request.Version) ?? request.ConfirmSeat(now)) is { } refusal)
        {
            return refusal.AsProblem();
        }

        db.Publish(requestId, new SeatConfirmed { RequestId = requestId, ClassId = request.ClassId!.Value, At = now });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await RequestViews.Of(db, request, ct));
    }
}
