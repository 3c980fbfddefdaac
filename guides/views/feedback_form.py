"""What a reader may say of a guide: as few fields as its kind allows."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.feedback import Steps
from guides.models import Feedback
from guides.models.feedback import FEEDBACK_LETTERS
from guides.personal_numbers import ACCOUNT, CARD, IDENTITY, MAIL, MOBILE, NUMBER, PHONE

DONE, STUCK = Feedback.Outcome.DONE, Feedback.Outcome.STUCK
NAMES = {
    MOBILE: gettext_lazy("手机号"),
    CARD: gettext_lazy("银行卡号"),
    IDENTITY: gettext_lazy("身份证号"),
    PHONE: gettext_lazy("电话号码"),
    ACCOUNT: gettext_lazy("支付宝账号"),
    NUMBER: gettext_lazy("很长的号码"),
    MAIL: gettext_lazy("邮箱"),
}


class WordsField(forms.CharField):
    """Without the character that no database keeps, which a script may send."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(str(value or "").replace("\0", ""))


class FeedbackForm(forms.Form):
    """Who followed steps says whether they worked; of other guides one can say what is wrong."""

    outcome = forms.ChoiceField(
        choices=Feedback.Outcome.choices,
        error_messages={"required": gettext_lazy("请选做成了还是卡住了。")},
    )
    step = forms.ChoiceField(
        required=False,
        error_messages={"invalid_choice": gettext_lazy("这一版没有这一步，请重新选。")},
    )
    reason = forms.ChoiceField(
        choices=Feedback.Reason.choices,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("请选一个原因。")},
    )
    text = WordsField(
        max_length=FEEDBACK_LETTERS,
        required=False,
        error_messages={
            "max_length": gettext_lazy("最多%(limit_value)d字，现在%(show_value)d字。")
        },
    )

    def __init__(self, *args: Any, steps: Steps, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.steps = steps
        choices = [("", ""), *((key, step["title"]) for key, step in steps.items())]
        self.fields["step"].choices = choices  # type: ignore[attr-defined]
        if not steps:
            for name in ("outcome", "step", "reason"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.steps:
            cleaned |= {"outcome": STUCK, "step": "", "reason": Feedback.Reason.OTHER}
            self._need("text", _("请写下哪里不对。"))
        elif cleaned.get("outcome") == STUCK:
            self._need("reason", _("请选一个原因。"))
        return cleaned

    def _need(self, name: str, told: str) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, told)

    def refuse(self, kinds: list[str]) -> None:
        """Names what was found, and leaves the text to the reader."""
        names = _("、").join(str(NAMES[kind]) for kind in kinds)
        told = _("没有记下：这里有%s。请删去，或换成“尾号1234”这样的写法，再提交一次。")
        self.add_error("text", told % names)
