using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Acceptance.Data;
using SkillStation.Acceptance.Domain;
using SkillStation.Platform;
using SkillStation.Platform.Http;

namespace SkillStation.Acceptance;

/// <summary>Why a credential is taken back.</summary>
/// <param name="Reason">In plain words. It stays in this service.</param>
public sealed record RevokeCredential([Given, Text(500)] string Reason);

internal static class RevokeCredentialEndpoint
{
    public static void Map(RouteGroupBuilder districts) => districts.MapPost("/{districtCode}/credentials/{number}/revoke", Handle).WithName("RevokeCredential");

    /// <summary>The district revokes a credential of a class that it approved (撤销证书).</summary>
    /// <response code="400">invalid-fields, credential-number-invalid</response>
    /// <response code="404">credential-not-found</response>
    /// <response code="409">credential-already-revoked</response>
    private static async Task<Results<Ok<CredentialView>, ProblemHttpResult>> Handle(
        string districtCode, string number, RevokeCredential body, AcceptanceDb db, TimeProvider clock, CancellationToken ct)
    {
        if (!CredentialNumber.TryRead(number, out var stored))
        {
            return CredentialRefusals.NumberInvalid.AsProblem();
        }

        var credential = await db.Credentials.SingleOrDefaultAsync(c => c.Number == stored && c.DistrictCode == districtCode, ct);
        if (credential is null)
        {
            return CredentialRefusals.NotFound.AsProblem();
        }

        if (credential.Revoke(body.Reason.Trim(), clock.Today()) is { } refusal)
        {
            return refusal.AsProblem();
        }

        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await CredentialView.Of(credential, db, ct));
    }
}
