"""Files for programs that call audits: their own linters take them, and the audit gets the words that were meant, whatever a folder is named."""

import ast
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import types
from datetime import date
from pathlib import Path

import kubernetes_validate
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.audit import AUTOMATIONS, Wanted, example
from corpuskit.errors import UsageError
from tests.audit.company import tickets

ROOT = Path(__file__).parents[3]
BIN = Path(sys.executable).parent
HERE, TODAY = Path("/home/me"), date(2026, 11, 30)
HOSTILE = (
    *("規程 集", "it's", 'say "hi"', "$HOME", "$(touch pwned)", "`touch pwned`", "a: b # c", "-n", "100%"),
    *("{{ dag }}", "\\", "[[ x ]]", "=SUM(1)"),
)
OUTCOME = "corpuskit-outcome.json"
each_kind = pytest.mark.parametrize("kind", AUTOMATIONS)
each_language = pytest.mark.parametrize("language", ["en", "ja"])


def made(kind: str, **wanted: object) -> str:
    return example(AUTOMATIONS[kind], Wanted(**wanted), HERE, TODAY)


def command(kind: str, **wanted: object) -> list[str]:
    chosen = AUTOMATIONS[kind]
    return list(Wanted(**wanted).fitted(chosen, HERE).command(chosen))


def steps(text: str) -> dict[str, dict]:
    return {step.get("name", step.get("uses")): step for step in yaml.safe_load(text)["jobs"]["audit"]["steps"]}


def words(kind: str, text: str) -> list[str]:
    """Read the words of the audit as the program would that the file is for."""
    if kind == "airflow":
        (assigned,) = [node for node in ast.parse(text).body if isinstance(node, ast.Assign) and node.targets[0].id == "COMMAND"]
        return ast.literal_eval(assigned.value)
    if kind == "github-actions":
        return shlex.split(steps(text)["Audit"]["run"])[:-2]
    if kind == "gitlab-ci":
        return shlex.split(yaml.safe_load(text)["corpuskit-audit"]["script"][1])[:-2]
    if kind == "pre-commit":
        (hook,) = yaml.safe_load(text)["repos"][0]["hooks"]
        return [*shlex.split(hook["entry"]), *hook["args"]]
    (container,) = next(yaml.safe_load_all(text))["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"]
    return ["corpuskit", *(word.replace("$$(", "$(") for word in container["args"])]


CALLING = [kind for kind in AUTOMATIONS if kind != "docker"]


@pytest.mark.parametrize("kind", CALLING)
@each_language
def test_the_audit_gets_the_words_that_were_meant(kind, language):
    documents = tuple(f"/data/{name}" for name in HOSTILE)
    wanted = {"documents": documents, "options": ("--fail-under", "ticket_routing@問合せ.csv=0.8"), "language": language}
    found = words(kind, made(kind, **wanted))
    assert found == command(kind, **wanted)
    assert found[-len(documents) :] == list(documents)
    assert found[found.index("--report-lang") + 1] == language


PRINTABLE = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).filter(str.isprintable)


@pytest.mark.parametrize("kind", CALLING)
@given(name=PRINTABLE)
def test_any_name_is_carried_or_refused(kind, name):
    try:
        text = made(kind, documents=(f"/{name}",))
    except UsageError:
        assert "${{" in name
        return
    assert words(kind, text) == command(kind, documents=(f"/{name}",))


