"""What pages say of verifications: who walked through which steps, and what was different."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from guides.models import VerificationState
from guides.people import Reader, person
from guides.standing import Check, Record, Standing

STATES: dict[str, str | Promise] = {
    "device": gettext_lazy("真机走查"),
    "sources": gettext_lazy("来源核对"),
    "due": gettext_lazy("待复核"),
    "unverified": gettext_lazy("未核实"),
}


@dataclass(frozen=True)
class Difference:
    """What a verifier found at a step, and who: a name for colleagues, a role for others."""

    check: Check
    who: str

    @property
    def step(self) -> str:
        return steps_named([self.check.number]) if self.check.number else ""


@dataclass(frozen=True)
class ShownRecord:
    """What templates/guides/_records.html shows of one verification."""

    record: Record
    who: str

    @property
    def matching(self) -> str:
        return self._named(self.record.matching, _("全文一致"), _("%s一致"))

    @property
    def skipped(self) -> str:
        return self._named(self.record.skipped, "", _("%s未走查"))

    @property
    def differences(self) -> list[Difference]:
        return [Difference(check, self.who) for check in self.record.differing]

    def _named(self, numbers: list[int], whole: str, words: str) -> str:
        if not numbers:
            return ""
        return whole if self.record.is_whole else words % steps_named(numbers)


def shown(records: Iterable[Record], reader: Reader) -> list[ShownRecord]:
    return [ShownRecord(record, who(record, reader)) for record in records]


def who(record: Record, reader: Reader) -> str:
    return person(record.verifier) if reader.is_authenticated else _("复核人")


def differences_of(standing: Standing, reader: Reader) -> dict[str, list[Difference]]:
    """By the key of the step; only what nobody has settled since."""
    return {
        part.part.key: [Difference(each, who(each.record, reader)) for each in part.differences]
        for part in standing.differing
    }


def progress_words(standing: Standing) -> str:
    """How much of a version is verified, where some of it is and some is not."""
    total, verified = len(standing.parts), len(standing.verified)
    if total == 1 or not (verified or standing.differing):
        return ""
    if verified == total:
        return ""
    names = {"total": total, "verified": verified}
    words = [_("%(total)d步中%(verified)d步核实过") % names]
    if standing.differing:
        wrong = [part.part.number for part in standing.differing]
        words.append(_("%s有出入") % steps_named(wrong))
    return _("，").join(words) + _("。")


def kept_words(standing: Standing, number: int) -> list[str]:
    """第1–4步未变，沿用第2版的核实。"""
    return [_kept(version, numbers) for version, numbers in standing.kept(number)]


def _kept(version: int, numbers: list[int]) -> str:
    if numbers == [0]:
        return _("全文未变，沿用第%d版的核实。") % version
    names = {"steps": steps_named(numbers), "version": version}
    return _("%(steps)s未变，沿用第%(version)d版的核实。") % names


def document_notes(standing: Standing, state: VerificationState) -> list[str]:
    """Comments for the head of a document: whoever reads it in again need not heed them."""
    dated = f"{STATES[state.state]} {state.on or ''}".rstrip()
    progress = progress_words(standing)
    notes = [_("核实：%s") % " ".join(filter(None, (dated, progress)))]
    for part in standing.differing:
        for check in part.differences:
            step = steps_named([part.part.number]) if part.part.number else _("全文")
            found = {"step": step, "on": check.record.on, "what": check.difference}
            notes.append(_("%(step)s有出入（%(on)s）：%(what)s") % found)
    return [" ".join(note.split()) for note in notes]


def steps_named(numbers: list[int]) -> str:
    """第1–4、7步: neighbours are drawn together."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    named = [f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    steps = _("、").join(named)
    return ngettext("第%(steps)s步", "第%(steps)s步", len(numbers)) % {"steps": steps}
