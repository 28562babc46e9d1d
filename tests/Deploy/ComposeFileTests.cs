using System.Text.RegularExpressions;

namespace SkillStation.Deploy.Tests;

public sealed partial class ComposeFileTests
{
    [Fact]
    public void The_city_is_its_database_its_broker_the_step_that_prepares_and_four_services() =>
        Assert.Equal(["sqlserver", "rabbitmq", "migrate", .. Compose.OfTheCity], Compose.Services.Keys);

    [Fact]
    public void Whatever_stays_has_a_health_check_and_comes_back_after_a_fall() => Assert.All(Compose.Services.Where(s => s.Key != "migrate"), s =>
    {
        Assert.StartsWith("CMD", s.Value["healthcheck"]!["test"].Texts()[0], StringComparison.Ordinal);
        Assert.All(["interval", "timeout", "retries", "start_period"], name => Assert.NotNull(s.Value["healthcheck"]![name]));
        Assert.Equal("unless-stopped", s.Value["restart"].Text());
    });

    [Fact]
    public void Each_has_limits_of_processor_memory_and_logs() => Assert.All(Compose.Services.Values, service =>
    {
        Assert.Matches("^[0-9.]+$", service["deploy"]!["resources"]!["limits"]!["cpus"].Text());
        Assert.Matches("^[0-9]+[MG]$", service["deploy"]!["resources"]!["limits"]!["memory"].Text());
        Assert.Matches("^[0-9]+m$", service["logging"]!["options"]!["max-size"].Text());
    });

    [Fact]
    public void A_service_starts_when_the_databases_are_prepared_and_the_broker_is_healthy()
    {
        Assert.Equal("service_healthy", Compose.Services["migrate"]["depends_on"]!["sqlserver"]!["condition"].Text());
        Assert.Equal("no", Compose.Services["migrate"]["restart"].Text());
        Assert.All(Compose.OfTheCity, name =>
        {
            var needs = Compose.Services[name]["depends_on"]!;
            Assert.Equal("service_completed_successfully", needs["migrate"]!["condition"].Text());
            Assert.Equal("service_healthy", needs["rabbitmq"]!["condition"].Text());
        });
    }

    [Fact]
    public void Our_programs_write_to_tmp_alone_and_gain_no_rights()
    {
        Assert.All(Compose.OfTheCity.Append("migrate"), name =>
        {
            var service = Compose.Services[name];
            Assert.Equal("skillstation:local", service["image"].Text());
            Assert.Equal("true", service["read_only"].Text());
            Assert.Equal(["/tmp"], service["tmpfs"].Texts());
            Assert.Equal(["ALL"], service["cap_drop"].Texts());
            Assert.Null(service["privileged"]);
        });
        Assert.All(Compose.Services.Values, s => Assert.Contains("no-new-privileges:true", s["security_opt"].Texts()));
    }

