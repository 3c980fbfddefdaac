"""The search index as blocks of postings: the rows it had are packed, nothing has to be rebuilt."""

from array import array
from itertools import groupby

from django.db import migrations, models

BLOCK = 4096
PLACE_BITS = 16
AT_ONCE = 1000


def pack(apps, schema_editor):
    rows = apps.get_model("guides", "SearchTerm").objects
    _fill(apps.get_model("guides", "SearchPosting"), _postings(rows))
    _fill(apps.get_model("guides", "SearchHolding"), _holdings(rows))


def unpack(apps, schema_editor):
    _fill(apps.get_model("guides", "SearchTerm"), _rows(apps.get_model("guides", "SearchPosting")))


def _fill(model, rows):
    names = [field.name for field in model._meta.local_concrete_fields]
    made = []
    for row in rows:
        made.append(model(**dict(zip(names, row, strict=True))))
        if len(made) == AT_ONCE:
            model.objects.bulk_create(made)
            made = []
    model.objects.bulk_create(made)


def _postings(rows):
    """Rows of no impact were in the table, but never brought a point."""
    held = rows.filter(impact__gt=0).order_by("term", "key").values_list("term", "key", "impact")
    for (term, block), some in groupby(held.iterator(), key=lambda row: (row[0], row[1] // BLOCK)):
        packed = array("I", (key % BLOCK << PLACE_BITS | impact for _term, key, impact in some))
        yield term, block, packed.tobytes()


def _holdings(rows):
    held = rows.filter(impact__gt=0).order_by("key", "term").values_list("key", "term")
    for key, some in groupby(held.iterator(), key=lambda row: row[0]):
        yield key, "\n".join(sorted(term for _key, term in some))


def _rows(postings):
    for term, block, packed in postings.objects.values_list("term", "block", "impacts").iterator():
        for row in array("I", bytes(packed)):
            yield block * BLOCK + (row >> PLACE_BITS), term, row & 0xFFFF


class Migration(migrations.Migration):
    dependencies = [("guides", "0007_no_lost_work")]
    operations = [
        migrations.CreateModel(
            name="SearchPosting",
            fields=[
                ("pk", models.CompositePrimaryKey("term", "block", blank=True, editable=False, primary_key=True, serialize=False)),
                ("term", models.CharField(max_length=64)),
                ("block", models.BigIntegerField()),
                ("impacts", models.BinaryField()),
            ],
            options={"db_table": "guides_searchposting"},
        ),
        migrations.CreateModel(
            name="SearchHolding",
            fields=[
                ("key", models.BigIntegerField(primary_key=True, serialize=False)),
                ("terms", models.TextField()),
            ],
        ),
        migrations.RunPython(pack, unpack),
        migrations.DeleteModel("SearchTerm"),
    ]
