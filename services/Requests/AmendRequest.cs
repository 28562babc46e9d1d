using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SkillStation.Contracts.Requests;
using SkillStation.Platform.Http;
using SkillStation.Requests.Data;
using SkillStation.Requests.Domain;

namespace SkillStation.Requests;

/// <summary>The whole wish as it shall be now; course and station stay.</summary>
/// <param name="Goal">FindJob, ChangeJob, Promotion, StartBusiness or Life.</param>
/// <param name="Times">WeekdayDaytime, WeekdayEvening, Weekend; one or more. A request in a pool moves to one that suits them and keeps its place, unless an institution has been asked already; then the seat offer asks.</param>
/// <param name="MaxMinutes">Longest way there, 5 to 120 minutes.</param>
/// <param name="Needs">Wheelchair, SignLanguage, Cantonese, LargeText, ChildCare.</param>
/// <param name="Note">Up to 300 characters; null removes it.</param>
public sealed record AmendRequest(
    [Given, OneOf("FindJob", "ChangeJob", "Promotion", "StartBusiness", "Life")] string Goal,
    [Given, EachOf("WeekdayDaytime", "WeekdayEvening", "Weekend", Least = 1)] IReadOnlyList<string> Times,
    [Given, Between(5, 120)] int? MaxMinutes,
    [EachOf("Wheelchair", "SignLanguage", "Cantonese", "LargeText", "ChildCare")] IReadOnlyList<string>? Needs,
    [Text(300)] string? Note);

internal static class AmendRequestEndpoint
{
    public static void Map(RouteGroupBuilder requests) => requests.MapPut("/{requestId:guid}", Handle).WithName("AmendRequest");

    /// <summary>Changes a request, or answers the station's question. Needs If-Match.</summary>
    /// <response code="404">request-not-found</response>
    /// <response code="409">request-not-amendable: a seat was offered already, or the request is over</response>
    /// <response code="412">stale-version</response>
    /// <response code="428">if-match-required</response>
    private static async Task<Results<Ok<RequestView>, ProblemHttpResult>> Handle(
        Guid residentId, Guid requestId, AmendRequest body, [FromHeader(Name = "If-Match")] string? ifMatch, RequestsDb db, TimeProvider clock, CancellationToken ct)
    {
        var request = await db.RequestOf(residentId, requestId, ct);
        if (request is null)
        {
            return RequestRefusals.NotFound.AsProblem();
        }

        var now = clock.GetUtcNow();
        var refusal = Versions.Check(ifMatch, request.Version, required: true)
            ?? request.Amend(body.Goal, body.Times, body.MaxMinutes!.Value, body.Needs ?? [], body.Note, now);
        if (refusal is not null)
        {
            return refusal.AsProblem();
        }

        db.Publish(requestId, new RequestAmended
        {
            RequestId = requestId,
            Version = request.Version,
            Goal = request.Goal,
            Times = request.Times,
            MaxMinutes = request.MaxMinutes,
            Needs = request.Needs,
            At = now,
        });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await RequestViews.Of(db, request, ct));
    }
}
