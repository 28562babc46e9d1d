using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;
using SkillStation.Platform.Http;

namespace SkillStation.Dispatch;

/// <summary>A request as the station sees it.</summary>
/// <param name="QueuedAt">The submission; it decides the place in every queue.</param>
/// <param name="FailedChecks">What a person should look at, in plain words.</param>
/// <param name="DueAt">Until when the station, or the resident where one was asked, has time; null when no clock runs.</param>
/// <param name="Escalated">Nobody looked in time.</param>
/// <param name="EndCode">Why it was refused or could not be served.</param>
/// <param name="Alternative">What was offered instead.</param>
/// <param name="Turn">How many pools it has been put into.</param>
public sealed record StationRequestView(
    Guid Id, Guid ResidentId, string CourseCode, string CourseName, string CourseNameEn, string StationCode, string Goal, IReadOnlyList<string> Times, int MaxMinutes, IReadOnlyList<string> Needs,
    DateTimeOffset QueuedAt, string State, IReadOnlyList<FailedCheckView> FailedChecks, DateTimeOffset? DueAt, bool Escalated, string? AskedField, string? Question, string? EndCode,
    string? Alternative, Guid? PoolId, int Turn, int Version) : IVersionedView
{
    internal static async Task<StationRequestView> Of(DispatchDb db, PooledRequest request, CancellationToken ct) => (await Of(db, [request], ct))[0];

    internal static async Task<List<StationRequestView>> Of(DispatchDb db, IReadOnlyList<PooledRequest> requests, CancellationToken ct)
    {
        var codes = requests.Select(r => r.CourseCode).Distinct().ToList();
        var courses = await db.Courses.AsNoTracking().Where(c => codes.Contains(c.Code)).ToDictionaryAsync(c => c.Code, ct);
        var ids = requests.Select(r => r.Id).ToList();
        var due = await db.Deadlines.AsNoTracking().Where(d => ids.Contains(d.SubjectId)).ToListAsync(ct);
        return [.. requests.Select(r => new StationRequestView(
            r.Id, r.ResidentId, r.CourseCode, courses[r.CourseCode].Name, courses[r.CourseCode].NameEn, r.StationCode, r.Goal, r.Times, r.MaxMinutes, r.Needs, r.QueuedAt, r.State.ToString(),
            [.. r.FailedChecks.Select(c => new FailedCheckView(c, TriageChecks.Sentence(c)))],
            due.SingleOrDefault(d => d.SubjectId == r.Id && d.Kind == ClockOf(r.State))?.DueAt,
            r.EscalatedAt is not null, r.AskedField, r.Question, r.EndCode, r.Alternative, r.PoolId, r.Turn, r.Version))];
    }

    private static string? ClockOf(RequestState state) => state switch
    {
        RequestState.AwaitingTriage => DeadlineKinds.Triage,
        RequestState.Asked => DeadlineKinds.Information,
        _ => null,
    };
}

/// <summary>A check that a request did not pass, in the reader's language.</summary>
public sealed record FailedCheckView(string Code, string Text);

internal static class GetStationRequestEndpoint
{
    public static void Map(RouteGroupBuilder requests) => requests.MapGet("/{requestId:guid}", Handle).WithName("GetStationRequest");

    /// <summary>One request made at a station.</summary>
    /// <response code="404">request-not-found</response>
    private static async Task<Results<Ok<StationRequestView>, ProblemHttpResult>> Handle(string stationCode, Guid requestId, DispatchDb db, CancellationToken ct)
    {
        var request = await db.Requests.AsNoTracking().SingleOrDefaultAsync(r => r.Id == requestId && r.StationCode == stationCode, ct);
        return request is null ? RequestRefusals.NotFound.AsProblem() : TypedResults.Ok(await StationRequestView.Of(db, request, ct));
    }
}
