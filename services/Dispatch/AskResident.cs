using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts.Dispatch;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;
using SkillStation.Platform.Http;

namespace SkillStation.Dispatch;

/// <summary>A question to a resident about one field of the request.</summary>
/// <param name="Field">The field in question.</param>
/// <param name="Question">In plain words, without personal data.</param>
public sealed record AskResident([Given, OneOf("goal", "times", "maxMinutes", "needs")] string Field, [Given, Text(200), Form(NoLongNumber.Pattern, NoLongNumber.Chinese, NoLongNumber.English)] string Question);

internal static class AskResidentEndpoint
{
    public static void Map(RouteGroupBuilder requests) => requests.MapPost("/{requestId:guid}/ask", Handle).WithName("AskResident");

    /// <summary>Asks the resident; the request waits for the answer.</summary>
    /// <response code="404">request-not-found</response>
    /// <response code="409">request-not-awaiting-triage</response>
    /// <response code="412">stale-version</response>
    private static async Task<Results<Ok<StationRequestView>, ProblemHttpResult>> Handle(
        string stationCode, Guid requestId, AskResident body, [FromHeader(Name = "If-Match")] string? ifMatch, DispatchDb db, TimeProvider clock, CancellationToken ct)
    {
        var request = await db.Requests.SingleOrDefaultAsync(r => r.Id == requestId && r.StationCode == stationCode, ct);
        if (request is null)
        {
            return RequestRefusals.NotFound.AsProblem();
        }

        if ((Versions.Check(ifMatch, request.Version) ?? request.Ask(body.Field, body.Question)) is { } refusal)
        {
            return refusal.AsProblem();
        }

        db.Publish(request.Id, new InformationRequested { RequestId = request.Id, Field = body.Field, Question = body.Question, At = clock.GetUtcNow() });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await StationRequestView.Of(db, request, ct));
    }
}
