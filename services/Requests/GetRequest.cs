using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts;
using SkillStation.Platform.Http;
using SkillStation.Requests.Data;
using SkillStation.Requests.Domain;

namespace SkillStation.Requests;

/// <summary>A request as its resident sees it: where it stands, who has it, until when, and what happens then.</summary>
/// <param name="Status">Submitted, NeedsInfo, Admitted, Pooled, Dispatching, Escalated, Accepted, Scheduled, SeatOffered, Waitlisted, SeatConfirmed, InClass, AwaitingRating, Closed, Refused, Withdrawn, Unserved or Dropped.</param>
/// <param name="StatusWords">One of the ten words that residents see (已提交 … 未受理).</param>
/// <param name="Holder">Who does the next thing; null when nothing is left to do.</param>
/// <param name="Until">When the holder's time ends; null when no clock runs, or its news is still on the way.</param>
/// <param name="Next">What happens next, and what happens when the time ends.</param>
/// <param name="PlacesAhead">People before this one in the pool or on the waitlist; null when there is no queue.</param>
/// <param name="Missing">People still needed to open a class, while one is being formed.</param>
/// <param name="Round">How many times the request was put into a pool.</param>
/// <param name="Attempt">Offers that its pool has had.</param>
/// <param name="Question">What the station wants to know, while it waits for that.</param>
/// <param name="Completed">Whether the course was completed; null while that is open.</param>
/// <param name="Ended">Why it ended without a completed course, and what to do instead.</param>
/// <param name="History">Everything that happened, oldest first.</param>
public sealed record RequestView(
    Guid Id, Guid ResidentId, string CourseCode, Words CourseName, string StationCode, Words? StationName, string Goal, IReadOnlyList<string> Times, int MaxMinutes,
    IReadOnlyList<string> Needs, string? Note, DateTimeOffset SubmittedAt, string Status, Words StatusWords, HolderView? Holder, DateTimeOffset? Until, Words Next,
    int? PlacesAhead, int? Missing, int Round, int Attempt, QuestionView? Question, ClassView? Class, bool? Completed, CredentialView? Credential, PlacementView? Placement,
    EndView? Ended, IReadOnlyList<HistoryEntry> History, int Version) : IVersionedView;

/// <param name="Who">Resident, Station, Institution or District.</param>
public sealed record HolderView(string Who, Words Name);

/// <param name="Field">The field of the request that is in question.</param>
public sealed record QuestionView(string Field, string Text);

/// <param name="Institution">Null until its name is known here.</param>
/// <param name="SessionsDone">Sessions whose attendance sheet is closed.</param>
/// <param name="Attended">Whether the learner was seen in class; null while nobody has said.</param>
/// <param name="HoursAttended">Class hours of 45 minutes; known at completion.</param>
public sealed record ClassView(
    Guid ClassId, Words? Institution, string? Venue, DateTimeOffset? FirstSessionAt, int SessionsDone, int SessionsTotal, bool? Attended, decimal? HoursAttended, decimal? HoursScheduled);

public sealed record CredentialView(string Number, string Kind, DateOnly IssuedOn);

/// <param name="Stage">Open, Placed, Sustained or Closed.</param>
/// <param name="Result">How the follow-up ended; null while it runs.</param>
public sealed record PlacementView(string Stage, string? Result);

/// <param name="Code">Why, in one word that does not change.</param>
/// <param name="Alternative">What the resident can do instead, where the station or the district ended it.</param>
public sealed record EndView(string Code, Words Words, AlternativeView? Alternative);

/// <param name="Kind">OtherCourse, UnsubsidisedSeat or OtherStation.</param>
/// <param name="TextEn">The same in English; null where a person wrote the words.</param>
public sealed record AlternativeView(string Kind, string? CourseCode, string? StationCode, string Text, string? TextEn);

public sealed record HistoryEntry(DateTimeOffset At, string Code, string Zh, string En);

internal static class GetRequestEndpoint
{
    public static void Map(RouteGroupBuilder requests) => requests.MapGet("/{requestId:guid}", Handle).WithName("GetRequest");

    /// <summary>One request with its whole journey.</summary>
    /// <response code="404">request-not-found</response>
    private static async Task<Results<Ok<RequestView>, ProblemHttpResult>> Handle(Guid residentId, Guid requestId, RequestsDb db, CancellationToken ct)
    {
        var request = await db.RequestOf(residentId, requestId, ct);
        return request is null ? RequestRefusals.NotFound.AsProblem() : TypedResults.Ok(await RequestViews.Of(db, request, ct));
    }
}

