"""What Django cannot say: a tree without cycles, no two of the same posting at once, and who may change what.

Every change of the units, TRUNCATE included, first gives the tree another version: that is a lock, so two
moves cannot make a cycle together, and it is what a kept tree is compared with. The version is random: a
number would come back after a rollback, and a tree that never existed would be taken for true.
The application may change of a posting only its approval and its revocation, and remove nothing.
"""

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_GUARDS = """
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE organisation_posting ADD CONSTRAINT posting_not_twice_at_once EXCLUDE USING gist (
    user_id WITH =,
    role WITH =,
    (coalesce(unit_id, '00000000-0000-0000-0000-000000000000'::uuid)) WITH =,
    daterange(
        starts_on, greatest(starts_on, coalesce(least(ends_on + 1, revoked_on), 'infinity'::date))
    ) WITH &&
);

CREATE TABLE organisation_tree (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    version uuid NOT NULL DEFAULT gen_random_uuid()
);
INSERT INTO organisation_tree DEFAULT VALUES;

CREATE FUNCTION organisation_tree_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE organisation_tree SET version = gen_random_uuid();
    RETURN NULL;
END $$;
CREATE TRIGGER organisation_tree_changes BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON organisation_unit
    FOR EACH STATEMENT EXECUTE FUNCTION organisation_tree_changes();

CREATE FUNCTION organisation_unit_stands_right() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    above text;
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.kind <> OLD.kind OR NEW.id <> OLD.id) THEN
        RAISE EXCEPTION 'Soort en code van een eenheid veranderen niet.'
            USING ERRCODE = '23514', CONSTRAINT = 'unit_stays_what_it_is';
    END IF;
    IF NEW.parent_id IS NULL THEN
        RETURN NEW;
    END IF;
    SELECT kind INTO above FROM organisation_unit WHERE id = NEW.parent_id;
    IF (NEW.kind = 'eenheid' AND above = 'defensieonderdeel') IS NOT TRUE
        AND (NEW.kind = 'sub-eenheid' AND above IN ('eenheid', 'sub-eenheid')) IS NOT TRUE
    THEN
        RAISE EXCEPTION 'Deze soort eenheid kan daar niet staan.'
            USING ERRCODE = '23514', CONSTRAINT = 'unit_stands_under_the_right_kind';
    END IF;
    IF EXISTS (
        WITH RECURSIVE upward AS (
            SELECT id, parent_id FROM organisation_unit WHERE id = NEW.parent_id
            UNION
            SELECT u.id, u.parent_id FROM organisation_unit AS u JOIN upward ON u.id = upward.parent_id
        )
        SELECT FROM upward WHERE id = NEW.id
    ) THEN
        RAISE EXCEPTION 'Een eenheid kan niet onder zichzelf staan.'
            USING ERRCODE = '23514', CONSTRAINT = 'unit_not_under_itself';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER organisation_unit_stands_right BEFORE INSERT OR UPDATE ON organisation_unit
    FOR EACH ROW EXECUTE FUNCTION organisation_unit_stands_right();

CREATE FUNCTION organisation_code_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'De code van een gebruiker verandert niet: het logboek noemt haar.'
        USING ERRCODE = '23514', CONSTRAINT = 'user_code_stays';
END $$;
CREATE TRIGGER organisation_code_stays BEFORE UPDATE ON organisation_user
    FOR EACH ROW WHEN (OLD.code <> NEW.code) EXECUTE FUNCTION organisation_code_stays();
REVOKE ALL ON FUNCTION organisation_tree_changes, organisation_unit_stands_right, organisation_code_stays
    FROM PUBLIC;

REVOKE DELETE ON organisation_user, organisation_unit FROM {application};
REVOKE INSERT, DELETE ON organisation_tree FROM {application};
REVOKE UPDATE, DELETE ON organisation_posting FROM {application};
GRANT UPDATE (
    approved_by_kind, approved_by, approved_on, revoked_by_kind, revoked_by, revoked_on, revoke_reason
) ON organisation_posting TO {application};
"""
_NO_GUARDS = """
GRANT UPDATE, DELETE ON organisation_posting TO {application};
GRANT DELETE ON organisation_user, organisation_unit TO {application};
DROP TRIGGER organisation_code_stays ON organisation_user;
DROP TRIGGER organisation_unit_stands_right ON organisation_unit;
DROP TRIGGER organisation_tree_changes ON organisation_unit;
DROP FUNCTION organisation_code_stays, organisation_unit_stands_right, organisation_tree_changes;
DROP TABLE organisation_tree;
ALTER TABLE organisation_posting DROP CONSTRAINT posting_not_twice_at_once;
"""


def add_guards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute("SET LOCAL lock_timeout = '5s'")
    _execute(editor, _GUARDS)


def drop_guards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    _execute(editor, _NO_GUARDS)


def _execute(editor: BaseDatabaseSchemaEditor, statements: str) -> None:
    role = editor.quote_name(settings.DATABASES["default"]["USER"])
    editor.execute(statements.replace("{application}", role), params=None)


class Migration(migrations.Migration):
    dependencies = [("organisation", "0001_users_units_postings")]
    operations = [migrations.RunPython(add_guards, drop_guards)]
