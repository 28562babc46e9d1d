using Microsoft.AspNetCore.Components;

namespace SkillStation.Portal.Parts;

/// <summary>A part of a form: drawn again when the form has something new to say.</summary>
public abstract class FormPart : ComponentBase
{
    [Inject]
    public required Form Form { get; init; }

    protected override void OnInitialized() => Form.Changed += StateHasChanged;
}
