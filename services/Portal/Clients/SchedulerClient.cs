namespace SkillStation.Portal.Clients;

/// <summary>Deadlines, follow-ups and figures: what the pages show of them.</summary>
public sealed class SchedulerClient(HttpClient http)
{
    /// <summary>A follow-up by its link.</summary>
    public Task<Answer<OwnFollowUp>> FollowUp(Guid id, CancellationToken ct) => http.Read<OwnFollowUp>($"/api/v1/follow-ups/{id}", ct);

    public Task<Answer<OwnFollowUp>> AnswerFollowUp(Guid id, OwnAnswer answer, CancellationToken ct) =>
        http.Call<OwnFollowUp>(HttpMethod.Post, $"/api/v1/follow-ups/{id}/answer", answer, null, null, ct);

    public Task<Answer<Listed<FollowUp>>> FollowUps(string station, string? state, string? after, CancellationToken ct) => http.Read<Listed<FollowUp>>(
        $"/api/v1/stations/{Uri.EscapeDataString(station)}/follow-ups?size=50" + (state is null ? "" : "&state=" + Uri.EscapeDataString(state))
        + (after is null ? "" : "&after=" + Uri.EscapeDataString(after)), ct);
}

public sealed record FollowUp(
    Guid Id, Guid CaseId, Guid RequestId, string StationCode, string CourseCode, int Point, string State, DateOnly OpensOn, DateOnly WindowEnds, IReadOnlyList<string> Channels, string? Outcome,
    string? Evidence, DateTimeOffset? AnsweredAt);

public sealed record OwnFollowUp(string CourseCode, string StationCode, int Point, string State, DateOnly WindowEnds);

public sealed record OwnAnswer(string? Outcome, string? TrainingRelated, string? IncomeBand, string? Source);
