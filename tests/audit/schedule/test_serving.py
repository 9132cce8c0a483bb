"""The foreground runner: a simulated year, restarts, a damaged schedule, a stop."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from corpuskit.audit.schedule.audit_process import Stopped
from corpuskit.audit.schedule.serving import serve
from corpuskit.audit.schedule.stored import load_state

from .simulated import DONE, FAILED, World, schedule

START, END = datetime(2027, 12, 31, 20, tzinfo=UTC), datetime(2028, 12, 31, 20, tzinfo=UTC)


def served(world: World, folder, until: datetime, restart_every: timedelta | None = None, longest_sleep: timedelta = timedelta(days=1)) -> list:
    """Serve until a moment, with a new process after each so many days."""
    told = []
    while world.now < until:
        stop = min(until, world.now + restart_every) if restart_every else until

        def wait(seconds, stop=stop):
            world.now += timedelta(seconds=seconds)
            return world.now >= stop

        serve(world.runner(folder), wait, told.append, longest_sleep)
    return told


def test_a_leap_year_of_a_nightly_and_a_monthly_schedule(tmp_path):
    """Berlin at 02:30, with both clock changes and 29 February: 366 audits, each day one."""
    schedule(tmp_path, "nightly", "30 2 * * *", created_at=START)
    schedule(tmp_path, "tokyo", "30 2 L * *", "Asia/Tokyo", created_at=START)
    world = World(START)
    served(world, tmp_path, END)
    berlin = [moment.astimezone(ZoneInfo("Europe/Berlin")).date() for name, moment in world.runs if name == "nightly"]
    assert len(berlin) == len(set(berlin)) == 366
    tokyo = [moment.astimezone(ZoneInfo("Asia/Tokyo")).date() for name, moment in world.runs if name == "tokyo"]
    assert [(day + timedelta(days=1)).day for day in tokyo] == [1] * 12


def test_restarts_neither_repeat_nor_lose_a_run(tmp_path):
    schedule(tmp_path, "nightly", "30 2 * * *", created_at=START)
    world = World(START)
    served(world, tmp_path, END, restart_every=timedelta(hours=7))
    assert len(world.runs) == 366
    assert len(load_state("nightly", tmp_path).worked_off) == 366


def test_a_failure_is_made_up_without_being_asked(tmp_path):
    schedule(tmp_path, "weekly", "0 6 * * 1", created_at=START)
    world = World(START, lambda n: FAILED if n == 1 else DONE)
    told = served(world, tmp_path, START + timedelta(days=7))
    assert [worked.result.exit_code for worked in told] == [2, 0]
    first, second = (moment for _, moment in world.runs)
    assert timedelta(minutes=50) <= second - first < timedelta(hours=1)


def test_a_damaged_schedule_is_told_once_and_holds_up_no_other(tmp_path):
    schedule(tmp_path, "nightly", "30 2 * * *", created_at=START)
    (tmp_path / "broken.schedule.json").write_text("{", encoding="utf-8")
    world = World(START)
    told = served(world, tmp_path, START + timedelta(days=3))
    assert len(world.runs) == 3
    assert [message for message in told if isinstance(message, str) and "broken.schedule.json" in message] == told[:1]


def test_a_full_disk_is_told_once_and_the_runner_goes_on(tmp_path):
    schedule(tmp_path, "nightly", "30 2 * * *", created_at=START)

    def full(n):
        if n < 3:
            raise OSError(28, "No space left on device", "state")
        return DONE

    world = World(START, full)
    told = served(world, tmp_path, START + timedelta(days=4))
    assert told[0] == "[Errno 28] No space left on device: 'state'"
    assert [worked.result.exit_code for worked in told[1:]] == [0] * len(told[1:])
    assert len(load_state("nightly", tmp_path).worked_off) >= 2


def test_a_stop_within_an_audit_ends_it(tmp_path):
    schedule(tmp_path, "nightly", "30 2 * * *", created_at=START)

    def stop(n):
        raise Stopped

    world = World(START + timedelta(hours=6), stop)
    told: list[object] = []
    serve(world.runner(tmp_path), lambda _: False, told.append)
    assert (len(world.runs), told) == (1, [])
    assert load_state("nightly", tmp_path).worked_off == (), "owed again when it serves again"
