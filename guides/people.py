"""What pages say of people: names for colleagues, roles for everybody else."""

from django.contrib.auth.models import AnonymousUser, User
from django.utils.translation import gettext as _

from guides.models import Revision

Reader = User | AnonymousUser


def credit_line(revision: Revision, reader: Reader) -> str:
    """Who wrote it and who else read it: names for colleagues, roles for everybody else."""
    author, second = revision.author, revision.reviewer
    if not author or not second:
        return ""
    names = {"author": person(author), "second": person(second)}
    if revision.alone:
        known = _("%(author)s编写，单人发布，没有另一人复核")
        return known % names if reader.is_authenticated else _("单人发布，没有另一人复核")
    if not reader.is_authenticated:
        return _("编辑编写，另一人复核") if revision.submitted_at else _("编辑编写，另一人发布")
    known = (
        _("%(author)s编写，%(second)s复核")
        if revision.submitted_at
        else _("%(author)s编写，%(second)s发布")
    )
    return known % names


def person(user: User) -> str:
    """Chinese names are written family name first, without a space."""
    return f"{user.last_name}{user.first_name}" or user.get_username()
