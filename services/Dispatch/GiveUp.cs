using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts.Dispatch;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;
using SkillStation.Platform.Http;

namespace SkillStation.Dispatch;

/// <summary>When no class comes of a pool or a request: nobody is left without another way. Steps of several use cases; the caller saves.</summary>
internal static class GivingUp
{
    /// <summary>Closes a pool and tells each of its members.</summary>
    public static async Task<Refusal?> Close(DispatchDb db, DemandPool pool, string code, string chinese, string english, DateTimeOffset now, CancellationToken ct)
    {
        if (pool.GiveUp(code, chinese, english, now) is { } refusal)
        {
            return refusal;
        }

        var alternative = await Alternative(db, pool.CourseCode, pool.DistrictCode, ct);
        foreach (var request in await Pooling.Members(db, pool.Id, ct))
        {
            Unserve(db, request, pool.Id, code, alternative, now);
        }

        Pooling.Changed(db, pool, now);
        return null;
    }

    public static void Unserve(DispatchDb db, PooledRequest request, Guid poolId, string code, AlternativeOffered alternative, DateTimeOffset now)
    {
        if (request.Unserve(code, alternative.Text) is null)
        {
            db.Publish(request.Id, new RequestUnserved { RequestId = request.Id, PoolId = poolId, Code = code, Alternative = alternative, At = now });
        }
    }

    /// <summary>A course like this one that people are gathering for in the district; else the same course elsewhere; else to wait.</summary>
    public static async Task<AlternativeOffered> Alternative(DispatchDb db, string courseCode, string districtCode, CancellationToken ct)
    {
        var courses = await db.Courses.AsNoTracking().ToDictionaryAsync(c => c.Code, ct);
        var course = courses[courseCode];
        var open = await db.Pools.AsNoTracking()
            .Where(p => (p.State == PoolState.Forming || p.State == PoolState.Ready) && p.Members < p.MaxSize && ((p.DistrictCode == districtCode && p.CourseCode != courseCode) || (p.DistrictCode != districtCode && p.CourseCode == courseCode)))
            .OrderByDescending(p => p.Members).ThenBy(p => p.Id)
            .Select(p => new { p.CourseCode, p.StationCode, p.DistrictCode, p.Members }).Take(500).ToListAsync(ct);

        var like = open.Where(p => p.DistrictCode == districtCode).FirstOrDefault(p => courses[p.CourseCode].OccupationCode == course.OccupationCode)
            ?? open.Where(p => p.DistrictCode == districtCode).FirstOrDefault(p => courses[p.CourseCode].Clusters.Intersect(course.Clusters).Any());
        if (like is not null)
        {
            return new AlternativeOffered
            {
                Kind = "OtherCourse",
                CourseCode = like.CourseCode,
                StationCode = like.StationCode,
                Text = $"本区「{courses[like.CourseCode].Name}」正在拼班，已有 {like.Members} 人，可以改点这门课。",
                TextEn = $"“{courses[like.CourseCode].NameEn}” is gathering people in your district, {like.Members} so far; you could ask for that instead.",
            };
        }

        var districts = await db.Districts.AsNoTracking().ToListAsync(ct);
        var order = Geo.NearestFirst(districts, districtCode).ToList();
        var elsewhere = open.Where(p => p.CourseCode == courseCode).MinBy(p => order.IndexOf(p.DistrictCode));
        if (elsewhere is null)
        {
            return new AlternativeOffered
            {
                Kind = "OtherStation",
                CourseCode = courseCode,
                Text = $"您想学「{course.Name}」我们已经记下。以后可以重新点单，也可以到其他区的站点点单。",
                TextEn = $"We keep count that you want “{course.NameEn}”. You can ask again later, or at a station in another district.",
            };
        }

        var there = districts.Single(d => d.Code == elsewhere.DistrictCode);
        return new AlternativeOffered
        {
            Kind = "OtherStation",
            CourseCode = courseCode,
            StationCode = elsewhere.StationCode,
            Text = $"{there.Name}正在拼「{course.Name}」，已有 {elsewhere.Members} 人，可以改到那边的站点点单。",
            TextEn = $"{there.NameEn} is gathering people for “{course.NameEn}”, {elsewhere.Members} so far; you could ask at a station there.",
        };
    }
}
