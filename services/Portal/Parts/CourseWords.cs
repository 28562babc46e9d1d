using System.Globalization;
using SkillStation.Contracts;
using static SkillStation.Platform.Http.Language;

namespace SkillStation.Portal.Parts;

/// <summary>The words that travel as codes, as people read them. An unknown code stays as it is.</summary>
public static class CourseWords
{
    public static string Fee(decimal fee) => fee == 0 ? Pick("免费", "Free") : "¥" + fee.ToString("0.##", CultureInfo.InvariantCulture);

    public static string Hours(decimal hours) => Pick($"{Number(hours)} 学时", $"{Number(hours)} hours");

    public static string Number(decimal number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>Null for a course without a level.</summary>
    public static string? Level(string level) => level switch
    {
        "L5" => Pick("五级 / 初级", "Basic"),
        "L4" => Pick("四级 / 中级", "Intermediate"),
        "L3" => Pick("三级 / 高级", "Advanced"),
        _ => null,
    };

    public static string Times(string pattern) => pattern switch
    {
        TimePatterns.WeekdayDaytime => Pick("工作日白天", "Weekday daytime"),
        TimePatterns.WeekdayEvening => Pick("工作日晚上", "Weekday evenings"),
        TimePatterns.Weekend => Pick("周末", "Weekends"),
        _ => pattern,
    };

    public static string Kind(string kind) => kind switch
    {
        TrainingKinds.SkillUpgrade => Pick("职业技能提升培训", "Skill upgrading"),
        TrainingKinds.Apprenticeship => Pick("学徒制培训", "Apprenticeship"),
        TrainingKinds.ProjectBased => Pick("项目制培训", "Project-based training"),
        TrainingKinds.SpecialTopic => Pick("专项培训", "Special-topic training"),
        TrainingKinds.PreJob => Pick("岗前培训", "Pre-job training"),
        TrainingKinds.PublicBenefit => Pick("公益培训", "Public-benefit course"),
        TrainingKinds.Entrepreneurship => Pick("创业培训", "Starting a business"),
        TrainingKinds.PracticalPlacement => Pick("就业实训", "Practical placement"),
        TrainingKinds.LifeSkills => Pick("生活技能", "Everyday skills"),
        _ => kind,
    };

    public static string Goal(string goal) => goal switch
    {
        Goals.FindJob => Pick("找工作", "Find work"),
        Goals.ChangeJob => Pick("换工作", "Change jobs"),
        Goals.Promotion => Pick("在岗提升", "Get on at work"),
        Goals.StartBusiness => Pick("自己创业", "Start a business"),
        Goals.Life => Pick("生活爱好", "For everyday life"),
        _ => goal,
    };

    public static string Need(string need) => need switch
    {
        "Wheelchair" => Pick("轮椅通行", "Wheelchair access"),
        "SignLanguage" => Pick("手语", "Sign language"),
        "Cantonese" => Pick("粤语讲课", "Taught in Cantonese"),
        "LargeText" => Pick("大字教材", "Large print"),
        "ChildCare" => Pick("托管孩子", "Child care"),
        _ => need,
    };

    public static string Credential(string credential) => credential switch
    {
        "SkillLevelCertificate" => Pick("职业技能等级证书", "Skill level certificate"),
        "SpecialAbilityCertificate" => Pick("专项职业能力证书", "Special ability certificate"),
        "AttendanceProof" => Pick("学时证明", "Proof of attendance"),
        "CompletionCertificate" => Pick("培训合格证书", "Completion certificate"),
        "None" => Pick("不发证书", "No certificate"),
        _ => credential,
    };

    public static string Consent(string purpose) => purpose switch
    {
        ConsentPurposes.HandleRequest => Pick("用我的资料办理点单（必须）", "Use my data to handle my requests (needed)"),
        ConsentPurposes.FollowUpContact => Pick("结业后联系我，问问工作情况", "Contact me after the course about work"),
        ConsentPurposes.ShareWithEmployers => Pick("把我推荐给招聘单位", "Suggest me to employers"),
        ConsentPurposes.FaceCheckIn => Pick("用人脸签到（不同意也能上课）", "Check in by face (not needed for class)"),
        _ => purpose,
    };
}
