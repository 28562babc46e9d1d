using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Requests.Data;
using SkillStation.Requests.Domain;

namespace SkillStation.Requests;

internal static class GetResidentEndpoint
{
    public static void Map(RouteGroupBuilder residents) => residents.MapGet("/{residentId:guid}", Handle).WithName("GetResident");

    /// <summary>A resident, masked.</summary>
    /// <response code="404">resident-not-found</response>
    private static async Task<Results<Ok<ResidentView>, ProblemHttpResult>> Handle(Guid residentId, RequestsDb db, CancellationToken ct)
    {
        var resident = await db.Residents.AsNoTracking().Include(r => r.Consents).SingleOrDefaultAsync(r => r.Id == residentId, ct);
        return resident is null ? ResidentRefusals.NotFound.AsProblem() : TypedResults.Ok(ResidentView.Of(resident));
    }
}
