namespace SkillStation.Portal.Clients;

/// <summary>Institutions, offers, classes and credentials: what the pages show of them.</summary>
public sealed class AcceptanceClient(HttpClient http)
{
    public Task<Answer<Credential>> Credential(string number, CancellationToken ct) => http.Read<Credential>($"/api/v1/credentials/{Uri.EscapeDataString(number)}", ct);
}

public sealed record Credential(
    string Number, string Kind, string CourseName, string CourseNameEn, string InstitutionName, string InstitutionNameEn, DateOnly IssuedOn, string State, DateOnly? RevokedOn);
