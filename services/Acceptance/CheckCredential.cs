using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Acceptance.Data;
using SkillStation.Acceptance.Domain;

namespace SkillStation.Acceptance;

/// <summary>What anybody may know of a credential; never whose it is.</summary>
/// <param name="State">Valid or Revoked.</param>
public sealed record CredentialView(
    string Number, string Kind, string CourseName, string CourseNameEn, string InstitutionName, string InstitutionNameEn, DateOnly IssuedOn, string State, DateOnly? RevokedOn)
{
    internal static async Task<CredentialView> Of(Credential c, AcceptanceDb db, CancellationToken ct)
    {
        var institution = await db.Institutions.AsNoTracking().SingleAsync(i => i.Code == c.InstitutionCode, ct);
        return new CredentialView(
            c.Number, c.Kind, c.CourseName, c.CourseNameEn, institution.Name, institution.NameEn, c.IssuedOn, c.RevokedOn is null ? "Valid" : "Revoked", c.RevokedOn);
    }
}

internal static class CheckCredentialEndpoint
{
    public static void Map(RouteGroupBuilder credentials) => credentials.MapGet("/{number}", Handle).WithName("CheckCredential");

    /// <summary>The public check of a credential's number (证书查询).</summary>
    /// <response code="400">credential-number-invalid: the form or the check character is wrong</response>
    /// <response code="404">credential-not-found</response>
    private static async Task<Results<Ok<CredentialView>, ProblemHttpResult>> Handle(string number, AcceptanceDb db, CancellationToken ct)
    {
        if (!CredentialNumber.TryRead(number, out var stored))
        {
            return CredentialRefusals.NumberInvalid.AsProblem();
        }

        var credential = await db.Credentials.AsNoTracking().SingleOrDefaultAsync(c => c.Number == stored, ct);
        return credential is null ? CredentialRefusals.NotFound.AsProblem() : TypedResults.Ok(await CredentialView.Of(credential, db, ct));
    }
}
