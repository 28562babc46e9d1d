using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Platform.Http;
using SkillStation.Scheduler.Data;
using SkillStation.Scheduler.Domain;

namespace SkillStation.Scheduler;

/// <summary>How the learner stands now, in the learner's own words; the first question is enough.</summary>
public sealed record AnswerOwnFollowUp(
    [Given, OneOf("EmployedContract", "EmployedFlexible", "SelfEmployed", "InternshipJianxi", "RetainedOrPromoted", "FurtherLearning", "Seeking", "NotSeeking", "LeftCity", "Refused")]
    string Outcome,
    [OneOf("Very", "Somewhat", "NotAtAll")] string? TrainingRelated,
    [OneOf("Below2300", "From2300", "From4000", "From6000", "From8000", "NotSaid")] string? IncomeBand,
    [OneOf("Station", "Institution", "Retained", "Self", "Acquaintance", "Platform")] string? Source);

internal static class AnswerOwnFollowUpEndpoint
{
    public static void Map(RouteGroupBuilder links) => links.MapPost("/{taskId:guid}/answer", Handle).WithName("AnswerOwnFollowUp");

    /// <summary>The learner answers a follow-up through its link. It counts as self-reported: no proof, and never in place of better evidence.</summary>
    /// <response code="404">follow-up-not-found</response>
    /// <response code="409">follow-up-not-due, already-answered, case-closed</response>
    private static async Task<Results<Ok<OwnFollowUpView>, ProblemHttpResult>> Handle(Guid taskId, AnswerOwnFollowUp body, SchedulerDb db, TimeProvider clock, CancellationToken ct)
    {
        var placement = await db.Cases.Include(c => c.Tasks).SingleOrDefaultAsync(c => c.Tasks.Any(t => t.Id == taskId), ct);
        if (placement is null)
        {
            return FollowUpRefusals.NotFound.AsProblem();
        }

        var evidence = body.Outcome == nameof(Outcome.Refused) ? null : nameof(Evidence.SelfReported);
        if (AnswerFollowUpEndpoint.Record(placement, taskId, new AnswerFollowUp(body.Outcome, evidence, body.TrainingRelated, body.IncomeBand, body.Source), db, clock.GetUtcNow()) is { } refusal)
        {
            return refusal.AsProblem();
        }

        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(GetFollowUpEndpoint.Of(placement, taskId));
    }
}
