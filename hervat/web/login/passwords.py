"""Whether a password is good enough, in our words: the framework has not translated all of its own.

Must never: say which password was too common, or keep one. Read next: `forms.py`, `config/settings.py`.
"""

from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def check_password(password: str, user: Any) -> str:
    """Return the password. Raises `ValidationError` with what is wrong and what to do."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ValidationError([_words(one) for one in error.error_list]) from None
    return password


def _words(error: ValidationError) -> ValidationError:
    words = {
        "password_too_short": _("Dit wachtwoord is te kort. Gebruik 12 tekens of meer."),
        "password_too_common": _("Dit wachtwoord kiezen veel mensen. Bedenk een ander."),
        "password_entirely_numeric": _("Dit wachtwoord is alleen cijfers. Gebruik ook woorden."),
        "password_too_similar": _("Dit wachtwoord lijkt op uw naam of e-mailadres. Bedenk een ander."),
    }
    return ValidationError(words[error.code], code=error.code) if error.code in words else error
