using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Platform.Http;
using SkillStation.Scheduler.Data;
using SkillStation.Scheduler.Domain;

namespace SkillStation.Scheduler;

/// <summary>A job that the station suggests to a learner (岗位推荐).</summary>
/// <param name="Post">Employer and post, without anything about a person.</param>
/// <param name="OccupationCode">From the classification of occupations, such as 4-10-01-05.</param>
public sealed record RecordReferral(
    [Given, Text(200, MinimumLength = 2)] string Post,
    [Given, Form("^[0-9]+(-[0-9]+){3}$", "请填职业编码，如 4-10-01-05。", "Give an occupation code such as 4-10-01-05.")] string OccupationCode);

/// <summary>A suggestion as recorded.</summary>
public sealed record ReferralView(Guid Id, Guid CaseId, string Post, string OccupationCode, DateTimeOffset At);

internal static partial class RecordReferralEndpoint
{
    public static void Map(RouteGroupBuilder cases) => cases.MapPost("/stations/{stationCode}/cases/{id:guid}/referrals", Handle)
        .Creates<SchedulerDb, RecordReferral>()
        .WithName("RecordReferral");

    /// <summary>Records that a job was suggested to the learner of a case.</summary>
    /// <response code="201">Recorded.</response>
    /// <response code="400">invalid-fields, personal-data-in-text</response>
    /// <response code="404">case-not-found</response>
    /// <response code="409">case-not-looking, case-closed</response>
    private static async Task<Results<Created<ReferralView>, ProblemHttpResult>> Handle(string stationCode, Guid id, RecordReferral body, SchedulerDb db, TimeProvider clock, CancellationToken ct)
    {
        var placement = await db.Cases.SingleOrDefaultAsync(c => c.Id == id && c.StationCode == stationCode, ct);
        if (placement is null)
        {
            return PlacementRefusals.NotFound.AsProblem();
        }

        if (LongNumber().IsMatch(body.Post))
        {
            return PlacementRefusals.PersonalData.AsProblem();
        }

        if (placement.Refer() is { } refusal)
        {
            return refusal.AsProblem();
        }

        var referral = new JobReferral { Id = db.NewId(), CaseId = id, Post = body.Post.Trim(), OccupationCode = body.OccupationCode, At = clock.GetUtcNow() };
        db.Referrals.Add(referral);
        var answer = db.Created($"/api/v1/cases/{id}", new ReferralView(referral.Id, id, referral.Post, referral.OccupationCode, referral.At));
        await db.SaveChangesAsync(ct);
        return answer;
    }

    // A phone or ID number, however it is spaced.
    [GeneratedRegex(@"([0-9][\s-]?){11}")]
    private static partial Regex LongNumber();
}
