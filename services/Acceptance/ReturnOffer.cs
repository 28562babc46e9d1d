using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SkillStation.Acceptance.Data;
using SkillStation.Contracts;
using SkillStation.Platform.Http;

namespace SkillStation.Acceptance;

/// <summary>Why the offer cannot be meant for this institution.</summary>
/// <param name="Reason">In plain words. It stays in this service.</param>
public sealed record ReturnOffer([Given, Text(500)] string Reason);

internal static class ReturnOfferEndpoint
{
    public static void Map(RouteGroupBuilder institutions) => institutions.MapPost("/{institutionCode}/offers/{id:guid}/return", Handle).WithName("ReturnOffer");

    /// <summary>Sends an offer back as not meant for this institution (退单).</summary>
    /// <response code="400">invalid-fields</response>
    /// <response code="404">offer-not-found</response>
    /// <response code="409">offer-already-answered, offer-was-assigned</response>
    private static Task<Results<Ok<OfferView>, ProblemHttpResult>> Handle(
        string institutionCode, Guid id, ReturnOffer body, [FromHeader(Name = "If-Match")] string? ifMatch, AcceptanceDb db, TimeProvider clock, CancellationToken ct) =>
        SettleOffer.With(db, institutionCode, id, ifMatch, clock.GetUtcNow(), OfferAnswers.Returned, null, (offer, now) => offer.Return(body.Reason.Trim(), now), ct);
}
