using Microsoft.AspNetCore.Components;
using SkillStation.Portal.Session;
using SkillStation.Portal.Shell;

namespace SkillStation.Portal.Parts;

/// <summary>What nearly every page needs at hand.</summary>
public abstract class PageBase : ComponentBase
{
    [Inject]
    public required Form Form { get; init; }

    [Inject]
    public required Visitor Visitor { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Inject]
    public required IHttpContextAccessor Accessor { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    protected HttpContext Context => Accessor.HttpContext!;

    /// <summary>The visitor has gone.</summary>
    protected CancellationToken Stop => Context.RequestAborted;

    protected DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>The address of this page with its query, as one value.</summary>
    protected string Here => Context.Request.Path + Context.Request.QueryString;

    protected Whereabouts? Near => Whereabouts.Of(Context);

    /// <summary>"出错：" in the window's title while something is wrong.</summary>
    protected string Title(string name) => (Form.IsWrong ? Platform.Http.Language.Pick("出错：", "Error: ") : "") + name + Platform.Http.Language.Pick(" · 技能加油站", " · Skill Stations");

    /// <summary>Goes to a page of this site.</summary>
    protected void Go(string path) => Navigation.NavigateTo(Preferences.SafePath(path));

    protected static string Encoded(string text) => Uri.EscapeDataString(text);
}
