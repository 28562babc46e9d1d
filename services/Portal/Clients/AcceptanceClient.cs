namespace SkillStation.Portal.Clients;

/// <summary>Institutions, offers, classes and credentials: what the pages show of them.</summary>
public sealed class AcceptanceClient(HttpClient http)
{
    public Task<Answer<Credential>> Credential(string number, CancellationToken ct) => http.Read<Credential>($"/api/v1/credentials/{Uri.EscapeDataString(number)}", ct);

    public Task<Answer<LearnerClass>> ClassOf(Guid resident, Guid request, CancellationToken ct) => http.Read<LearnerClass>($"/api/v1/residents/{resident}/requests/{request}/class", ct);

    public Task<Answer<CheckedIn>> CheckIn(Guid resident, Guid classId, string code, CancellationToken ct) =>
        http.Call<CheckedIn>(HttpMethod.Post, $"/api/v1/residents/{resident}/check-ins", new { classId, code }, null, null, ct);
}

public sealed record Credential(
    string Number, string Kind, string CourseName, string CourseNameEn, string InstitutionName, string InstitutionNameEn, DateOnly IssuedOn, string State, DateOnly? RevokedOn);

public sealed record LearnerClass(
    Guid ClassId, string CourseName, string CourseNameEn, string InstitutionName, string InstitutionNameEn, string Venue, string State, string SeatState, decimal Hours,
    decimal HoursAttended, decimal HoursNeeded, bool CheckInOpen, IReadOnlyList<LearnerSession> Sessions, string? CredentialNumber);

public sealed record LearnerSession(int Number, DateTimeOffset StartsAt, DateTimeOffset EndsAt, decimal Hours, string? Room, string Teacher, bool Closed, string? Mark);

public sealed record CheckedIn(Guid RequestId, int Number, DateTimeOffset StartsAt, string CourseName, string CourseNameEn, string Mark);
