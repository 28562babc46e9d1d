using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Scheduler.Data;
using SkillStation.Scheduler.Domain;

namespace SkillStation.Scheduler;

/// <summary>A follow-up as its link shows it: enough to know what is asked about, nothing of who is asked or what was answered.</summary>
/// <param name="Point">Days after completion.</param>
/// <param name="State">Waiting, Due, Answered, Unreachable or Cancelled.</param>
/// <param name="WindowEnds">Last day of the window, inclusive; a late answer counts too.</param>
public sealed record OwnFollowUpView(string CourseCode, string StationCode, int Point, string State, DateOnly WindowEnds);

internal static class GetFollowUpEndpoint
{
    public static void Map(RouteGroupBuilder links) => links.MapGet("/{taskId:guid}", Handle).WithName("GetFollowUp");

    /// <summary>A follow-up for whoever has its link. The id is the key: it is told to nobody but the station and the learner.</summary>
    /// <response code="404">follow-up-not-found</response>
    private static async Task<Results<Ok<OwnFollowUpView>, ProblemHttpResult>> Handle(Guid taskId, SchedulerDb db, CancellationToken ct)
    {
        var placement = await db.Cases.AsNoTracking().Include(c => c.Tasks).SingleOrDefaultAsync(c => c.Tasks.Any(t => t.Id == taskId), ct);
        return placement is null ? FollowUpRefusals.NotFound.AsProblem() : TypedResults.Ok(Of(placement, taskId));
    }

    internal static OwnFollowUpView Of(PlacementCase placement, Guid taskId)
    {
        var task = placement.Tasks.Single(t => t.Id == taskId);
        return new OwnFollowUpView(placement.CourseCode, placement.StationCode, task.Point, task.State.ToString(), task.WindowEnds);
    }
}
