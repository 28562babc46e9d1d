namespace SkillStation.Portal.Clients;

/// <summary>Stations, triage, pools and offers: what the pages show of them.</summary>
public sealed class DispatchClient(HttpClient http)
{
    public Task<Answer<IReadOnlyList<District>>> Districts(CancellationToken ct) => http.Read<IReadOnlyList<District>>("/api/v1/districts", ct);

    public Task<Answer<Listed<Station>>> Stations(string? district, string? near, string? after, CancellationToken ct) => http.Read<Listed<Station>>(
        "/api/v1/stations?size=30" + (district is null ? "" : "&district=" + Uri.EscapeDataString(district)) + (near is null ? "" : "&near=" + Uri.EscapeDataString(near))
        + (after is null ? "" : "&after=" + Uri.EscapeDataString(after)), ct);

    /// <summary>All stations of a district.</summary>
    public Task<Answer<Listed<Station>>> AllStations(string district, CancellationToken ct) =>
        http.ReadAll<Station>($"/api/v1/stations?district={Uri.EscapeDataString(district)}", 300, ct);

    public Task<Answer<Station>> Station(string code, CancellationToken ct) => http.Read<Station>($"/api/v1/stations/{Uri.EscapeDataString(code)}", ct);
}

public sealed record District(string Code, string Name, string NameEn, int Stations, IReadOnlyList<Street> Streets);

public sealed record Street(string Code, string Name, string NameEn, string Kind, int Stations);

public sealed record Station(
    string Code, string Name, string NameEn, string DistrictCode, string StreetCode, string HostType, double Longitude, double Latitude, int RoomCapacity, bool Accessible,
    string ServiceMode, double? Km);
