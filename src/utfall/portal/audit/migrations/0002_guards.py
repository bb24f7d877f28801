from django.db import migrations

# What the log refuses, whoever writes to it and with whatever tool.
GUARDS = (
    """
    CREATE TRIGGER audit_entry_is_linked BEFORE INSERT ON audit_auditentry
    BEGIN
        SELECT RAISE(ABORT, 'an entry follows the one before it')
        WHERE NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM audit_auditentry)
           OR NEW.prior <> coalesce((SELECT hash FROM audit_auditentry WHERE seq = NEW.seq - 1),
                                    '0000000000000000000000000000000000000000000000000000000000000000');
    END
    """,
    """
    CREATE TRIGGER audit_entry_is_not_changed BEFORE UPDATE ON audit_auditentry
    BEGIN
        SELECT RAISE(ABORT, 'an entry of the log is never changed');
    END
    """,
    """
    CREATE TRIGGER audit_entry_is_not_deleted BEFORE DELETE ON audit_auditentry
    BEGIN
        SELECT RAISE(ABORT, 'an entry of the log is never deleted');
    END
    """,
)


class Migration(migrations.Migration):
    dependencies = (("audit", "0001_first"),)

    operations = (
        migrations.RunSQL(
            [(guard, None) for guard in GUARDS],
            [f"DROP TRIGGER audit_entry_is_{name}" for name in ("linked", "not_changed", "not_deleted")],
        ),
    )
