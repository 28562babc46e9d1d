using SkillStation.Acceptance.Data;
using SkillStation.Acceptance.Domain;
using SkillStation.Contracts.Acceptance;
using SkillStation.Platform.Data;

namespace SkillStation.Acceptance;

/// <summary>On first start: the model city's institutions with their qualifications, rooms and teachers are loaded and announced.</summary>
internal static class LoadInstitutions
{
    public static void Into(AcceptanceDb db, DateTimeOffset now)
    {
        var assembly = typeof(LoadInstitutions).Assembly;
        var rooms = ReferenceData.Read<Room>(assembly, "rooms.csv");
        db.Rooms.AddRange(rooms);
        db.Instructors.AddRange(ReferenceData.Read<InstructorRow>(assembly, "instructors.csv").Select(t => new Instructor
        {
            InstitutionCode = t.InstitutionCode,
            Number = t.Number,
            Name = t.Name,
            OccupationCodes = t.OccupationCodes,
        }));
        var largest = rooms.GroupBy(r => r.InstitutionCode).ToDictionary(g => g.Key, g => g.Max(r => r.Capacity));
        var ids = new Dictionary<string, Guid>();
        foreach (var row in ReferenceData.Read<InstitutionRow>(assembly, "institutions.csv"))
        {
            var institution = new Institution
            {
                Id = db.NewId(),
                Code = row.Code,
                Name = row.Name,
                NameEn = row.NameEn,
                Kind = row.Kind,
                DistrictCode = row.DistrictCode,
                Longitude = row.Lng,
                Latitude = row.Lat,
                Quality = row.Quality,
            };
            ids[institution.Code] = institution.Id;
            db.Institutions.Add(institution);
            db.Publish(institution.Id, new InstitutionListed
            {
                InstitutionCode = institution.Code,
                Version = institution.Version,
                Name = institution.Name,
                NameEn = institution.NameEn,
                DistrictCode = institution.DistrictCode,
                Longitude = institution.Longitude,
                Latitude = institution.Latitude,
                StartingQuality = institution.Quality,
                LargestRoom = largest[institution.Code],
                At = now,
            });
        }

        foreach (var row in ReferenceData.Read<QualificationRow>(assembly, "qualifications.csv"))
        {
            var qualification = new Qualification
            {
                Id = db.NewId(),
                InstitutionCode = row.InstitutionCode,
                CourseCode = row.CourseCode,
                Level = row.Level,
                TrainingKind = row.TrainingKind,
                ValidFrom = row.ValidFrom,
                ValidTo = row.ValidTo,
            };
            db.Qualifications.Add(qualification);
            db.Publish(ids[row.InstitutionCode], new QualificationGranted
            {
                QualificationId = qualification.Id,
                InstitutionCode = qualification.InstitutionCode,
                CourseCode = qualification.CourseCode,
                Level = qualification.Level,
                TrainingKind = qualification.TrainingKind,
                ValidFrom = qualification.ValidFrom,
                ValidTo = qualification.ValidTo,
                At = now,
            });
        }
    }

    private sealed record InstitutionRow(string Code, string Name, string NameEn, string Kind, string DistrictCode, double Lng, double Lat, decimal Quality);

    private sealed record InstructorRow(string InstitutionCode, string Number, string Name, string OccupationCodes);

    private sealed record QualificationRow(string InstitutionCode, string CourseCode, string TrainingKind, string Level, DateOnly ValidFrom, DateOnly ValidTo);
}
