using SkillStation.Contracts;
using SkillStation.Platform.Http;

namespace SkillStation.Dispatch.Domain;

/// <summary>The automatic checks of domain rule O2. What fails one is looked at by a person; nothing is refused by them alone.</summary>
internal static class TriageChecks
{
    public const string StationUnknown = nameof(StationUnknown);
    public const string AgeOutOfRange = nameof(AgeOutOfRange);
    public const string Duplicate = nameof(Duplicate);
    public const string SameOccupationThisYear = nameof(SameOccupationThisYear);
    public const string EntrepreneurVsEmploymentSameYear = nameof(EntrepreneurVsEmploymentSameYear);
    public const string NotAccessible = nameof(NotAccessible);

    private const string Wheelchair = nameof(Wheelchair);

    /// <summary>Codes of the checks that a request fails.</summary>
    /// <param name="completed">Trainings that the resident completed within the time that the rules look back.</param>
    /// <param name="openElsewhere">Whether the resident has another open request for the same occupation.</param>
    public static IReadOnlyList<string> Failed(PooledRequest request, CourseCopy course, Station? station, IReadOnlyList<CompletedTraining> completed, bool openElsewhere)
    {
        var failed = new List<string>();
        Add(station is null, StationUnknown);
        Add(request.Age < course.AgeMin, AgeOutOfRange);
        Add(openElsewhere, Duplicate);
        Add(completed.Any(c => c.OccupationCode == course.OccupationCode), SameOccupationThisYear);
        Add(completed.Any(c => Conflicts(course.TrainingKind, c.TrainingKind)), EntrepreneurVsEmploymentSameYear);
        Add(station is { Accessible: false } && request.Needs.Contains(Wheelchair), NotAccessible);
        return failed;

        void Add(bool fails, string code)
        {
            if (fails)
            {
                failed.Add(code);
            }
        }
    }

    public static string Sentence(string code) => code switch
    {
        StationUnknown => Language.Pick("点单写的站点不在名单里。", "The station of this request is not on the list."),
        AgeOutOfRange => Language.Pick("年龄没有到这门课的要求。", "Younger than this course admits."),
        Duplicate => Language.Pick("这位居民还有一张同一职业的点单没有办完。", "The resident has another open request for the same occupation."),
        SameOccupationThisYear => Language.Pick("这位居民一年内已学完同一职业的课程。", "The resident completed a course of the same occupation within a year."),
        EntrepreneurVsEmploymentSameYear => Language.Pick("创业培训和就业技能培训不能在同一年享受，这位居民一年内学完了另一类。", "Start-up and employment training do not go together in one year, and the resident completed the other kind."),
        NotAccessible => Language.Pick("居民需要轮椅通行，这个站点没有无障碍通道。", "The resident needs wheelchair access, which this station does not have."),
        _ => code,
    };

    private static bool Conflicts(string kind, string other) =>
        (kind == TrainingKinds.Entrepreneurship && IsEmployment(other)) || (IsEmployment(kind) && other == TrainingKinds.Entrepreneurship);

    private static bool IsEmployment(string kind) => kind is not (TrainingKinds.Entrepreneurship or TrainingKinds.PublicBenefit or TrainingKinds.LifeSkills);
}
