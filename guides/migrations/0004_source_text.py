

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('guides', '0003_roles'),
    ]

    operations = [
        migrations.AddField(
            model_name='source',
            name='text',
            field=models.TextField(blank=True, help_text='只用来比对，不给读者看：指南里和它连着20个字以上相同的，不能发布。', max_length=200000, verbose_name='来源全文'),
        ),
    ]
