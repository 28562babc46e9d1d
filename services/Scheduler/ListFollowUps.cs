using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Platform.Http;
using SkillStation.Scheduler.Data;
using SkillStation.Scheduler.Domain;

namespace SkillStation.Scheduler;

/// <summary>One point at which a learner is asked about work.</summary>
/// <param name="Id">Of the follow-up; the answer goes to it.</param>
/// <param name="Point">Days after completion.</param>
/// <param name="State">Waiting, Due, Answered, Unreachable or Cancelled.</param>
/// <param name="OpensOn">First day of the window.</param>
/// <param name="WindowEnds">Last day of the window, inclusive.</param>
/// <param name="Channels">How to ask, in this order.</param>
/// <param name="Outcome">What was found; null while there is no answer.</param>
/// <param name="Evidence">What the answer is based on.</param>
public sealed record FollowUpView(
    Guid Id, Guid CaseId, Guid RequestId, string StationCode, string CourseCode, int Point, string State, DateOnly OpensOn, DateOnly WindowEnds, IReadOnlyList<string> Channels, string? Outcome, string? Evidence,
    DateTimeOffset? AnsweredAt)
{
    internal static FollowUpView Of(FollowUpTask t, PlacementCase c) => new(
        t.Id, c.Id, c.RequestId, c.StationCode, c.CourseCode, t.Point, t.State.ToString(), t.OpensOn, t.WindowEnds, t.Channel.Split(';'), t.Outcome?.ToString(), t.Evidence?.ToString(), t.AnsweredAt);
}

internal static class ListFollowUpsEndpoint
{
    private static readonly Refusal StateUnknown = Refusal.OfField("state", "state-unknown", "没有这种状态。", "There is no such state.");

    public static void Map(RouteGroupBuilder cases) => cases.MapGet("/stations/{stationCode}/follow-ups", Handle).WithName("ListFollowUps");

    /// <summary>A station's follow-ups, those first whose window ends first.</summary>
    /// <param name="state">due (today's list, when left out), waiting, answered, unreachable or cancelled.</param>
    /// <response code="400">after-malformed, state-unknown</response>
    /// <response code="404">station-not-found</response>
    private static async Task<Results<Ok<Page<FollowUpView>>, ProblemHttpResult>> Handle(string stationCode, string? state, [AsParameters] PageQuery page, SchedulerDb db, CancellationToken ct)
    {
        if (!page.TryRead<long>(out var after) || after.Order > DateOnly.MaxValue.DayNumber)
        {
            return PageQuery.Malformed.AsProblem();
        }

        if (Enum.GetNames<FollowUpState>().FirstOrDefault(s => s.Equals(state ?? nameof(FollowUpState.Due), StringComparison.OrdinalIgnoreCase)) is not { } word)
        {
            return StateUnknown.AsProblem();
        }

        if (!await db.Stations.AnyAsync(s => s.Code == stationCode, ct))
        {
            return PlacementRefusals.StationNotFound.AsProblem();
        }

        var wanted = Enum.Parse<FollowUpState>(word);
        var ends = DateOnly.FromDayNumber((int)after.Order);
        var rows = await (
            from task in db.FollowUps.AsNoTracking()
            join placement in db.Cases.AsNoTracking() on task.CaseId equals placement.Id
            where placement.StationCode == stationCode && task.State == wanted && (task.WindowEnds > ends || (task.WindowEnds == ends && task.Seq > after.Key))
            orderby task.WindowEnds, task.Seq
            select new { task, placement }).Take(page.Take + 1).ToListAsync(ct);
        var cut = page.Cut(rows, r => new PageKey<long>(r.task.WindowEnds.DayNumber, r.task.Seq).ToString());
        return TypedResults.Ok(new Page<FollowUpView>([.. cut.Items.Select(r => FollowUpView.Of(r.task, r.placement))], cut.Next));
    }
}
