"""What an editor may make of a group of questions, as one form with a button for each."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.forms import LinesField
from guides.models import Guide, Product, Question, Situation, Task
from guides.questions import plain

AT_ONCE = 200  # questions in one decision
CONCEPTS: dict[str, type[Product] | type[Task] | type[Situation]] = {
    "product": Product,
    "task": Task,
    "situation": Situation,
}
KINDS = {
    "product": gettext_lazy("产品"),
    "task": gettext_lazy("事项"),
    "situation": gettext_lazy("情形"),
}


class GuideField(forms.ModelChoiceField[Guide]):
    """Guides by title; the address tells those of the same title apart."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.title}（{obj.slug}）"


def guides() -> Any:
    return Guide.objects.filter(retired_at=None).only("title", "slug", "kind").order_by("title")


class QuestionsForm(forms.Form):
    """Which questions are meant: the same in every form of the desk."""

    questions = forms.ModelMultipleChoiceField(
        queryset=Question.objects.all(),
        label=gettext_lazy("问法"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("请至少选一种问法。")},
    )

    def add_prefix(self, field_name: str) -> str:
        """All choices stand in one form on the page; the marked questions are the same for each."""
        return field_name if field_name == "questions" else super().add_prefix(field_name)

    def clean_questions(self) -> Any:
        chosen = self.cleaned_data["questions"]
        if len(chosen) > AT_ONCE:
            raise forms.ValidationError(_("一次最多处理%d种问法。") % AT_ONCE)
        return chosen


class WordedForm(QuestionsForm):
    """With wordings to add somewhere; what stands for a number is no wording."""

    field_order = ("guide", "concept", "wordings")
    wordings = LinesField()

    def clean_wordings(self) -> list[str]:
        typed = [words for line in self.cleaned_data["wordings"] if (words := plain(line))]
        if not typed:
            raise forms.ValidationError(_("请写至少一种说法。"))
        return typed


class AliasForm(WordedForm):
    guide = GuideField(
        label=gettext_lazy("指南"),
        queryset=Guide.objects.none(),
        empty_label=gettext_lazy("选一篇"),
    )
    wordings = LinesField(label=gettext_lazy("别名（一行一种）"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["guide"]
        field.queryset = guides()


class PhraseForm(WordedForm):
    """Only the concepts that this editor may change are offered."""

    concept = forms.ChoiceField(label=gettext_lazy("产品、事项或情形"))
    wordings = LinesField(label=gettext_lazy("说法（一行一种）"))

    def __init__(self, *args: Any, concepts: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.concepts = concepts
        field: Any = self.fields["concept"]
        field.choices = [("", _("选一个")), *_by_kind(concepts)]

    def clean_concept(self) -> Any:
        return self.concepts[self.cleaned_data["concept"]]


class DraftForm(QuestionsForm):
    # Several lines high so that the Enter key does not press another choice's button.
    title = forms.CharField(
        label=gettext_lazy("标题"), max_length=60, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())


class PlainForm(QuestionsForm):
    """For what needs nothing but the questions: put aside, take up again."""


FORMS: Mapping[str, type[QuestionsForm]] = {
    "alias": AliasForm,
    "phrase": PhraseForm,
    "draft": DraftForm,
    "aside": PlainForm,
    "up": PlainForm,
}


def concepts_of(kinds: Iterable[str]) -> dict[str, Any]:
    """Rows by slug, as search writes it: "task:close"."""
    found: dict[str, Any] = {}
    for kind in kinds:
        model: Any = CONCEPTS[kind]
        found |= {f"{kind}:{row.slug}": row for row in model.objects.all()}
    return found


def _by_kind(concepts: Mapping[str, Any]) -> list[tuple[str, list[tuple[str, str]]]]:
    offered: dict[str, list[tuple[str, str]]] = {}
    for slug, row in concepts.items():
        offered.setdefault(str(KINDS[slug.partition(":")[0]]), []).append((slug, str(row)))
    return list(offered.items())


class FilterForm(forms.Form):
    """What of the desk is shown. A value that makes no sense shows everything."""

    DAYS: ClassVar = {
        "7": gettext_lazy("7天"),
        "30": gettext_lazy("30天"),
        "": gettext_lazy("全部"),
    }
    q = forms.CharField(required=False, max_length=60)
    none = forms.BooleanField(required=False)
    days = forms.ChoiceField(required=False, choices=list(DAYS.items()))
    concept = forms.CharField(required=False, max_length=60)

    def values(self) -> dict[str, Any]:
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in self.fields}
