using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SkillStation.Platform.Http;
using SkillStation.Scheduler.Data;
using SkillStation.Scheduler.Domain;

namespace SkillStation.Scheduler;

/// <summary>What a follow-up found (回访结果). Five short questions; the first is enough.</summary>
/// <param name="Outcome">How the learner stands now.</param>
/// <param name="Evidence">What this is based on; needed unless nobody was reached or nothing was said. The institution's word alone is never enough.</param>
/// <param name="TrainingRelated">Whether the work has to do with the course: Very, Somewhat or NotAtAll.</param>
/// <param name="IncomeBand">Monthly, in yuan.</param>
/// <param name="Source">How the work was found.</param>
public sealed record AnswerFollowUp(
    [Given, OneOf("EmployedContract", "EmployedFlexible", "SelfEmployed", "InternshipJianxi", "RetainedOrPromoted", "FurtherLearning", "Seeking", "NotSeeking", "LeftCity", "Unreachable", "Refused", "NotKnown")]
    string Outcome,
    [OneOf("SystemMatch", "Document", "EmployerConfirmed", "SelfReported", "InstitutionReported")] string? Evidence,
    [OneOf("Very", "Somewhat", "NotAtAll")] string? TrainingRelated,
    [OneOf("Below2300", "From2300", "From4000", "From6000", "From8000", "NotSaid")] string? IncomeBand,
    [OneOf("Station", "Institution", "Retained", "Self", "Acquaintance", "Platform")] string? Source);

internal static partial class AnswerFollowUpEndpoint
{
    public static void Map(RouteGroupBuilder cases) => cases.MapPost("/stations/{stationCode}/follow-ups/{taskId:guid}/answer", Handle).WithName("AnswerFollowUp");

    /// <summary>Records the answer of a follow-up. A late answer counts, and better evidence may be added to an answer.</summary>
    /// <response code="200">The case as it stands now.</response>
    /// <response code="404">follow-up-not-found</response>
    /// <response code="409">follow-up-not-due, already-answered, evidence-needed, evidence-institution-alone, case-closed</response>
    /// <response code="412">stale-version</response>
    private static async Task<Results<Ok<PlacementCaseView>, ProblemHttpResult>> Handle(
        string stationCode, Guid taskId, AnswerFollowUp body, [FromHeader(Name = "If-Match")] string? ifMatch, SchedulerDb db, TimeProvider clock, ILogger<AnswerFollowUp> log, CancellationToken ct)
    {
        var placement = await db.Cases.Include(c => c.Tasks).SingleOrDefaultAsync(c => c.StationCode == stationCode && c.Tasks.Any(t => t.Id == taskId), ct);
        if (placement is null)
        {
            return FollowUpRefusals.NotFound.AsProblem();
        }

        if ((Versions.Check(ifMatch, placement.Version) ?? Record(placement, taskId, body, db, clock.GetUtcNow())) is { } refusal)
        {
            return refusal.AsProblem();
        }

        await db.SaveChangesAsync(ct);
        Log.Answered(log, taskId, placement.Id, placement.State);
        return TypedResults.Ok(PlacementCaseView.Of(placement, await db.Referrals.CountAsync(r => r.CaseId == placement.Id, ct)));
    }

    /// <summary>What an answer changes, whoever gave it; not saved yet.</summary>
    internal static Refusal? Record(PlacementCase placement, Guid taskId, AnswerFollowUp body, SchedulerDb db, DateTimeOffset now)
    {
        var outcome = Enum.Parse<Outcome>(body.Outcome);
        var evidence = body.Evidence is null ? (Evidence?)null : Enum.Parse<Evidence>(body.Evidence);
        var (step, refusal) = placement.Answer(placement.Tasks.Single(t => t.Id == taskId), outcome, evidence, now);
        if (refusal is not null)
        {
            return refusal;
        }

        db.FollowUpAnswers.Add(new FollowUpAnswer
        {
            Id = db.NewId(),
            TaskId = taskId,
            CaseId = placement.Id,
            Outcome = outcome,
            Evidence = evidence,
            TrainingRelated = body.TrainingRelated,
            IncomeBand = body.IncomeBand,
            Source = body.Source,
            At = now,
        });
        db.Tell(placement, step!, now);
        return null;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Follow-up {TaskId} of case {CaseId} answered; the case is {State}")]
        public static partial void Answered(ILogger logger, Guid taskId, Guid caseId, CaseState state);
    }
}