    [Fact]
    public void The_image_does_not_run_as_root_and_holds_the_runtime_alone()
    {
        var lines = File.ReadAllLines(Repository.PathOf("deploy", "Dockerfile"));

        Assert.Equal("USER $APP_UID", lines.Last(l => l.StartsWith("USER", StringComparison.Ordinal)));
        Assert.StartsWith("FROM mcr.microsoft.com/dotnet/aspnet:10.0", lines.Last(l => l.StartsWith("FROM", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_image_is_built_from_is_there()
    {
        var copied = File.ReadAllLines(Repository.PathOf("deploy", "Dockerfile"))
            .Where(l => l.StartsWith("COPY ", StringComparison.Ordinal) && !l.Contains("--from", StringComparison.Ordinal))
            .SelectMany(l => l.Split(' ')[1..^1])
            .ToList();

        Assert.NotEmpty(copied);
        Assert.All(copied, path => Assert.True(Path.Exists(Repository.PathOf(path)), path));
        Assert.All(Compose.OfTheCity, name => Assert.Equal("deploy/Dockerfile", Compose.Services[name]["build"]!["dockerfile"].Text()));
    }

    [Fact]
    public void Ports_are_open_to_this_machine_alone_and_each_only_once()
    {
        var ports = Compose.Services.SelectMany(s => s.Value["ports"].Texts()).ToList();

        Assert.Equal(Compose.OfTheCity.Count, ports.Distinct().Count());
        Assert.All(ports, port => Assert.Matches("^127\\.0\\.0\\.1:[0-9]+:8080$", port));
    }

    [Fact]
    public void Rows_and_messages_live_in_named_volumes_and_files_that_are_mounted_exist()
    {
        var volumes = Compose.Services.SelectMany(s => s.Value["volumes"].Texts()).Select(v => v.Split(':')).ToList();

        Assert.Contains(volumes, v => v is ["sql", "/var/opt/mssql"]);
        Assert.Contains(volumes, v => v is ["rabbit", "/var/lib/rabbitmq"]);
        Assert.Equal(volumes.Where(v => !v[0].StartsWith('.')).Select(v => v[0]), Compose.File["volumes"].Entries().Select(v => v.Key));
        Assert.All(volumes.Where(v => v[0].StartsWith('.')), v => Assert.True(v[^1] == "ro" && File.Exists(Repository.PathOf(v[0])), v[0]));
    }

    [Fact]
    public void No_password_is_written_down()
    {
        var settings = Compose.Services.Keys.SelectMany(Compose.Environment).ToList();
        var passwords = settings.Where(e => PasswordName().IsMatch(e.Key)).Select(e => e.Value)
            .Concat(settings.SelectMany(e => PasswordInside().Matches(e.Value)).Select(m => m.Groups["value"].Value))
            .ToList();

        Assert.Equal(2 + (5 * 2), passwords.Count);   // the two servers', and both in each of our programs
        Assert.All(passwords, password => Assert.StartsWith("${", password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_variable_without_a_default_is_made_by_the_script()
    {
        var needed = Compose.Variable().Matches(Compose.Source).Where(v => !v.Groups["default"].Success).Select(v => v.Groups["name"].Value).Distinct().Order();

        Assert.Equal(needed, (await Compose.Secrets()).Keys.Order());
    }

    [Fact]
    public async Task The_script_makes_long_passwords_anew_each_time()
    {
        var (first, second) = (await Compose.Secrets(), await Compose.Secrets());

        Assert.All(first.Values.Concat(second.Values), password => Assert.Matches("^[A-Za-z0-9]{35}$", password));
        Assert.Equal(4, first.Values.Concat(second.Values).Distinct().Count());
        Assert.All(first.Values, password => Assert.True(password.Any(char.IsUpper) && password.Any(char.IsLower) && password.Any(char.IsDigit)));
    }

    [Fact]
    public async Task The_script_leaves_passwords_that_are_there_alone_and_shows_them_to_their_owner_only()
    {
        var copy = Repository.CopyOfDeploy();
        var script = Path.Combine(copy, "deploy/secrets.sh");
        await Repository.Run("bash", script);
        var before = await File.ReadAllTextAsync(Path.Combine(copy, ".env"));

        var (code, output) = await Repository.Run("bash", script);

        Assert.Equal(0, code);
        Assert.Contains("nothing changed", output, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(Path.Combine(copy, ".env")));
        Assert.Equal("600", (await Repository.Run("stat", "-c", "%a", Path.Combine(copy, ".env"))).Output.Trim());
        Assert.Contains(".env", File.ReadAllLines(Repository.PathOf(".gitignore")));
        Assert.Contains(".env", File.ReadAllLines(Repository.PathOf(".dockerignore")));
        Directory.Delete(copy, recursive: true);
    }

    [Fact]
    public async Task Docker_compose_itself_understands_the_file()
    {
        Assert.SkipUnless(Repository.Has("docker-compose"), "docker-compose is not installed; tests/run installs it (Debian package docker-compose).");
        var secrets = Path.GetTempFileName();
        await File.WriteAllLinesAsync(secrets, (await Compose.Secrets()).Select(s => $"{s.Key}={s.Value}"));

        var (code, output) = await Repository.Run("docker-compose", "--env-file", secrets, "-f", Repository.PathOf("docker-compose.yml"), "config", "-q");

        Assert.True(code == 0, output);
        File.Delete(secrets);
    }

    [GeneratedRegex("PASS(WORD)?$")]
    private static partial Regex PasswordName();

    [GeneratedRegex("Password=(?<value>[^;]*)|amqp://[^:]*:(?<value>.*)@")]
    private static partial Regex PasswordInside();
}
