"""Every verb in every order by everybody: what may never happen, whatever people do.

A state machine draws sequences of verbs and people. After each act no unapproved text is
readable, no published revision has changed, no number is given twice and no right was exceeded.
"""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from guides import publishing, roles
from guides.models import Guide, Procedure, Revision, SearchEntry
from tests.factories import edited, make_procedure, make_user

REFUSALS = (
    PermissionDenied,
    publishing.NotInReview,
    publishing.NotLive,
    publishing.NotPublished,
    publishing.NothingToReview,
    publishing.OpenComments,
    publishing.OwnSteps,
    publishing.OwnText,
    publishing.PublishError,
    publishing.ReviewRequired,
)
PEOPLE = {
    "reader": (),
    "mei": (roles.EDITING,),
    "lin": (roles.EDITING, roles.REVIEWING),
    "qi": (roles.REVIEWING,),
    "bo": (roles.EDITING, roles.REVIEWING, roles.MANAGING),
}
people = st.sampled_from(sorted(PEOPLE))
writers = st.sampled_from(["mei", "mei", "lin", "reader"])
reviewers = st.sampled_from(["qi", "qi", "bo", "lin", "mei"])
mostly_the_newest = st.sampled_from([0, 0, 0, 1, 2, 5])
texts = st.sampled_from(["甲", "乙", "丙", "丁"])


class Portal(RuleBasedStateMachine):
    """`approved` are the texts that readers may have had by right; `frozen` what was published."""

    @initialize()
    def begin(self):
        self.approved, self.frozen = set(), {}
        self.guide = make_procedure(live=False)
        self.people = {}
        groups = roles.ensure_groups()
        for name, of in PEOPLE.items():
            user = make_user(name)
            user.groups.set(groups[role] for role in of)
            self.people[name] = user.pk

    def attempt(self, verb, *rest, **more):
        """A refusal takes everything back, as a request would."""
        try:
            with transaction.atomic():
                return verb(*rest, **more)
        except REFUSALS:
            return None

    def person(self, name) -> User:
        return User.objects.get(pk=self.people[name])

    def row(self) -> Procedure:
        return Procedure.objects.get(pk=self.guide.pk)

    def newest(self) -> Revision:
        return self.row().revisions.latest("created_at", "pk")

    @rule(name=writers, title=texts, whole=st.sampled_from([True, True, True, False]))
    def write(self, name, title, whole):
        if self.person(name).has_perm("guides.change_procedure"):
            body = self.guide.body if whole else "没有步骤。[^S1]\n"
            publishing.save_draft(edited(self.row(), title=title, body=body), self.person(name))

    @rule(name=writers)
    def submit(self, name):
        done = self.attempt(publishing.submit, self.row(), self.person(name))
        assert not done or self.person(name).has_perm("guides.change_procedure")

    @rule(name=reviewers, pick=mostly_the_newest)
    def approve(self, name, pick):
        """Of any revision, also of one that was decided long ago."""
        revisions = list(self.row().revisions.all())
        revision = revisions[min(pick, len(revisions) - 1)]
        wrote = publishing.writers_of(revision)
        done = self.attempt(publishing.approve, revision, self.person(name))
        if done:
            assert self.person(name).has_perm("guides.publish_guide")
            assert self.people[name] not in wrote
            assert done.reviewer_id != done.author_id
            self.approved.add(done.pk)

    @rule(title=texts, reviewer=st.sampled_from(["qi", "bo"]))
    def go_the_whole_way(self, title, reviewer):
        """Without it few drawn sequences would come to a second version."""
        self.write("mei", title, True)
        self.submit("mei")
        self.settle_comments("mei")
        self.approve(reviewer, 0)

    @rule(name=reviewers)
    def request_changes(self, name):
        revision = self.newest()
        done = self.attempt(publishing.request_changes, revision, self.person(name), "再改")
        assert not done or self.person(name).has_perm("guides.publish_guide")

    @rule(name=people)
    def settle_comments(self, name):
        for revision in self.row().revisions.all():
            for one in revision.comments.all():
                self.attempt(publishing.resolve, one, self.person(name))

    @rule(name=people)
    def withdraw(self, name):
        self.attempt(publishing.withdraw, self.newest(), self.person(name))

    @rule(name=people)
    def publish_alone(self, name):
        assert self.attempt(publishing.publish, self.row(), self.person(name)) is None

    @rule(name=reviewers)
    def retire(self, name):
        self.attempt(publishing.retire, self.row(), self.person(name))

    @rule(name=reviewers)
    def reinstate(self, name):
        self.attempt(publishing.reinstate, self.row(), self.person(name))

    @rule(name=writers, pick=mostly_the_newest)
    def restore(self, name, pick):
        if self.person(name).has_perm("guides.change_procedure"):
            revisions = list(self.row().revisions.all())
            publishing.restore(revisions[min(pick, len(revisions) - 1)], self.person(name))

    @rule(name=reviewers, pick=mostly_the_newest, result=st.sampled_from(["matches", "differs"]))
    def verify(self, name, pick, result):
        """Of any revision, also of drafts and of versions long gone."""
        revisions = list(self.row().revisions.all())
        revision = revisions[min(pick, len(revisions) - 1)]
        by = self.person(name)
        wrote = publishing.own_steps(revision, by) if revision.is_published else set()
        mark = publishing.Mark(result, "不同" if result == "differs" else "")
        today = timezone.localdate()
        walk = publishing.Walk(kind="sources", checked_on=today, marks={"k001": mark})
        done = self.attempt(publishing.verify, revision, by, walk)
        if done:
            assert by.has_perm("guides.add_verification")
            assert self.row().live == revision
            assert result == "differs" or "k001" not in wrote

    @invariant()
    def lists_show_of_a_verification_what_its_records_say(self):
        assert publishing.underived() == []

    @invariant()
    def readers_have_nothing_that_was_not_approved(self):
        live = Guide.objects.get(pk=self.guide.pk).live
        assert live is None or live.pk in self.approved
        assert {each.pk for each in Revision.objects.published()} == self.approved

    @invariant()
    def no_published_revision_ever_changes(self):
        for each in Revision.objects.published():
            state = (
                each.number,
                each.document,
                each.author_id,
                each.reviewer_id,
                str(each.content),
            )
            assert self.frozen.setdefault(each.pk, state) == state

    @invariant()
    def numbers_go_up_by_one(self):
        numbers = set(Revision.objects.published().values_list("number", flat=True))
        assert numbers == set(range(1, Revision.objects.published().count() + 1))

    @invariant()
    def what_is_found_is_what_is_shown(self):
        row = self.row()
        shown = row.live is not None and not row.is_retired
        assert SearchEntry.objects.filter(key=row.pk).exists() == shown

    @invariant()
    def at_most_one_text_waits_for_a_review(self):
        assert self.row().revisions.filter(state="in_review").count() <= 1


@pytest.mark.django_db
def test_whatever_people_do_nothing_unapproved_is_readable(request):
    class InOneTransaction(Portal):
        """Every drawn sequence starts from an empty portal."""

        def __init__(self):
            super().__init__()
            self.whole = transaction.atomic()
            self.whole.__enter__()

        def teardown(self):
            transaction.set_rollback(True)
            self.whole.__exit__(None, None, None)

    run_state_machine_as_test(
        InOneTransaction,
        settings=settings(
            max_examples=25,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
