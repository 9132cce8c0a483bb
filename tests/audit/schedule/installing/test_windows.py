"""Tasks of Windows, held against the structure that Microsoft publishes for version 1.2 (MS-TSCH 2.5)."""

import subprocess

import pytest
from lxml import etree

from corpuskit.audit.schedule.installing.windows import NAMESPACE, WindowsTask, task_xml

from .machines import BERLIN, COMMAND, EXPRESSIONS, TOKYO, Asked, job

TOP = ["RegistrationInfo", "Triggers", "Principals", "Settings", "Actions"]
DAYS = {"ScheduleByDay", "ScheduleByWeek", "ScheduleByMonth"}


def task(every="0 6 * * 1", zone=BERLIN):
    return etree.fromstring(task_xml(job(every, zone), Asked().machine(None, "win32")))


def names(element):
    return [etree.QName(child).localname for child in element]


def texts(element, path):
    return [found.text for found in element.iterfind("/".join(f"{{{NAMESPACE}}}{part}" for part in path.split("/")))]


@pytest.mark.parametrize("every", EXPRESSIONS)
def test_every_task_has_the_published_structure(every):
    root = task(every)
    assert (etree.QName(root).localname, etree.QName(root).namespace, root.get("version")) == ("Task", NAMESPACE, "1.2")
    assert names(root) == TOP
    triggers = root.find(f"{{{NAMESPACE}}}Triggers")
    assert 1 <= len(triggers) <= 48
    for trigger in triggers:
        if etree.QName(trigger).localname == "TimeTrigger":
            assert names(trigger) == ["Repetition", "StartBoundary", "Enabled"]
        else:
            assert names(trigger)[:2] == ["StartBoundary", "Enabled"]
            assert len(trigger) == 3
            assert names(trigger)[2] in DAYS
    looks = texts(root, "Triggers/TimeTrigger/Repetition/Interval")
    assert looks == (["PT60M"] if len(triggers) > 1 else ["PT15M"])


def test_days_of_week_and_month_are_named():
    weekly = task("0 6 * * mon,fri")
    assert names(weekly.find(f".//{{{NAMESPACE}}}DaysOfWeek")) == ["Monday", "Friday"]
    assert texts(weekly, "Triggers/CalendarTrigger/StartBoundary") == ["2026-01-02T06:00:00"]
    monthly = task("30 23 1,L 3,12 *")
    assert texts(monthly, "Triggers/CalendarTrigger/ScheduleByMonth/DaysOfMonth/Day") == ["1", "Last"]
    assert names(monthly.find(f".//{{{NAMESPACE}}}Months")) == ["March", "December"]
    both = task("0 0 13 * 5")
    assert len(both.findall(f".//{{{NAMESPACE}}}CalendarTrigger")) == 2


@pytest.mark.parametrize(("every", "zone"), [("0 6 * * 1", TOKYO), ("0 6 * * 5#2", BERLIN), ("0 6 */2 * 5", BERLIN), ("*/10 * * * *", BERLIN)])
def test_what_it_cannot_say_is_looked_for_every_quarter_of_an_hour(every, zone):
    root = task(every, zone)
    assert texts(root, "Triggers/TimeTrigger/Repetition/Interval") == ["PT15M"]
    assert texts(root, "Triggers/CalendarTrigger/StartBoundary") == []


def test_the_command_is_quoted_as_windows_splits_it():
    root = task()
    assert texts(root, "Actions/Exec/Command") == [COMMAND[0]]
    assert texts(root, "Actions/Exec/Arguments") == [subprocess.list2cmdline(COMMAND[1:])]
    assert texts(root, "Settings/ExecutionTimeLimit") == ["PT0S"]


def test_it_is_created_over_an_older_one_and_deleted(tmp_path):
    asked = Asked()
    machine = asked.machine(tmp_path, "win32")
    WindowsTask().install(job(), machine)
    assert asked.calls[0][:4] == ("schtasks", "/Create", "/TN", "corpuskit\\weekly")
    assert asked.calls[0][-1] == "/F"
    WindowsTask().remove(job(), machine)
    assert asked.calls[-1] == ("schtasks", "/Delete", "/TN", "corpuskit\\weekly", "/F")
    gone = Asked({"schtasks /Query": (1, b"", b"cannot find the file")}).machine(tmp_path, "win32")
    assert WindowsTask().remove(job(), gone) == ("task corpuskit\\weekly: not installed",)


def test_the_file_is_utf_16_with_its_mark():
    written = task_xml(job(), Asked().machine(None, "win32"))
    assert written[:2] in (b"\xff\xfe", b"\xfe\xff")
    assert "encoding='UTF-16'" in written.decode("utf-16")
