using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SkillStation.Acceptance.Data;
using SkillStation.Acceptance.Domain;
using SkillStation.Contracts;
using SkillStation.Platform.Http;

namespace SkillStation.Acceptance;

/// <summary>Why an institution will not run the class.</summary>
/// <param name="Code">NoTeacher, NoRoom, TimeClash, BelowMinSize, NotQualified, OutOfArea, EquipmentDown or Other.</param>
/// <param name="Text">Needed with Other. It stays in this service.</param>
public sealed record DeclineOffer(
    [Given, OneOf("NoTeacher", "NoRoom", "TimeClash", "BelowMinSize", "NotQualified", "OutOfArea", "EquipmentDown", "Other")] string Code,
    [Text(500)] string? Text);

internal static class DeclineOfferEndpoint
{
    public static void Map(RouteGroupBuilder institutions) => institutions.MapPost("/{institutionCode}/offers/{id:guid}/decline", Handle).WithName("DeclineOffer");

    /// <summary>Says no (拒单); the next institution is asked.</summary>
    /// <response code="400">invalid-fields, text-needed</response>
    /// <response code="404">offer-not-found</response>
    /// <response code="409">offer-already-answered, offer-was-assigned</response>
    private static async Task<Results<Ok<OfferView>, ProblemHttpResult>> Handle(
        string institutionCode, Guid id, DeclineOffer body, [FromHeader(Name = "If-Match")] string? ifMatch, AcceptanceDb db, TimeProvider clock, CancellationToken ct)
    {
        if (body.Code == "Other" && string.IsNullOrWhiteSpace(body.Text))
        {
            return OfferRefusals.TextNeeded.AsProblem();
        }

        return await SettleOffer.With(
            db, institutionCode, id, ifMatch, clock.GetUtcNow(), OfferAnswers.Declined, body.Code, (offer, now) => offer.Decline(body.Code, body.Text?.Trim(), now), ct);
    }
}
