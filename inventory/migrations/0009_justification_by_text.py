from django.contrib.postgres.indexes import HashIndex
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("inventory", "0008_house_facts")]

    operations = [
        migrations.AddIndex(
            model_name="justification",
            index=HashIndex(fields=["text"], name="justification_by_text"),
        ),
    ]
