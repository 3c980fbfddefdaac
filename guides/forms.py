"""The editors' forms: what may be typed, and how a refused save is told."""

import secrets
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markdownx.fields import MarkdownxFormField
from markdownx.widgets import MarkdownxWidget

from guides.conflicts import Conflict, Plain, classification
from guides.markdown import MAX_BODY
from guides.models import Guide, Revision, StepCheck, Verification
from guides.publishing import (
    LETTERS,
    Mark,
    PublishError,
    ReviewRequired,
    SlugTaken,
    StaleEdit,
    UnfitWalk,
    Walk,
    discussed,
    faults_of,
)
from guides.standing import Part

RELATIONS = ("products", "tags", "claims", "related", "groups")
Refusal = SlugTaken | StaleEdit | PublishError | ReviewRequired | PermissionDenied
CHOICE = "choice-"  # whose text is taken where two people changed the same
SENDING = ("_submit", "_publish")  # the buttons that hand a text on


class LinesField(forms.CharField):
    """A list of short texts, typed one per line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, **kwargs: Any) -> None:
        """A JSON column also offers how it encodes; lines need none of it."""
        kwargs.pop("encoder", None)
        kwargs.pop("decoder", None)
        super().__init__(**kwargs, max_length=2000)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        lines = super().clean(value).splitlines()
        return [line.strip() for line in lines if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        typed = str(data or "").splitlines()
        return [line.strip() for line in typed if line.strip()] != (initial or [])


class EditorWidget(MarkdownxWidget):
    """markdownx's text area with its attributes; our own scripts keep undo and the Tab key."""

    template_name = "django/forms/widgets/textarea.html"

    class Media:
        extend = False


