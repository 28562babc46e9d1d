using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SkillStation.Contracts;
using SkillStation.Contracts.Requests;
using SkillStation.Platform.Http;
using SkillStation.Requests.Data;
using SkillStation.Requests.Domain;

namespace SkillStation.Requests;

internal static class WithdrawRequestEndpoint
{
    public static void Map(RouteGroupBuilder requests) => requests.MapPost("/{requestId:guid}/withdraw", Handle).WithName("WithdrawRequest");

    /// <summary>Ends a request before the class begins. No reason is asked for.</summary>
    /// <response code="404">request-not-found</response>
    /// <response code="409">class-began, request-over</response>
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
        if ((Versions.Check(ifMatch, request.Version) ?? request.Withdraw(now)) is { } refusal)
        {
            return refusal.AsProblem();
        }

        db.Publish(requestId, new RequestWithdrawn { RequestId = requestId, ResidentId = residentId, Reason = SeatReasons.ByResident, At = now });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await RequestViews.Of(db, request, ct));
    }

    /// <summary>The station's question was not answered in time.</summary>
    internal static async Task WhenDue(RequestsDb db, Guid requestId, DateTimeOffset dueAt, DateTimeOffset now, CancellationToken ct)
    {
        var request = await db.RequestInNews(requestId, ct);
        if (request.WithdrawUnanswered(dueAt, now) is null)
        {
            db.Publish(requestId, new RequestWithdrawn { RequestId = requestId, ResidentId = request.ResidentId, Reason = SeatReasons.NoAnswer, At = now });
        }
    }
}
