using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Platform;
using SkillStation.Platform.Data;
using SkillStation.Platform.Http;
using SkillStation.Requests.Data;
using SkillStation.Requests.Domain;

namespace SkillStation.Requests;

/// <summary>What a resident tells once and is never asked again.</summary>
/// <param name="Name">As on the identity card.</param>
/// <param name="Phone">Mainland mobile number, 11 digits.</param>
/// <param name="IdNumber">18 characters of the identity card; may be left out until a subsidy needs it.</param>
/// <param name="BornOn">Taken from the ID number when that is given.</param>
/// <param name="Consents">Purposes agreed to, one by one; HandleRequest is needed for anything to happen.</param>
public sealed record RegisterResident(
    [Given, Text(40)] string Name,
    [Given, Form("^1[3-9][0-9]{9}$", "请填 11 位手机号。", "Give an 11-digit mobile number.")] string Phone,
    [Text(18)] string? IdNumber,
    DateOnly? BornOn,
    [EachOf("HandleRequest", "FollowUpContact", "ShareWithEmployers", "FaceCheckIn", Least = 1)] IReadOnlyList<string> Consents);

/// <summary>A resident as shown: nothing that identifies is in full.</summary>
/// <param name="Name">The family name and stars.</param>
/// <param name="Phone">138****5678.</param>
/// <param name="IdNumber">First four and last four; null when none was given.</param>
/// <param name="Consents">Purposes agreed to at this time.</param>
public sealed record ResidentView(Guid Id, string Name, string Phone, string? IdNumber, IReadOnlyList<string> Consents, int Version) : IVersionedView
{
    internal static ResidentView Of(Resident r) =>
        new(r.Id, r.MaskedName, r.MaskedPhone, r.MaskedIdNumber, [.. r.Consents.Where(c => c.IsGranted).Select(c => c.Purpose).Order()], r.Version);
}

internal static class RegisterResidentEndpoint
{
    public static void Map(RouteGroupBuilder residents) => residents.MapPost("", Handle)
        .Creates<RequestsDb, RegisterResident>()
        .WithName("RegisterResident");

    /// <summary>Registers a resident: phone, name, consents; the ID number is optional.</summary>
    /// <response code="201">Registered.</response>
    /// <response code="400">invalid-fields, id-number-invalid, birth-date-impossible, consent-needed</response>
    /// <response code="409">phone-already-registered, id-number-already-registered</response>
    private static async Task<Results<Created<ResidentView>, ProblemHttpResult>> Handle(RegisterResident body, RequestsDb db, TimeProvider clock, CancellationToken ct)
    {
        var (resident, refusal) = Resident.Register(db.NewId(), body.Name, body.Phone, body.IdNumber, body.BornOn, body.Consents, clock.Today(), clock.GetUtcNow());
        if (refusal is not null)
        {
            return refusal.AsProblem();
        }

        db.Residents.Add(resident!);
        var answer = db.Created($"/api/v1/residents/{resident!.Id}", ResidentView.Of(resident));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation("Phone"))
        {
            return ResidentRefusals.PhoneTaken.AsProblem();
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation("IdNumber"))
        {
            return ResidentRefusals.IdNumberTaken.AsProblem();
        }

        return answer;
    }
}