class BodyField(MarkdownxFormField):
    """Markdown as it is kept: Unix line ends, one at the end."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            strip=False,
            max_length=MAX_BODY,
            widget=EditorWidget(attrs={"rows": 30, "spellcheck": "false"}),
            **kwargs,
        )

    def to_python(self, value: Any) -> str:
        text = str(value or "").replace("\r\n", "\n").replace("\r", "\n").rstrip()
        return f"{text}\n" if text else ""


class GuideForm(forms.ModelForm[Guide]):
    """The editor page. It is told by `refusal` why publishing refused the save before."""

    refusal: ClassVar[Refusal | None] = None
    unsaved: ClassVar[QueryDict | None] = None  # an autosave that is taken over

    body = BodyField(label=gettext_lazy("正文"), required=False)
    seen_edition = forms.IntegerField(required=False, widget=forms.HiddenInput)
    begun = forms.CharField(required=False, widget=forms.HiddenInput)  # see conflicts
    page = forms.SlugField(max_length=32, required=False, widget=forms.HiddenInput)
    note = forms.CharField(label=gettext_lazy("给读者的修改说明"), max_length=300, required=False)
    significance = forms.ChoiceField(
        label=gettext_lazy("改动大小"),
        choices=Revision.Significance.choices,
        initial=Revision.Significance.MINOR,
        required=False,
        widget=forms.RadioSelect,
    )

    class Meta:
        widgets: ClassVar = {
            "summary": forms.Textarea(attrs={"rows": 2}),
            **dict.fromkeys(RELATIONS, forms.CheckboxSelectMultiple),
        }
        field_classes: ClassVar = {"aliases": LinesField, "early_signs": LinesField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conflict: Conflict | None = None
        self.faults = getattr(self.refusal, "faults", [])
        self.fields["page"].initial = secrets.token_hex(8)
        if self.instance.pk and not self.is_bound:
            self.fields["seen_edition"].initial = self.instance.edition
            self.fields["begun"].initial = classification(self.instance, self.initial)
        if self.unsaved is not None and not self.is_bound:
            # Shown as it was typed, and not complained of before it is sent.
            self.data, self.is_bound, self._errors = self.unsaved, True, ErrorDict()
        self.review = discussed(self.instance) if self.instance.pk else None
        if self.review:  # what was said to readers is said again, unless somebody changes it
            self.fields["note"].initial = self.review.note
            self.fields["significance"].initial = self.review.significance
        self._narrow_choices()

    def is_valid(self) -> bool:
        """Asking for a preview saves nothing and is no mistake."""
        return super().is_valid() and "_preview" not in self.data

    def clean_visibility(self) -> str:
        visibility: str = self.cleaned_data["visibility"]
        if visibility == Guide.Visibility.GROUPS and not self.data.get("groups"):
            raise forms.ValidationError(_("请选择能看的用户组，否则谁都看不到。"))
        return visibility

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk and cleaned.get("seen_edition") is None:
            self.add_error(None, _("这份表单不完整，没有保存。请重新打开编辑页，把改动粘贴过去。"))
        if not cleaned.get("body") and any(button in self.data for button in SENDING):
            self.add_error("body", _("正文还是空的，不能发布。"))
        if self.refusal:
            self._tell(self.refusal, cleaned)
        return cleaned

    @property
    def _kind(self) -> Any:
        return self._meta.model

    def relations(self) -> dict[str, Iterable[models.Model]]:
        return {name: self.cleaned_data[name] for name in RELATIONS}

    def fact_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self._kind.FACTS]

    def _narrow_choices(self) -> None:
        """Only what makes sense is offered; what is set already stays choosable."""
        guide = self.instance
        same_language = Guide.objects.filter(language=guide.language).exclude(pk=guide.pk)
        self._offer("related", same_language.order_by("title"))
        self._offer("translation_of", Guide.objects.exclude(language=guide.language))
        staff = Q(is_staff=True, is_active=True) | Q(pk=guide.owner_id)
        self._offer("owner", User.objects.filter(staff).order_by("username"))
        self._offer("groups", Group.objects.order_by("name"))

    def _offer(self, name: str, choices: "models.QuerySet[Any]") -> None:
        field = self.fields.get(name)
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = choices

    def _tell(self, refusal: Refusal, cleaned: dict[str, Any]) -> None:
        if isinstance(refusal, SlugTaken):
            self.add_error("slug", _("另一篇指南正在用或用过这个网址名，请换一个。"))
        elif isinstance(refusal, StaleEdit):
            self._settle(refusal.theirs, cleaned)
        elif isinstance(refusal, PublishError):
            told = (
                _("没有提交，也没有保存：有%d处要先改好。您可以先保存草稿。")
                if "_submit" in self.data
                else _("没有发布，也没有保存：有%d处要先改好。您可以先保存草稿。")
            )
            self.add_error(None, told % len(refusal.faults))
        elif isinstance(refusal, ReviewRequired):
            self.add_error(None, _("没有发布，也没有保存：发布前要由另一个人复核。请提交复核。"))
        else:
            self.add_error(None, _("您的账号不能发布，内容还没有保存。您可以先保存草稿。"))

    def _settle(self, theirs: Guide, cleaned: dict[str, Any]) -> None:
        """Both texts become one, which the editor reads and saves; or asks what to do with both."""
        seen, begun = cleaned["seen_edition"], cleaned.get("begun", "")
        choices = self._choices(theirs)
        conflict = Conflict(theirs, cleaned, edition=seen, begun=begun, choices=choices)
        if conflict.is_repetition:
            cleaned["seen_edition"], cleaned["body"] = theirs.edition, theirs.body
            return
        self.conflict = conflict
        if conflict.is_decided:
            self._open(conflict)
            self.add_error(None, _("还没有保存：两份稿子已经合在一起，请看一遍再保存。"))
        else:
            self.add_error(None, _("没有保存：您打开之后，这篇指南有人改过。您写的都还在下面。"))

    def _choices(self, theirs: Guide) -> dict[str, str]:
        """What was answered about these very texts; a third save makes it another question."""
        if self.data.get("conflict_with") != str(theirs.edition):
            return {}
        names = (name for name in self.data if name.startswith(CHOICE))
        return {name.removeprefix(CHOICE): self.data[name] for name in names}

    def _open(self, conflict: Conflict) -> None:
        """The merged text takes the place of what was typed, as if begun from the newest."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        for name, value in conflict.merged().items():
            data.setlist(name, self._sent(name, value))
        data["seen_edition"] = str(conflict.theirs.edition)
        data["begun"] = classification(conflict.theirs)
        self.data = data

    def _sent(self, name: str, value: Plain) -> list[str]:
        """As a browser would send it: lines in one text, boxes that are not ticked not at all."""
        if isinstance(self.fields[name], LinesField):
            return ["\n".join(value)]
        if isinstance(self.fields[name], forms.BooleanField):
            return [str(value)] if value else []
        return list(value) if isinstance(value, list) else [value]


