using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts;
using SkillStation.Contracts.Requests;
using SkillStation.Platform.Http;
using SkillStation.Requests.Data;
using SkillStation.Requests.Domain;

namespace SkillStation.Requests;

/// <summary>A yes or no to one purpose.</summary>
public sealed record SetConsent([Given] bool? Granted);

internal static class SetConsentEndpoint
{
    public static void Map(RouteGroupBuilder residents) => residents.MapPut("/{residentId:guid}/consents/{purpose}", Handle).WithName("SetConsent");

    /// <summary>Gives or takes back the consent to one purpose: HandleRequest, FollowUpContact, ShareWithEmployers or FaceCheckIn.</summary>
    /// <response code="404">resident-not-found, purpose-not-found</response>
    /// <response code="409">request-still-open: HandleRequest is needed while a request is open</response>
    private static async Task<Results<Ok<ResidentView>, ProblemHttpResult>> Handle(
        Guid residentId, string purpose, SetConsent body, [FromHeader(Name = "If-Match")] string? ifMatch, RequestsDb db, TimeProvider clock, CancellationToken ct)
    {
        if (!ConsentPurposes.All.Contains(purpose))
        {
            return ResidentRefusals.PurposeNotFound.AsProblem();
        }

        var resident = await db.Residents.SingleOrDefaultAsync(r => r.Id == residentId, ct);
        if (resident is null)
        {
            return ResidentRefusals.NotFound.AsProblem();
        }

        if (Versions.Check(ifMatch, resident.Version) is { } stale)
        {
            return stale.AsProblem();
        }

        var (granted, now) = (body.Granted == true, clock.GetUtcNow());
        var refusal = granted
            ? resident.Grant(purpose, now)
            : resident.TakeBack(purpose, await db.Requests.AnyAsync(r => r.ResidentId == residentId && r.OpenKey != null, ct), now);
        if (refusal == ResidentRefusals.NothingToChange)
        {
            return TypedResults.Ok(ResidentView.Of(resident));
        }

        if (refusal is not null)
        {
            return refusal.AsProblem();
        }

        db.Publish(residentId, new ConsentChanged { ResidentId = residentId, Purpose = purpose, Granted = granted, At = now });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(ResidentView.Of(resident));
    }
}
