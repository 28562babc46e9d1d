using System.Globalization;
using System.Web;

namespace SkillStation.Portal.Clients;

/// <summary>Catalogue, residents and their requests: what the pages show of them.</summary>
public sealed class RequestsClient(HttpClient http)
{
    public Task<Answer<Listed<CourseLine>>> Courses(CourseQuestion question, CancellationToken ct) =>
        http.Read<Listed<CourseLine>>("/api/v1/courses" + question.AsQuery(), ct);

    public Task<Answer<CourseDetail>> Course(string code, string? near, CancellationToken ct) =>
        http.Read<CourseDetail>($"/api/v1/courses/{Uri.EscapeDataString(code)}{(near is null ? "" : "?near=" + Uri.EscapeDataString(near))}", ct);

    public Task<Answer<IReadOnlyList<NearStation>>> StationsNear(string near, int take, CancellationToken ct) =>
        http.Read<IReadOnlyList<NearStation>>(string.Create(CultureInfo.InvariantCulture, $"/api/v1/nearby-stations?near={Uri.EscapeDataString(near)}&take={take}"), ct);

    public Task<Answer<ResidentDetail>> Register(NewResident resident, string? key, CancellationToken ct) =>
        http.Call<ResidentDetail>(HttpMethod.Post, "/api/v1/residents", resident, key, null, ct);

    public Task<Answer<ResidentDetail>> Resident(Guid id, CancellationToken ct) => http.Read<ResidentDetail>($"/api/v1/residents/{id}", ct);

    public Task<Answer<ResidentDetail>> SetConsent(Guid id, string purpose, bool granted, string? version, CancellationToken ct) =>
        http.Call<ResidentDetail>(HttpMethod.Put, $"/api/v1/residents/{id}/consents/{Uri.EscapeDataString(purpose)}", new { granted }, null, version, ct);

    public Task<Answer<RequestDetail>> Submit(Guid resident, NewRequest request, string? key, CancellationToken ct) =>
        http.Call<RequestDetail>(HttpMethod.Post, $"/api/v1/residents/{resident}/requests", request, key, null, ct);

    public Task<Answer<Listed<RequestLine>>> Requests(Guid resident, string? after, CancellationToken ct) =>
        http.Read<Listed<RequestLine>>($"/api/v1/residents/{resident}/requests{(after is null ? "" : "?after=" + Uri.EscapeDataString(after))}", ct);

    /// <summary>All requests of a resident.</summary>
    public Task<Answer<Listed<RequestLine>>> AllOf(Guid resident, CancellationToken ct) => http.ReadAll<RequestLine>($"/api/v1/residents/{resident}/requests", 500, ct);

    public Task<Answer<RequestDetail>> Request(Guid resident, Guid id, CancellationToken ct) => http.Read<RequestDetail>($"/api/v1/residents/{resident}/requests/{id}", ct);

    public Task<Answer<RequestDetail>> Amend(Guid resident, Guid id, ChangedRequest request, string? version, CancellationToken ct) =>
        http.Call<RequestDetail>(HttpMethod.Put, $"/api/v1/residents/{resident}/requests/{id}", request, null, version, ct);

    /// <summary>Whatever happened to the request meanwhile: who withdraws means it.</summary>
    public Task<Answer<RequestDetail>> Withdraw(Guid resident, Guid id, CancellationToken ct) =>
        http.Call<RequestDetail>(HttpMethod.Post, $"/api/v1/residents/{resident}/requests/{id}/withdraw", null, null, null, ct);

    /// <param name="yes">Takes the seat; no gives it to the next.</param>
    public Task<Answer<RequestDetail>> AnswerSeat(Guid resident, Guid id, bool yes, string? version, CancellationToken ct) =>
        http.Call<RequestDetail>(HttpMethod.Post, $"/api/v1/residents/{resident}/requests/{id}/seat/{(yes ? "confirm" : "decline")}", null, null, version, ct);

    public Task<Answer<RequestDetail>> Rate(Guid resident, Guid id, NewRating rating, string? key, CancellationToken ct) =>
        http.Call<RequestDetail>(HttpMethod.Post, $"/api/v1/residents/{resident}/requests/{id}/rating", rating, key, null, ct);
}