class RetireForm(forms.Form):
    """Which guide readers are sent to instead."""

    successor = forms.ModelChoiceField(
        label=gettext_lazy("由哪篇代替"),
        queryset=Guide.objects.none(),
        required=False,
        empty_label=gettext_lazy("没有代替的指南"),
    )

    def __init__(self, *args: Any, guide: Guide, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        current = Guide.objects.filter(live__isnull=False, retired_at__isnull=True)
        choices = current.filter(language=guide.language).exclude(pk=guide.pk)
        self.fields["successor"].queryset = choices.order_by("title")  # type: ignore[attr-defined]


class PublishForm(forms.Form):
    """Publishing the stored draft as it was read: `seen_edition` is the one shown."""

    seen_edition = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(label=gettext_lazy("给读者的修改说明"), max_length=300, required=False)
    significance = forms.ChoiceField(
        label=gettext_lazy("改动大小"),
        choices=Revision.Significance.choices,
        initial=Revision.Significance.MINOR,
        widget=forms.RadioSelect,
    )


class ReviewForm(forms.Form):
    """One act of a review, upon the revision that was on the screen."""

    NEEDS_WORDS: ClassVar = ("comment", "request_changes")

    revision = forms.IntegerField(widget=forms.HiddenInput)
    act = forms.ChoiceField(
        choices=[
            (act, act) for act in ("approve", "request_changes", "withdraw", "comment", "resolve")
        ]
    )
    step = forms.CharField(max_length=8, required=False)
    comment = forms.IntegerField(required=False)
    text = forms.CharField(
        label=gettext_lazy("意见"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("act") in self.NEEDS_WORDS and not cleaned.get("text"):
            self.add_error("text", _("请写下意见。"))
        return cleaned


class WalkForm(forms.Form):
    """A walk through one version: how it was done, and a mark for each of its parts."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    kind = forms.ChoiceField(
        label=gettext_lazy("方式"),
        choices=Verification.Kind.choices,
        initial=Verification.Kind.DEVICE,
        widget=forms.RadioSelect,
    )
    checked_on = forms.DateField(
        label=gettext_lazy("核实日期"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    app = forms.CharField(label=gettext_lazy("App"), max_length=100, required=False)
    app_version = forms.CharField(label=gettext_lazy("App版本"), max_length=50, required=False)
    note = forms.CharField(
        label=gettext_lazy("还要说明的"),
        max_length=LETTERS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, parts: Sequence[Part], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = parts
        for part in parts:
            result = forms.ChoiceField(
                choices=StepCheck.Result.choices,
                initial=StepCheck.Result.SKIPPED,
                required=False,
            )
            difference = forms.CharField(max_length=LETTERS, required=False)
            self.fields |= {name_of("result", part.key): result}
            self.fields |= {name_of("difference", part.key): difference}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            self.tell(faults_of(self.walk(), {part.key for part in self.parts}))
        return cleaned

    def tell(self, faults: Iterable[Any]) -> None:
        for field, key, message in faults:
            if field != "marks":
                self.add_error(field, message)
            elif name_of("difference", key) in self.fields:
                self.add_error(name_of("difference", key), message)
            else:
                self.add_error(None, message)

    def refuse(self, refusal: UnfitWalk) -> None:
        """What was fine when the form was checked and is not any more: at midnight, say."""
        self.tell(refusal.faults)

    def walk(self) -> Walk:
        typed = self.cleaned_data
        facts = {name: typed[name] for name in ("kind", "checked_on", "app", "app_version", "note")}
        marks = {part.key: self._mark(part.key) for part in self.parts}
        return Walk(**facts, marks=marks, token=typed["token"])

    def _mark(self, key: str) -> Mark:
        result = self.cleaned_data[name_of("result", key)] or StepCheck.Result.SKIPPED
        return Mark(result, self.cleaned_data[name_of("difference", key)])


def name_of(field: str, key: str) -> str:
    """The name of a field about one step; of the whole text where there are none."""
    return f"{field}_{key or 'whole'}"
