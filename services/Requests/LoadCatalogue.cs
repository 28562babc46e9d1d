using SkillStation.Contracts.Requests;
using SkillStation.Platform.Data;
using SkillStation.Requests.Data;
using SkillStation.Requests.Domain;

namespace SkillStation.Requests;

/// <summary>On first start: the model city's courses go into the catalogue and are announced.</summary>
internal static class LoadCatalogue
{
    public static void Into(RequestsDb db, DateTimeOffset now)
    {
        var assembly = typeof(LoadCatalogue).Assembly;
        var kinds = ReferenceData.Read<KindRow>(assembly, "training-kinds.csv").ToDictionary(k => k.Code);
        foreach (var row in ReferenceData.Read<CourseRow>(assembly, "courses.csv"))
        {
            var kind = kinds[row.TrainingKind];
            var course = new Course
            {
                Id = db.NewId(),
                Code = row.Code,
                Name = row.Name,
                NameEn = row.NameEn,
                OccupationCode = row.OccupationCode,
                OccupationName = row.OccupationName,
                Level = row.Level,
                TrainingKind = row.TrainingKind,
                Clusters = row.Clusters,
                Hours = row.Hours,
                MinSize = row.MinSize,
                MaxSize = row.MaxSize,
                Fee = row.Fee,
                Assessment = row.Assessment,
                Credential = row.Credential,
                Filing = kind.Filing,
                FollowUp = kind.FollowUp,
                AutoDispatch = kind.AutoDispatch == "yes",
                AgeMin = row.AgeMin,
                LicenceWarning = row.LicenceWarning,
                LicenceWarningEn = row.LicenceWarningEn,
                Summary = row.Summary,
                SummaryEn = row.SummaryEn,
                Certainty = row.Certainty,
                SearchText = string.Join('\n', row.Code, row.Name, row.NameEn, row.OccupationCode, row.OccupationName, row.Clusters, row.Summary, row.SummaryEn).ToUpperInvariant(),
            };
            db.Courses.Add(course);
            db.Publish(course.Id, new CourseListed
            {
                CourseCode = course.Code,
                Version = course.Version,
                Name = course.Name,
                NameEn = course.NameEn,
                OccupationCode = course.OccupationCode,
                Level = course.Level,
                TrainingKind = course.TrainingKind,
                Clusters = course.Clusters.Split(';', StringSplitOptions.RemoveEmptyEntries),
                Hours = course.Hours,
                MinSize = course.MinSize,
                MaxSize = course.MaxSize,
                Assessment = course.Assessment,
                Credential = course.Credential,
                Filing = course.Filing,
                FollowUp = course.FollowUp,
                AutoDispatch = course.AutoDispatch,
                AgeMin = course.AgeMin,
                At = now,
            });
        }
    }

    private sealed record KindRow(string Code, string Filing, string FollowUp, string AutoDispatch);

    private sealed record CourseRow(
        string Code, string Name, string NameEn, string OccupationCode, string OccupationName, string Level, string TrainingKind, string Clusters, decimal Hours, int MinSize, int MaxSize,
        decimal Fee, string Assessment, string Credential, int AgeMin, string LicenceWarning, string LicenceWarningEn, string Summary, string SummaryEn, string Certainty);
}
