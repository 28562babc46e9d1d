using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Acceptance.Data;
using SkillStation.Acceptance.Domain;

namespace SkillStation.Acceptance;

/// <summary>What is shown on the wall of the classroom.</summary>
/// <param name="Code">Six digits.</param>
/// <param name="Until">When the next code takes its place.</param>
public sealed record CheckInCodeView(string Code, DateTimeOffset Until);

internal static class ShowCheckInCodeEndpoint
{
    public static void Map(RouteGroupBuilder sessions) =>
        sessions.MapGet("/{institutionCode}/classes/{id:guid}/sessions/{number:int}/check-in-code", Handle).WithName("ShowCheckInCode");

    /// <summary>The code with which learners check in to a session; another one every half minute.</summary>
    /// <response code="404">class-not-found, session-not-found</response>
    /// <response code="409">no-session-now</response>
    private static async Task<Results<Ok<CheckInCodeView>, ProblemHttpResult>> Handle(string institutionCode, Guid id, int number, AcceptanceDb db, TimeProvider clock, CancellationToken ct)
    {
        var of = await db.WholeClasses.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id && c.InstitutionCode == institutionCode, ct);
        if (of is null)
        {
            return ClassRefusals.NotFound.AsProblem();
        }

        if (of.Sessions.SingleOrDefault(s => s.Number == number) is not { } session)
        {
            return ClassRefusals.SessionNotFound.AsProblem();
        }

        var now = clock.GetUtcNow();
        if (!of.TakesCheckIns(session, now))
        {
            return CheckInRefusals.NoSession.AsProblem();
        }

        var (code, until) = CheckInCode.At(of, session, now);
        return TypedResults.Ok(new CheckInCodeView(code, until));
    }
}