/// <summary>What to look for in the catalogue.</summary>
public sealed record CourseQuestion(string? Text = null, string? Kind = null, string? Cluster = null, bool Free = false, string? Near = null, int? Size = null, string? After = null)
{
    internal string AsQuery()
    {
        var query = HttpUtility.ParseQueryString("");
        query["text"] = Text;
        query["kind"] = Kind;
        query["cluster"] = Cluster;
        query["freeOnly"] = Free ? "true" : null;
        query["near"] = Near;
        query["size"] = Size?.ToString(CultureInfo.InvariantCulture);
        query["after"] = After;
        foreach (var name in query.AllKeys.Where(k => string.IsNullOrEmpty(query[k])).ToList())
        {
            query.Remove(name);
        }

        return query.Count == 0 ? "" : "?" + query;
    }
}

public sealed record CourseLine(
    string Code, Words Name, string Level, string TrainingKind, IReadOnlyList<string> Clusters, decimal Hours, decimal Fee, string Credential, Words Summary, NearStation? NearestStation,
    FormingClass? NearestPool);

public sealed record CourseDetail(
    string Code, Words Name, string OccupationName, string Level, string TrainingKind, IReadOnlyList<string> Clusters, decimal Hours, decimal Fee, int MinSize, int MaxSize, int? AgeMin,
    string Assessment, string Credential, string Filing, string FollowUp, Words? LicenceWarning, Words Summary, IReadOnlyList<FormingClass> FormingPools);

public sealed record FormingClass(
    Guid PoolId, string StationCode, Words? StationName, string TimePattern, int Members, int Threshold, int Missing, DateTimeOffset? ClosesAt, int? Minutes);

public sealed record NearStation(string Code, Words Name, Words District, double Longitude, double Latitude, int Minutes, bool Accessible);

public sealed record NewResident(string? Name, string? Phone, string? IdNumber, IReadOnlyList<string> Consents);

public sealed record ResidentDetail(Guid Id, string Name, string Phone, string? IdNumber, IReadOnlyList<string> Consents, int Version);

public sealed record PlaceOf(double Longitude, double Latitude);

public sealed record NewRequest(
    string CourseCode, string? StationCode, PlaceOf? Near, string? Goal, IReadOnlyList<string> Times, int? MaxMinutes, IReadOnlyList<string> Needs, string? Note);

public sealed record ChangedRequest(string? Goal, IReadOnlyList<string> Times, int? MaxMinutes, IReadOnlyList<string> Needs, string? Note);

public sealed record RequestLine(Guid Id, string CourseCode, Words CourseName, string StationCode, DateTimeOffset SubmittedAt, string Status, Words StatusWords);

public sealed record RequestDetail(
    Guid Id, string CourseCode, Words CourseName, string StationCode, Words? StationName, string Goal, IReadOnlyList<string> Times, int MaxMinutes, IReadOnlyList<string> Needs, string? Note,
    DateTimeOffset SubmittedAt, string Status, Words StatusWords, Holder? Holder, DateTimeOffset? Until, Words Next, int? PlacesAhead, int? Missing, int Round, int Attempt, Question? Question,
    ClassOfRequest? Class, bool? Completed, CredentialOfRequest? Credential, PlacementOfRequest? Placement, Ending? Ended, IReadOnlyList<HistoryLine> History, int Version);

public sealed record Holder(string Who, Words Name);

public sealed record Question(string Field, string Text);

public sealed record ClassOfRequest(
    Guid ClassId, Words? Institution, string? Venue, DateTimeOffset? FirstSessionAt, int SessionsDone, int SessionsTotal, bool? Attended, decimal? HoursAttended, decimal? HoursScheduled)
{
    /// <summary>Whether there is anything to show of it yet.</summary>
    public bool ScheduledOrNamed => Institution is not null || FirstSessionAt is not null;
}

public sealed record CredentialOfRequest(string Number, string Kind, DateOnly IssuedOn);

public sealed record PlacementOfRequest(string Stage, string? Result);

public sealed record Ending(string Code, Words Words, Alternative? Alternative);

public sealed record Alternative(string Kind, string? CourseCode, string? StationCode, string Text, string? TextEn);

public sealed record HistoryLine(DateTimeOffset At, string Code, string Zh, string En);

public sealed record NewRating(int? Content, int? Teacher, int? VenueAndTime, int? Overall, bool? ReallyTaught, bool? Charged, string? Comment);
