using SkillStation.Contracts;
using SkillStation.Portal.Clients;
using static SkillStation.Platform.Http.Language;

namespace SkillStation.Portal.Parts;

/// <summary>A trade as residents look for it: a word, an icon and a colour.</summary>
/// <param name="Words">What the catalogue is searched for.</param>
/// <param name="Kind">Or the training kind that it is.</param>
public sealed record Trade(string Key, string Name, string Icon, string Colour, string? Words, string? Kind = null)
{
    /// <summary>The eight on the first page, in the visitor's language.</summary>
    public static IReadOnlyList<Trade> All =>
    [
        new("care", Pick("养老育婴", "Care"), "heart-handshake", "c-kapok", "一老一小"),
        new("home", Pick("家政服务", "Household"), "house", "c-teal", "南粤家政"),
        new("food", Pick("餐饮厨艺", "Cooking"), "chef-hat", "c-amber", "粤菜师傅"),
        new("electric", Pick("电工制造", "Electrics"), "zap", "c-blue", "智能装备"),
        new("web", Pick("电商直播", "Online sales"), "video", "c-violet", "互联网"),
        new("ai", Pick("人工智能", "AI"), "bot", "c-violet", "人工智能"),
        new("car", Pick("汽车机械", "Cars"), "car", "c-blue", "汽车"),
        new("life", Pick("生活技能", "Everyday life"), "smartphone", "c-green", null, TrainingKinds.LifeSkills),
    ];

    /// <summary>The look of a course.</summary>
    public static Trade Of(IReadOnlyList<string> clusters, string trainingKind, Words name) =>
        All.FirstOrDefault(t => t.Kind == trainingKind || (t.Words is { } words && (clusters.Any(c => c.Contains(words, StringComparison.Ordinal)) || name.Zh.Contains(words, StringComparison.Ordinal))))
        ?? new Trade("", "", IconOf(name.Zh), "c-blue", null);

    private static string IconOf(string name) => name switch
    {
        _ when name.Contains("司机", StringComparison.Ordinal) || name.Contains("物流", StringComparison.Ordinal) || name.Contains("快递", StringComparison.Ordinal) => "truck",
        _ when name.Contains('美') => "scissors",
        _ when name.Contains('茶') || name.Contains("咖啡", StringComparison.Ordinal) => "coffee",
        _ when name.Contains("无人机", StringComparison.Ordinal) => "plane",
        _ when name.Contains('工') => "wrench",
        _ => "graduation-cap",
    };
}