/// <summary>Puts a request together with what is known of its pool, class and clocks.</summary>
internal static class RequestViews
{
    public static async Task<RequestView> Of(RequestsDb db, TrainingRequest r, CancellationToken ct)
    {
        var pool = r.PoolId is null ? null : await db.Pools.AsNoTracking().SingleOrDefaultAsync(p => p.Id == r.PoolId, ct);
        var held = await ClassOf(db, r, pool, ct);
        var subjects = new[] { r.Id, r.PoolId, pool?.OfferId, held?.Id }.OfType<Guid>().ToList();
        var deadlines = await db.Deadlines.AsNoTracking().Where(d => subjects.Contains(d.SubjectId)).ToListAsync(ct);
        var stationCodes = new List<string> { r.StationCode, pool?.StationCode ?? r.StationCode };
        var stations = await db.Stations.AsNoTracking().Where(s => stationCodes.Contains(s.Code)).ToDictionaryAsync(s => s.Code, ct);
        var course = await db.Courses.AsNoTracking().SingleAsync(c => c.Code == r.CourseCode, ct);
        var station = stations.GetValueOrDefault(r.StationCode);
        var ahead = await PlacesAhead(db, r, ct);
        var standing = Standing.Of(new Circumstances(r, station, pool, pool is null ? null : stations.GetValueOrDefault(pool.StationCode), held, ahead, deadlines));
        return new RequestView(
            r.Id, r.ResidentId, r.CourseCode, new Words(course.Name, course.NameEn), r.StationCode, station is null ? null : new Words(station.Name, station.NameEn), r.Goal, r.Times,
            r.MaxMinutes, r.Needs, r.Note, r.SubmittedAt, standing.Code, standing.Words,
            standing is { Holder: { } who, HolderName: { } name } ? new HolderView(who.ToString(), name) : null, standing.Until, standing.Next,
            ahead, r.Status == RequestStatus.Pooled && pool?.State == PoolStates.Forming ? pool.Missing : null, r.Turn, pool?.Attempt ?? 0,
            r is { Status: RequestStatus.NeedsInfo, Question: { } question } ? new QuestionView(r.QuestionField!, question) : null,
            held is null && r.ClassId is null ? null : new ClassView(
                held?.Id ?? r.ClassId!.Value, held is { InstitutionName.Length: > 0 } ? new Words(held.InstitutionName, held.InstitutionNameEn) : null, held?.Venue,
                held?.FirstSessionAt ?? r.FirstSessionAt, held?.SessionsClosed ?? 0, held?.SessionsTotal ?? 0, r.Attended, r.HoursAttended, r.HoursScheduled),
            r.Completed, r.CredentialNumber is null ? null : new CredentialView(r.CredentialNumber, r.CredentialKind!, r.CredentialIssuedOn!.Value),
            r.Placement == Placement.None ? null : new PlacementView(r.Placement.ToString(), r.PlacementResult),
            r.EndCode is null ? null : new EndView(r.EndCode, EventWords.Reason(r.EndCode), r.Alternative is { } a ? new AlternativeView(a.Kind, a.CourseCode, a.StationCode, a.Text, a.TextEn) : null),
            await HistoryOf(db, r, ct), r.Version);
    }

    // Without a seat of one's own, the class is the one that the pool's latest offer came to.
    private static Task<ClassCopy?> ClassOf(RequestsDb db, TrainingRequest r, PoolCopy? pool, CancellationToken ct) => r.ClassId is { } id
        ? db.Classes.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct)
        : r.Status == RequestStatus.Pooled && pool?.State == PoolStates.Accepted
            ? db.Classes.AsNoTracking().FirstOrDefaultAsync(c => c.PoolId == pool.Id && c.Attempt == pool.Attempt && !c.IsCancelled, ct)
            : Task.FromResult<ClassCopy?>(null);

    private static async Task<int?> PlacesAhead(RequestsDb db, TrainingRequest r, CancellationToken ct) => r switch
    {
        { Status: RequestStatus.Waitlisted } => await db.Requests.CountAsync(x => x.ClassId == r.ClassId && x.Status == RequestStatus.Waitlisted && x.WaitlistPlace < r.WaitlistPlace, ct),
        { Status: RequestStatus.Pooled, PoolId: not null } => await db.Requests.CountAsync(x => x.PoolId == r.PoolId && x.Status == RequestStatus.Pooled && x.QueuedAt < r.QueuedAt, ct),
        _ => null,
    };

    /// <summary>The request's own lines, and of each pool those that came while the request stood in it.</summary>
    private static async Task<IReadOnlyList<HistoryEntry>> HistoryOf(RequestsDb db, TrainingRequest r, CancellationToken ct)
    {
        var own = r.History.OrderBy(e => e.At).ThenBy(e => e.Id == 0 ? long.MaxValue : e.Id).ToList();
        var lines = own.Select(e => (e.At, e.Code, e.Detail)).ToList();
        var joined = own.Where(e => e.PoolId is not null).ToList();
        if (joined.Count > 0)
        {
            var pools = joined.Select(e => e.PoolId!.Value).ToList();
            var events = await db.PoolEvents.AsNoTracking().Where(e => pools.Contains(e.PoolId)).ToListAsync(ct);
            var end = r.IsBeforeClass || r.Status == RequestStatus.InClass ? DateTimeOffset.MaxValue : own[^1].At;
            for (var i = 0; i < joined.Count; i++)
            {
                var (from, to) = (joined[i].At, i + 1 < joined.Count ? joined[i + 1].At : end);
                lines.AddRange(events.Where(e => e.PoolId == joined[i].PoolId && e.At >= from && e.At <= to).Select(e => (e.At, e.Code, e.Detail)));
            }
        }

        return [.. lines.OrderBy(l => l.At).ThenBy(l => l.Code == EventCode.ClassScheduled ? 0 : 1).Select(l => (l, words: EventWords.Of(l.Code, l.Detail))).Select(x => new HistoryEntry(x.l.At, x.l.Code.ToString(), x.words.Zh, x.words.En))];
    }
}
