"""Subtitles and transcripts (.srt, .vtt): cues joined to paragraphs, each under the time at which it begins."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpuskit.errors import ReadError
from corpuskit.ingest.decoding import decode
from corpuskit.ingest.outline import Outline, clean, join
from corpuskit.ingest.reader import Extraction, RawFile, Reader

PAUSE = 2.0
"""Seconds of silence that end a paragraph; because speakers breathe within one second and subtitles follow each other at once."""

LONGEST_PARAGRAPH = 600
"""Characters after which the next end of a sentence ends the paragraph; because a talk without pauses is no single paragraph."""

_TIMES = re.compile(
    r"\s*(?:(\d{1,3}):)?([0-5]?\d):([0-5]?\d)(?:[.,](\d{1,3}))?\s*-->\s*(?:(\d{1,3}):)?([0-5]?\d):([0-5]?\d)(?:[.,](\d{1,3}))?(?:\s|$)"
)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]*)>")
_READING = re.compile(r"<rt>.*?(?:</rt>|$)", re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>|<\d[\d:.]*>|\{\\[^{}]{0,100}\}")
_SPEAKER = re.compile(r"(?:[-–—]\s?)?([^\s:：。、,.!?！？][^:：。、,.!?！？]{0,30})[:：]\s*\S")
_ENDS_SENTENCE = re.compile(r"[。．.!?！？…♪][」』）)\"”]?$")


@dataclass(slots=True)
class _Cue:
    begin: float
    end: float
    text: str


def _read_subtitles(file: RawFile) -> Extraction:
    decoded = decode(file.data, forced=file.options.encoding)
    lines = decoded.text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not any(_TIMES.match(line) for line in lines):
        raise ReadError("broken", "Not a file of subtitles: no line gives the times of one.")
    outline = Outline()
    for begin, paragraph in _paragraphs(_without_repeats(_cues(lines))):
        outline.add(paragraph, "body", _clock(begin))
    sections = outline.finish()
    if not sections:
        raise ReadError("no_text", "The subtitles hold times and no text.")
    return Extraction(sections, (), decoded.warnings, decoded.encoding, decoded.basis)


def _cues(lines: list[str]) -> Iterator[_Cue]:
    """Give the cues in order; what stands outside of cues (numbers, styles, notes) is passed over."""
    times: re.Match[str] | None = None
    text: list[str] = []
    for line in (*lines, ""):
        found = _TIMES.match(line)
        if (found or not line.strip()) and times:
            if found and text and text[-1].strip().isdigit():
                text.pop()  # the number of the next cue, where the blank line between them is missing
            yield _Cue(_seconds(times, 1), _seconds(times, 5), _plain(text))
            times = None
        if found:
            times, text = found, []
        elif times:
            text.append(line)


def _seconds(times: re.Match[str], first: int) -> float:
    hours, minutes, seconds, fraction = (times[group] or "0" for group in range(first, first + 4))
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction}")


def _plain(lines: list[str]) -> str:
    text = _VOICE.sub(lambda voice: f"{html.unescape(voice[1]).strip()}: ", _READING.sub("", "\n".join(lines)))
    return clean(html.unescape(_TAG.sub("", text)))


def _without_repeats(cues: Iterator[_Cue]) -> Iterator[_Cue]:
    """Leave out lines that stood in the cue before: captions that roll up show every line twice."""
    before: list[str] = []
    for cue in cues:
        lines = cue.text.split("\n")
        longest = min(len(before), len(lines)) if lines != before else 0  # the same cue twice is somebody who says so twice
        shared = next((count for count in range(longest, 0, -1) if before[-count:] == lines[:count]), 0)
        new = lines[shared:]
        before = lines
        if any(new):
            yield _Cue(cue.begin, cue.end, "\n".join(new))


def _paragraphs(cues: Iterator[_Cue]) -> Iterator[tuple[float, str]]:
    """Join cues until somebody else speaks, nobody speaks, or a long paragraph comes to the end of a sentence."""
    text, begin, end = "", 0.0, 0.0
    for cue in cues:
        for line in cue.text.split("\n"):
            ended = bool(_ENDS_SENTENCE.search(text))
            if text and (_SPEAKER.match(line) or cue.begin - end >= PAUSE or (ended and len(text) >= LONGEST_PARAGRAPH)):
                yield begin, text
                text = ""
            begin, end = begin if text else cue.begin, cue.end
            text = join(text, line)
    if text:
        yield begin, text


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"


SUBTITLES = Reader("subtitles", (".srt", ".vtt"), "Subtitles", _read_subtitles, packages=("resiliparse",))