@pytest.mark.parametrize("kind", ["github-actions", "gitlab-ci"])
def test_a_real_shell_runs_the_audit_and_nothing_else(kind, tmp_path):
    """A stand-in for corpuskit writes down what it gets and ends with 1, which the step then ends with."""
    (tmp_path / "corpuskit").write_text(f'#!/bin/sh\nprintf "%s\\0" "$0" "$@" > {tmp_path}/words\nexit 1\n', encoding="utf-8")
    (tmp_path / "corpuskit").chmod(0o755)
    text = made(kind, documents=HOSTILE)
    script = steps(text)["Audit"]["run"] if kind == "github-actions" else yaml.safe_load(text)["corpuskit-audit"]["script"][1]
    environment = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    ended = subprocess.run(["bash", "-e", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert (ended.returncode, ended.stderr) == (1, "")
    assert (tmp_path / "words").read_text(encoding="utf-8").split("\0")[1:-1] == command(kind, documents=HOSTILE)[1:]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["corpuskit", OUTCOME, "words"]


def linted(*arguments: object) -> None:
    ended = subprocess.run([str(word) for word in arguments], capture_output=True, text=True, check=False, timeout=120)
    assert ended.returncode == 0, ended.stdout + ended.stderr


@pytest.mark.parametrize(("kind", "schema"), [("github-actions", "vendor.github-workflows"), ("gitlab-ci", "vendor.gitlab-ci")])
@each_language
def test_the_schema_of_the_runner_takes_it(kind, schema, language, tmp_path):
    path = tmp_path / "ci.yml"
    path.write_text(made(kind, documents=HOSTILE, language=language, zone="Asia/Tokyo"), encoding="utf-8")
    linted(BIN / "check-jsonschema", "--builtin-schema", schema, path)


@pytest.mark.parametrize("version", ["1.31", "1.37"])
@each_language
def test_the_schema_of_kubernetes_takes_it(version, language):
    job, claim = yaml.safe_load_all(made("kubernetes", language=language, zone="Asia/Tokyo", documents=("/data/a", "/data/b")))
    for resource in (job, claim):
        kubernetes_validate.validate(resource, version, strict=True)
    spec = job["spec"]["jobTemplate"]["spec"]
    pod = spec["template"]["spec"]
    mounts = {mount["name"]: mount for mount in pod["containers"][0]["volumeMounts"]}
    assert (job["spec"]["timeZone"], job["spec"]["concurrencyPolicy"]) == ("Asia/Tokyo", "Forbid")
    assert spec["podFailurePolicy"]["rules"] == [{"action": "FailJob", "onExitCodes": {"containerName": "audit", "operator": "In", "values": [1]}}]
    assert pod["restartPolicy"] == "Never", "Kubernetes takes a pod failure policy with it only"
    assert (mounts["documents"]["mountPath"], mounts["documents"]["readOnly"]) == ("/data", True)
    assert {volume["persistentVolumeClaim"]["claimName"] for volume in pod["volumes"] if "persistentVolumeClaim" in volume} == {
        "documents",
        claim["metadata"]["name"],
    }


@each_language
def test_pre_commit_takes_the_configuration_and_the_manifest(language, tmp_path):
    path = tmp_path / ".pre-commit-config.yaml"
    path.write_text(made("pre-commit", documents=HOSTILE, language=language), encoding="utf-8")
    linted(BIN / "pre-commit", "validate-config", path)
    linted(BIN / "pre-commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml")


def test_the_hook_of_the_manifest_is_a_call_that_audit_takes(tmp_path):
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    program, *words = shlex.split(hook["entry"])
    assert (program, hook["pass_filenames"]) == ("corpuskit", False)
    linted(sys.executable, "-m", "corpuskit", *words, "--print-config", "--", tmp_path)


@pytest.mark.skipif(shutil.which("git") is None, reason="no git on this machine")
def test_a_push_is_stopped_by_the_gate_only(tmp_path):
    """The real pre-commit, in a repository, on a small company; without network."""
    (tmp_path / "documents").mkdir()
    tickets(tmp_path / "documents", rows=60)
    place = {
        **os.environ,
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "PRE_COMMIT_HOME": str(tmp_path / "home"),
        "XDG_CACHE_HOME": str(tmp_path),
    }

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(arguments, cwd=tmp_path, env=place, capture_output=True, text=True, encoding="utf-8", check=False, timeout=300)

    def hook(*options: str) -> subprocess.CompletedProcess[str]:
        (tmp_path / ".pre-commit-config.yaml").write_text(made("pre-commit", options=options), encoding="utf-8")
        run("git", "add", ".pre-commit-config.yaml", "documents")
        return run("pre-commit", "run", "--hook-stage", "pre-push", "--all-files", "corpuskit-audit")

    assert run("git", "init", "-q").returncode == 0
    stopped = hook("--fail-under", "ticket_routing@tickets.csv=1")
    assert stopped.returncode == 1, stopped.stdout + stopped.stderr
    assert "- exit code: 1" in stopped.stdout, stopped.stdout
    assert "Fails the gate: Ticket routing (tickets.csv)" in stopped.stdout, "it says what stands at the gate"
    passed = hook("--fail-on", "error")
    assert passed.returncode == 0, passed.stdout + passed.stderr
    assert len(list((tmp_path / "reports" / "history").glob("*.record.json"))) == 2
    assert len(list((tmp_path / "reports").glob("*.sarif"))) == 2


@each_language
def test_github_keeps_history_findings_and_reports_also_where_the_gate_holds(language):
    text = made("github-actions", language=language, reports="out", zone="Europe/Berlin")
    workflow, found = yaml.safe_load(text), steps(text)
    assert workflow[True]["schedule"] == [{"cron": "17 3 * * 1", "timezone": "Europe/Berlin"}], "YAML 1.1 reads the key on as true"
    assert workflow["permissions"] == {"actions": "read", "contents": "read", "security-events": "write"}
    after = [found[name] for name in ("Keep the history", "Show the findings", "Keep the reports")]
    assert all("!cancelled()" in step["if"] for step in after), "without a condition a step is left out after exit code 1"
    assert found["Show the findings"]["if"] == "${{ !cancelled() && hashFiles('out/*.sarif') != '' }}"
    assert found["Show the findings"]["with"]["sarif_file"] == "out"
    name = found["Keep the history"]["with"]["name"]
    assert f"--name {name} --dir out/history" in found["Fetch the history"]["run"]
    linted("bash", "-n", "-c", found["Fetch the history"]["run"])


def run_dag(text: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """Run a DAG file with stand-ins for Airflow; give how the DAG and its task were declared, and the task."""
    seen: dict[str, object] = {}

    def dag(**declared: object):
        seen["dag"] = declared
        return lambda function: function

    def task(**declared: object):
        seen["task"] = declared

        def of(function):
            seen["run"] = function
            return lambda: None

        return of

    sdk = types.SimpleNamespace(dag=dag, task=task)
    exceptions = types.SimpleNamespace(AirflowFailException=type("AirflowFailException", (Exception,), {}))
    pendulum = types.SimpleNamespace(datetime=lambda *day, tz: (*day, tz))
    stand_ins = {"airflow": types.SimpleNamespace(), "airflow.sdk": sdk, "airflow.sdk.exceptions": exceptions, "pendulum": pendulum}
    for name, module in stand_ins.items():
        monkeypatch.setitem(sys.modules, name, module)
    exec(compile(text, "corpuskit_audit.py", "exec"), {"__name__": "corpuskit_audit"})
    return seen


@pytest.mark.parametrize(("code", "raised"), [(0, None), (1, "AirflowFailException"), (2, "RuntimeError")])
@each_language
def test_airflow_tries_again_what_could_not_be_made_and_no_finding(code, raised, language, tmp_path, monkeypatch):
    (tmp_path / "corpuskit").write_text(f"#!/bin/sh\necho outcome\nexit {code}\n", encoding="utf-8")
    (tmp_path / "corpuskit").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    seen = run_dag(made("airflow", language=language, zone="Asia/Tokyo", reports=str(tmp_path / "reports")), monkeypatch)
    assert seen["dag"]["schedule"] == "17 3 * * 1"
    assert seen["dag"]["start_date"] == (2026, 11, 30, "Asia/Tokyo")
    assert (seen["dag"]["catchup"], seen["dag"]["max_active_runs"], seen["task"]["retries"]) == (False, 1, 2)
    if raised is None:
        seen["run"]()
    else:
        with pytest.raises(Exception, match=r"gate|判定|audit|監査") as caught:
            seen["run"]()
        assert type(caught.value).__name__ == raised
    assert (tmp_path / "reports" / OUTCOME).read_text(encoding="utf-8") == "outcome\n"


AIRFLOW = os.environ.get("CORPUSKIT_AIRFLOW_PYTHON", "")
LOADED = """
import sys
from airflow.dag_processing.dagbag import DagBag
bag = DagBag(sys.argv[1])
assert not bag.import_errors, bag.import_errors
dag = bag.dags["corpuskit_audit"]
print("loaded", dag.timezone, dag.catchup, [task.task_id for task in dag.tasks])
"""


@pytest.mark.skipif(not AIRFLOW, reason="Airflow pins a hundred packages of its own; CORPUSKIT_AIRFLOW_PYTHON names a Python that has it")
@each_language
def test_the_real_airflow_loads_the_dag(language, tmp_path):
    (tmp_path / "dags").mkdir()
    (tmp_path / "dags" / "corpuskit_audit.py").write_text(made("airflow", language=language, zone="Asia/Tokyo"), encoding="utf-8")
    environment = {"PATH": os.environ["PATH"], "AIRFLOW_HOME": str(tmp_path), "AIRFLOW__CORE__LOAD_EXAMPLES": "False"}
    loaded = subprocess.run(
        [AIRFLOW, "-W", "error::DeprecationWarning:unusual_prefix", "-c", LOADED, str(tmp_path / "dags")],
        env=environment, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert "loaded Asia/Tokyo False ['audit']" in loaded.stdout, loaded.stderr
    assert "is deprecated" not in loaded.stdout + loaded.stderr


@pytest.mark.skipif(shutil.which("hadolint") is None, reason="no hadolint on this machine (https://github.com/hadolint/hadolint)")
@each_language
def test_hadolint_takes_the_image(language, tmp_path):
    (tmp_path / "Dockerfile").write_text(made("docker", language=language), encoding="utf-8")
    linted("hadolint", tmp_path / "Dockerfile")


def test_the_image_runs_as_the_user_that_kubernetes_names():
    user = yaml.safe_load(made("kubernetes").split("---")[0])["spec"]["jobTemplate"]["spec"]["template"]["spec"]["securityContext"]["runAsUser"]
    image = made("docker")
    assert re.search(r"useradd --uid (\d+)", image)[1] == str(user)
    assert re.search(r"^USER (\d+)$", image, re.MULTILINE)[1] == str(user)
    assert json.loads(re.search(r"^ENTRYPOINT (.*)$", image, re.MULTILINE)[1]) == ["corpuskit"]


@each_kind
@each_language
def test_every_file_says_what_exit_codes_mean(kind, language):
    text = made(kind, language=language)
    comments = "".join(re.findall(r"^ *# ?(.*)$", text, re.MULTILINE))
    assert all(f"{code}{colon}" in comments for code in (0, 1, 2) for colon in (":" if language == "en" else "：",))
    assert all(len(line) < 121 for line in text.splitlines() if line.lstrip().startswith("#"))
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
