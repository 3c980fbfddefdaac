"""Autosaves, and the edition that each revision's text belongs to."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def note_editions(apps, schema_editor):
    """The newest text of every guide is that of its present edition; of older ones none is known."""
    Guide, Revision = (apps.get_model("guides", name) for name in ("Guide", "Revision"))
    revisions = Revision.objects.filter(guide=OuterRef("pk")).order_by("-created_at", "-pk")
    guides = Guide.objects.annotate(newest=Subquery(revisions.values("pk")[:1]))
    for newest, edition in guides.values_list("newest", "edition"):
        Revision.objects.filter(pk=newest).update(edition=edition)


class Migration(migrations.Migration):

    dependencies = [
        ('guides', '0006_verification_by_step'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='revision',
            name='edition',
            field=models.PositiveIntegerField(editable=False, null=True),
        ),
        migrations.CreateModel(
            name='Autosave',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.CharField(max_length=32)),
                ('kind', models.CharField(choices=[('procedure', '操作指南'), ('risk', '风险提示'), ('case', '案例')], max_length=10)),
                ('typed', models.JSONField(default=dict)),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('seen_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ('changed_at', models.DateTimeField(null=True)),
                ('is_closed', models.BooleanField(default=False)),
                ('guide', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='autosaves', to='guides.guide')),
                ('writer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='autosaves', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '暂存',
                'verbose_name_plural': '暂存',
                'ordering': ['-changed_at', '-pk'],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('writer', 'page'), name='one_autosave_per_page')],
            },
        ),
        migrations.RunPython(note_editions, migrations.RunPython.noop),
    ]
