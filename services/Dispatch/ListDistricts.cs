using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Dispatch.Data;

namespace SkillStation.Dispatch;

/// <summary>A district with its streets and towns.</summary>
public sealed record DistrictView(string Code, string Name, string NameEn, int Stations, IReadOnlyList<StreetView> Streets);

/// <summary>A sub-district or town.</summary>
public sealed record StreetView(string Code, string Name, string NameEn, string Kind, int Stations);

internal static class ListDistrictsEndpoint
{
    public static void Map(RouteGroupBuilder districts) => districts.MapGet("", Handle).WithName("ListDistricts");

    /// <summary>All districts with their streets and how many stations each has.</summary>
    private static async Task<Ok<List<DistrictView>>> Handle(DispatchDb db, CancellationToken ct)
    {
        var districts = await db.Districts.AsNoTracking().OrderBy(d => d.Code).ToListAsync(ct);
        var streets = (await db.Subdistricts.AsNoTracking().OrderBy(s => s.Code).ToListAsync(ct)).ToLookup(s => s.DistrictCode);
        var stations = await db.Stations.GroupBy(s => s.StreetCode).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return TypedResults.Ok(districts.ConvertAll(d =>
        {
            var own = streets[d.Code].Select(s => new StreetView(s.Code, s.Name, s.NameEn, s.Kind, stations.GetValueOrDefault(s.Code))).ToList();
            return new DistrictView(d.Code, d.Name, d.NameEn, own.Sum(s => s.Stations), own);
        }));
    }
}
