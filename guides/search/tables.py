"""The index's tables: ordinary rows, the same in every database."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

TERM_LENGTH = 64
SOUND_LENGTH = 128
PHRASE_LENGTH = 200
TYPED_LENGTH = 40  # letters of a beginning that suggestions compare
RECIPE_LENGTH = 32
LINE = "\n"


class SearchPosting(models.Model):
    """The guides of one block of keys that hold a term, and how much it says about each.

    `term` is a word, or a concept like "task:close"; postings.py reads the bytes.
    """

    pk = models.CompositePrimaryKey("term", "block")
    term = models.CharField(max_length=TERM_LENGTH)
    block = models.BigIntegerField()
    impacts = models.BinaryField()

    class Meta:
        app_label = "guides"
        db_table = "guides_searchposting"  # named in the statements of index.py and finding.py

    def __str__(self) -> str:
        return f"{self.term} in block {self.block}"


class SearchHolding(models.Model):
    """The terms of a guide, a line each: whose postings change with it."""

    key = models.BigIntegerField(primary_key=True)
    terms = models.TextField()

    class Meta:
        app_label = "guides"

    def __str__(self) -> str:
        return f"{self.key}: {self.terms.count(LINE) + 1} terms"


class SearchWord(models.Model):
    """How many guides hold a term, and how it sounds. EVERY_GUIDE counts the guides themselves."""

    EVERY_GUIDE: ClassVar = "*"  # no word: words have no punctuation

    term = models.CharField(max_length=TERM_LENGTH, primary_key=True)
    guides = models.IntegerField(default=0)
    sound = models.CharField(max_length=SOUND_LENGTH, blank=True)

    class Meta:
        app_label = "guides"
        indexes: ClassVar = [models.Index("sound", name="search_word_by_sound")]

    def __str__(self) -> str:
        return f"{self.term}: {self.guides}"


class SearchEntry(models.Model):
    """A guide that the index holds, and the recipe by which its rows were made."""

    key = models.BigIntegerField(primary_key=True)
    recipe = models.CharField(max_length=RECIPE_LENGTH, db_index=True)

    class Meta:
        app_label = "guides"

    def __str__(self) -> str:
        return f"{self.key}: {self.recipe}"


class SearchPhrase(models.Model):
    """A title or an alias as suggestions show it, and the ways of typing its beginning.

    Those are bytes: bytes have one order in every database, whatever language it was made for,
    so that an ordinary index finds what begins with what was typed.
    """

    key = models.BigIntegerField(db_index=True)
    shown = models.CharField(max_length=PHRASE_LENGTH)
    text = models.CharField(max_length=PHRASE_LENGTH)
    beginning = models.BinaryField()
    sound = models.BinaryField()
    initials = models.BinaryField()

    class Meta:
        app_label = "guides"
        indexes: ClassVar = [
            models.Index("beginning", "key", name="search_phrase_by_beginning"),
            models.Index("sound", "key", name="search_phrase_by_sound"),
            models.Index("initials", "key", name="search_phrase_by_initials"),
        ]

    def __str__(self) -> str:
        return self.shown


class Situation(models.Model):
    """What has happened to somebody, or what they talk about: phrases that mean one thing.

    In a phrase … stands for a few letters and …… for many: 不能…用 is said in 不能再继续使用.
    """

    slug = models.SlugField(_("网址名"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=40)
    phrases = models.JSONField(_("说法"), default=list)
    means = models.JSONField(
        _("意味着"),
        default=list,
        blank=True,
        help_text=_("问的人其实还想找什么，例如 task:restore。"),
    )
    overrides = models.JSONField(
        _("取代"),
        default=list,
        blank=True,
        help_text=_("字面上像、其实不是的概念，例如“被关闭”不是自己关闭：task:close。"),
    )
    happened = models.BooleanField(
        _("是发生了的事"), default=False, help_text=_("“怎么”问的是原因，不是办法。")
    )
    covered = models.BooleanField(
        _("在收录范围内"), default=True, help_text=_("没有收录的话题，问到时会直接说明。")
    )

    class Meta:
        app_label = "guides"
        ordering: ClassVar = ["slug"]
        verbose_name = _("情形")
        verbose_name_plural = _("情形")

    def __str__(self) -> str:
        return self.name
