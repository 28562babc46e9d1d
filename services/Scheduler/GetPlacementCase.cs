using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Platform.Http;
using SkillStation.Scheduler.Data;
using SkillStation.Scheduler.Domain;

namespace SkillStation.Scheduler;

/// <summary>How a learner fares after the course.</summary>
/// <param name="State">Open, Guiding, Referred, PlacedUnverified, Placed, Lost, Sustained, Closed or ClosedByRequest.</param>
/// <param name="Result">Sustained, NotSustained, SustainedUnknown, Lost or ByRequest; null while the case is open.</param>
/// <param name="PlacedPoint">Days after completion at which work was proven for the first time.</param>
/// <param name="Referrals">Jobs suggested so far.</param>
public sealed record PlacementCaseView(
    Guid Id, Guid RequestId, string StationCode, string CourseCode, string InstitutionCode, string State, string? Result, int? PlacedPoint, DateTimeOffset CompletedAt, DateTimeOffset? ClosedAt,
    IReadOnlyList<FollowUpView> FollowUps, int Referrals, int Version) : IVersionedView
{
    internal static PlacementCaseView Of(PlacementCase c, int referrals) => new(
        c.Id, c.RequestId, c.StationCode, c.CourseCode, c.InstitutionCode, c.State.ToString(), c.Result?.ToString(), c.PlacedPoint, c.CompletedAt, c.ClosedAt,
        [.. c.Tasks.OrderBy(t => t.Point).Select(t => FollowUpView.Of(t, c))], referrals, c.Version);
}

internal static class GetPlacementCaseEndpoint
{
    public static void Map(RouteGroupBuilder cases) => cases.MapGet("/cases/{id:guid}", Handle).WithName("GetPlacementCase");

    /// <summary>A placement case with its follow-ups.</summary>
    /// <response code="404">case-not-found</response>
    private static async Task<Results<Ok<PlacementCaseView>, ProblemHttpResult>> Handle(Guid id, SchedulerDb db, CancellationToken ct)
    {
        var placement = await db.Cases.AsNoTracking().Include(c => c.Tasks).SingleOrDefaultAsync(c => c.Id == id, ct);
        return placement is null
            ? PlacementRefusals.NotFound.AsProblem()
            : TypedResults.Ok(PlacementCaseView.Of(placement, await db.Referrals.CountAsync(r => r.CaseId == id, ct)));
    }
}
