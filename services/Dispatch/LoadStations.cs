using SkillStation.Contracts.Dispatch;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;
using SkillStation.Platform.Data;

namespace SkillStation.Dispatch;

/// <summary>On first start: the model city's districts, streets and stations are loaded and the stations announced.</summary>
internal static class LoadStations
{
    public static void Into(DispatchDb db, DateTimeOffset now)
    {
        var assembly = typeof(LoadStations).Assembly;
        var districts = ReferenceData.Read<DistrictRow>(assembly, "districts.csv").ToDictionary(d => d.Code);
        db.Districts.AddRange(districts.Values.Select(d => new District { Code = d.Code, Name = d.Name, NameEn = d.NameEn, Longitude = d.Lng, Latitude = d.Lat }));
        db.Subdistricts.AddRange(ReferenceData.Read<StreetRow>(assembly, "streets.csv")
            .Select(s => new Subdistrict { Code = s.Code, Name = s.Name, NameEn = s.NameEn, DistrictCode = s.DistrictCode, Kind = s.Kind }));
        foreach (var row in ReferenceData.Read<StationRow>(assembly, "stations.csv"))
        {
            var station = new Station
            {
                Code = row.Code,
                Name = row.Name,
                NameEn = row.NameEn,
                DistrictCode = row.DistrictCode,
                StreetCode = row.StreetCode,
                HostType = row.HostType,
                Longitude = row.Lng,
                Latitude = row.Lat,
                RoomCapacity = row.RoomCapacity,
                Accessible = row.Accessible == "yes",
                ServiceMode = row.ServiceMode,
                OpenedAt = now,
            };
            db.Stations.Add(station);
            db.Publish(db.NewId(), new StationOpened
            {
                StationCode = station.Code,
                Name = station.Name,
                NameEn = station.NameEn,
                DistrictCode = station.DistrictCode,
                DistrictName = districts[station.DistrictCode].Name,
                DistrictNameEn = districts[station.DistrictCode].NameEn,
                Longitude = station.Longitude,
                Latitude = station.Latitude,
                RoomCapacity = station.RoomCapacity,
                Accessible = station.Accessible,
                At = now,
            });
        }
    }

    private sealed record DistrictRow(string Code, string Name, string NameEn, double Lng, double Lat);

    private sealed record StreetRow(string Code, string Name, string NameEn, string DistrictCode, string Kind);

    private sealed record StationRow(
        string Code, string Name, string NameEn, string DistrictCode, string StreetCode, string HostType, double Lng, double Lat, int RoomCapacity, string Accessible, string ServiceMode);
}
